"""What can be generated is, and what cannot is told by operation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from vcgen.cli import main

# What nothing can decode is found when the classes are made.
BUILT = """{type: object, required: ['a"'], properties: {'a"': {type: string}}}"""
SCHEMAS = {
    "good": '{$ref: "#/components/schemas/Good"}',
    "dangling": '{$ref: "#/components/schemas/Wrap"}',
    "dangling/too": '{$ref: "#/components/schemas/Wrap"}',
    "inside": "{type: object, propertis: {}}",
    "inlined": '{$ref: "#/components/x-parts/part"}',
    "heirs": '{$ref: "#/components/schemas/Base"}',
    "built": BUILT,
}
REPLY = 'get: {responses: {"200": {description: "", content: {application/json: {schema: %s}}}}}'
PATHS = "".join(f"  /{path}:\n    {REPLY % schema}\n" for path, schema in SCHEMAS.items())
SPEC = f"""\
openapi: 3.0.3
info: {{title: Things, version: "1"}}
paths:
{PATHS}  /broken: {{$ref: "#/components/pathItems/gone"}}
components:
  x-parts:
    part: {{type: object, properties: {{a: {{$ref: "#/components/schemas/Gone"}}}}}}
  schemas:
    Good: {{type: object, properties: {{a: {{type: string}}}}}}
    Wrap: {{type: object, properties: {{a: {{$ref: "#/components/schemas/Gone"}}}}}}
    Base: {{type: object, properties: {{kind: {{}}}}, discriminator: {{propertyName: kind}}}}
    Heir:
      allOf: [{{$ref: "#/components/schemas/Base"}}]
      properties: {{b: {BUILT}}}
"""
REFUSED = ["/dangling", "/dangling/too", "/inside", "/inlined", "/heirs", "/built"]
CLIENT = '[[clients]]\nspec = "spec.yaml"\noutput = "things"\nkeep_going = true\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.yaml").write_text(SPEC)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    return int(caught.value.code or 0), out, err


def test_what_stops_the_first_step_hides_nothing_of_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, err = run(capsys, "generate", "--spec", "spec.yaml", "--output", "things")
    _, _, fewer = run(
        capsys, "generate", "--spec", "spec.yaml", "--output", "things", "-O", "!/broken"
    )
    assert code == 3
    assert "the path item refers to" in err
    told = [line for line in fewer.splitlines() if line.startswith("spec.yaml:")]
    assert len(told) > 4
    assert [line for line in err.splitlines() if line in told] == told


def test_all_that_is_wrong_is_told_in_one_round_with_whom_it_concerns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    patterns = ("-O", "!/broken")
    code, _, err = run(capsys, "generate", "--spec", "spec.yaml", "--output", "things", *patterns)
    assert code == 3
    assert "operations: GET /dangling, GET /dangling/too\n" in err
    assert '"propertis" is not a schema keyword' in err
    assert "operations: GET /inlined\n" in err
    assert "#/paths/~1built/get" in err and "operations: GET /heirs\n" in err
    assert not Path("things").exists()


def test_what_can_be_generated_is_and_the_rest_is_listed_to_be_pasted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("vcgen.toml").write_text(CLIENT)
    code, _, err = run(capsys, "generate")
    assert code == 0
    listed = [line.strip() for line in err.splitlines()]
    for name in REFUSED:
        assert f"GET {name}" in listed
        assert f'"!GET {name}",' in listed
    assert '"!/broken",' in listed
    lock = json.loads(Path("things/vcgen.lock").read_text())
    assert lock["operations"] == ["GET /good"]
    refused = {one["operation"] for one in lock["refused"]}
    assert refused == {"/broken", *(f"GET {name}" for name in REFUSED)}

    patterns = [one.strip('",') for one in listed if one.startswith('"!')]
    given = [part for pattern in patterns for part in ("-O", pattern)]
    output = ("--spec", "spec.yaml", "--output", "other/things")
    assert run(capsys, "generate", *output, *given)[0] == 0
    for name in ("models.py", "operations.py", "__init__.py"):
        assert Path("other/things", name).read_text() == Path("things", name).read_text()


def test_check_tells_what_has_become_possible_and_what_no_longer_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("vcgen.toml").write_text(CLIENT)
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "check")[0] == 0
    Path("spec.yaml").write_text(SPEC.replace("propertis", "properties"))
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "can be generated now: GET /inside\n" in err
    assert run(capsys, "generate")[0] == 0
    Path("spec.yaml").write_text(SPEC)
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "cannot be generated: GET /inside\n" in err


def test_a_slice_and_an_update_go_on_too(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("slice", "spec.yaml", "-O", "*", "-o", "part.yaml")
    assert run(capsys, *arguments)[0] == 3
    code, _, err = run(capsys, *arguments, "--keep-going")
    assert code == 0 and '"!GET /built",' in err
    assert run(capsys, "generate", "--spec", "part.yaml", "--output", "part")[0] == 0

    Path("vcgen.toml").write_text(CLIENT.replace("keep_going = true\n", ""))
    Path("new.yaml").write_text(SPEC.replace("a: {type: string}", "b: {type: string}"))
    assert run(capsys, "update", "new.yaml")[0] == 3
    code, _, err = run(capsys, "update", "--keep-going", "new.yaml")
    assert code == 0 and '"!GET /built",' in err
    assert "b: str" in Path("things/models.py").read_text()


def test_where_nothing_can_be_generated_it_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--spec", "spec.yaml", "--output", "things", "-O", "GET /dangling")
    code, _, err = run(capsys, "generate", "--keep-going", *arguments)
    assert code == 3
    assert 'there is no schema "Gone"' in err
    assert "exclude every operation" not in err


def test_a_list_tells_of_each_operation_what_it_becomes_or_why_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "list", "spec.yaml", "--format", "json")
    assert code == 0
    found = {one["operation"]: one for one in json.loads(out)}
    assert found["GET /good"]["client_method"] == "default.get_good"
    assert {name for name in found if "refused" in found[name]} == {f"GET {n}" for n in REFUSED}
    assert "Gone" in found["GET /inlined"]["refused"][0]


def test_a_diff_compares_what_both_sides_can_tell_and_the_rest_counts_as_breaking(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("new.yaml").write_text(SPEC.replace("propertis", "properties"))
    code, out, _ = run(capsys, "diff", "spec.yaml", "new.yaml", "--fail-on", "breaking")
    assert code == 1
    assert "1 operation compared" in out
    assert "Not compared: GET /inside (old document): " in out
    code, out, _ = run(capsys, "diff", "spec.yaml", "new.yaml", "--format", "json")
    assert code == 0
    (client,) = json.loads(out)["clients"]
    gaps = {(one["operation"], one["document"]) for one in client["uncompared"]}
    assert gaps == {
        *((f"GET {name}", "old") for name in REFUSED),
        *((f"GET {name}", "new") for name in REFUSED if name != "/inside"),
    }
    assert not client["changes"]

"""One client of several documents, by each command."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from support import Outcome, Vcgen, run

DISKS = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: "https://{host}", variables: {host: {default: localhost}}}]
paths:
  /api/disks/{disk}:
    get:
      tags: [disks]
      operationId: disks_get
      parameters: [{name: disk, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {$ref: "#/components/schemas/Disk"}}}
        "404":
          description: There is none.
          content: {application/json: {schema: {$ref: "#/components/schemas/Fault"}}}
components:
  schemas:
    Disk:
      type: object
      required: [state]
      properties: {state: {$ref: "#/components/schemas/State"}}
    State: {type: string, enum: [on, off]}
    Fault: {type: object, description: What went wrong., properties: {code: {type: integer}}}
"""
# Of another form; `Fault` is the same but for its text, `State` and so `Job` are not.
JOBS = """\
swagger: "2.0"
info: {title: Jobs, version: "7"}
host: <server>
paths:
  /api/jobs:
    get:
      tags: [jobs]
      operationId: jobs_list
      produces: [application/json]
      responses:
        "200":
          description: All.
          schema: {type: array, items: {$ref: "#/definitions/Job"}}
        "404": {description: There is none., schema: {$ref: "#/definitions/Fault"}}
definitions:
  Job: {type: object, required: [state], properties: {state: {$ref: "#/definitions/State"}}}
  State: {type: string, enum: [done, failed]}
  Fault: {type: object, properties: {code: {type: integer}}}
"""

# The bases, which are a part of small packages.
_OF_ALL = {"Model", "OpenEnum"}


@pytest.fixture
def vcgen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vcgen:
    """Run the command where two documents lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    Path("specs").mkdir()
    Path("specs/disks.yaml").write_text(DISKS)
    Path("specs/jobs.yaml").write_text(JOBS)
    return lambda *arguments: run(arguments, capsys)


@pytest.fixture
def configured(vcgen: Vcgen) -> Vcgen:
    """The same, with a client of both."""
    done = vcgen(
        "init", "specs/disks.yaml", "--also", "specs/jobs.yaml", "--output", "generated/both"
    )
    assert done == Outcome(
        0, "vcgen.toml: generated/both from 2 operations; now run `vcgen generate`\n", ""
    )
    done = vcgen("generate")
    assert (done.code, done.out) == (0, "generated/both: 9 created\n")
    return vcgen


def test_init_writes_the_names_of_what_cannot_share_one(configured: Vcgen) -> None:
    assert tomllib.loads(Path("vcgen.toml").read_text()) == {
        "clients": [
            {
                "spec": ["specs/disks.yaml", "specs/jobs.yaml"],
                "operations": ["*"],
                "output": "generated/both",
                "rename": {"schemas": {"jobs-State": "JobsState"}},
            }
        ]
    }


def test_package_has_each_schema_once(configured: Vcgen) -> None:
    models = Path("generated/both/models.py").read_text()
    classes = [line for line in models.splitlines() if line.startswith("class ")]
    assert sorted({line.split("(")[0].removeprefix("class ") for line in classes} - _OF_ALL) == [
        "Disk",
        "Fault",
        "Job",
        "JobsState",
        "State",
    ]
    assert "What went wrong." in models
    assert configured("check") == Outcome(0, "generated/both: up to date\n", "")


def test_list_and_slice_take_further_documents(vcgen: Vcgen) -> None:
    both = ("specs/disks.yaml", "--also", "specs/jobs.yaml")
    assert vcgen("list", *both).out == (
        "GET     /api/disks/{disk}  disks_get\nGET     /api/jobs  jobs_list\n"
    )
    assert vcgen("list", *both, "jobs").out == "GET     /api/jobs  jobs_list\n"
    assert vcgen("slice", *both, "-O", "*", "-o", "one.yaml").code == 0
    done = vcgen("generate", "--spec", "one.yaml", "--output", "one")
    assert done.code == 0
    assert vcgen("generate", "--spec", both[0], "--spec", both[2], "--output", "two").code == 0
    for file in ("models.py", "operations.py", "client.py", "errors.py"):
        assert Path("one", file).read_text() == Path("two", file).read_text(), file


def test_diff_is_about_the_document_that_is_replaced(configured: Vcgen) -> None:
    Path("new").mkdir()
    Path("new/jobs.yaml").write_text(JOBS.replace("[done, failed]", "[done, failed, lost]"))
    done = configured("diff", "specs/jobs.yaml", "new/jobs.yaml")
    assert done.code == 0
    assert "JobsState" in done.out and "LOST" in done.out
    also = configured(
        "diff", "specs/jobs.yaml", "new/jobs.yaml", "--also", "specs/disks.yaml", "-O", "jobs_list"
    )
    assert "State" in also.out and "LOST" in also.out
    other = configured("diff", "one.yaml", "two.yaml")
    assert (other.code, other.err.partition("\n")[0]) == (3, "one.yaml: there is no such file")


def test_update_takes_one_of_the_documents(configured: Vcgen) -> None:
    Path("new").mkdir()
    Path("new/jobs.yaml").write_text(JOBS.replace("[done, failed]", "[done, failed, lost]"))
    disks = Path("specs/disks.yaml").read_text()
    assert configured("update", "new/jobs.yaml").code == 0
    assert Path("specs/disks.yaml").read_text() == disks
    assert "lost" in Path("specs/jobs.yaml").read_text()
    assert "LOST" in Path("generated/both/models.py").read_text()
    assert configured("check").code == 0


def test_update_takes_all_documents_and_moves_no_name(configured: Vcgen) -> None:
    """What was equal becomes unequal, and what was unequal equal: all names stay."""
    Path("new").mkdir()
    Path("new/jobs.yaml").write_text(
        JOBS.replace("[done, failed]", "[on, off]").replace(
            "{code: {type: integer}}", "{at: {type: string}}"
        )
    )
    Path("new/disks.yaml").write_text(DISKS.replace('version: "1"', 'version: "2"'))
    done = configured("update", "new/disks.yaml", "new/jobs.yaml")
    assert done.code == 0, done.err
    (client,) = tomllib.loads(Path("vcgen.toml").read_text())["clients"]
    assert client["rename"]["schemas"] == {"jobs-State": "JobsState", "jobs-Fault": "JobsFault"}
    models = Path("generated/both/models.py").read_text()
    for name in ("Disk", "Fault", "Job", "JobsState", "JobsFault", "State"):
        assert f"class {name}(" in models
    assert configured("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["x.yaml"], "vcgen.toml: the clients have 2 documents"),
        (["x.yaml", "--spec", "y.yaml"], "vcgen.toml: no client is generated from y.yaml"),
        (
            ["x.yaml", "y.yaml", "--spec", "specs/jobs.yaml"],
            "vcgen.toml: there are 2 new documents, and --spec names 1",
        ),
        (
            ["a/jobs.yaml", "b/jobs.yaml"],
            "vcgen.toml: a/jobs.yaml and b/jobs.yaml would both replace specs/jobs.yaml",
        ),
    ],
)
def test_update_has_to_know_which(configured: Vcgen, arguments: list[str], why: str) -> None:
    done = configured("update", *arguments)
    assert (done.code, done.err.partition("\n")[0]) == (3, why)


@pytest.mark.parametrize(
    ("document", "defect", "why"),
    [
        (
            "jobs.yaml",
            ("type: integer", '$ref: "#/definitions/Nothing"'),
            "specs/jobs.yaml:18: #/definitions/Fault/properties/code",
        ),
        (
            "jobs.yaml",
            ('"#/definitions/Job"', '"#/definitions/Jon"'),
            "specs/jobs.yaml:13: #/paths/~1api~1jobs/get/responses/200/schema/items/$ref",
        ),
        (
            "disks.yaml",
            ('"#/components/schemas/State"', '"#/components/schemas/Stat"'),
            "specs/disks.yaml:22: #/components/schemas/Disk/properties/state/$ref",
        ),
    ],
)
def test_problem_is_told_at_its_place_in_its_file(
    vcgen: Vcgen, document: str, defect: tuple[str, str], why: str
) -> None:
    file = Path("specs", document)
    file.write_text(file.read_text().replace(*defect))
    both = ("--spec", "specs/disks.yaml", "--spec", "specs/jobs.yaml")
    done = vcgen("generate", *both, "--output", "both")
    assert done.code == 3
    assert why in done.err, done.err


def test_documents_of_different_servers_are_refused(vcgen: Vcgen) -> None:
    Path("specs/jobs.yaml").write_text(JOBS.replace("<server>", "jobs.example.org"))
    Path("specs/disks.yaml").write_text(DISKS.replace("{host}", "disks.example.org", 1))
    done = vcgen("list", "specs/disks.yaml", "--also", "specs/jobs.yaml")
    assert done == Outcome(
        3,
        "",
        "specs/jobs.yaml: this document is for the server jobs.example.org, and "
        "specs/disks.yaml for disks.example.org\n"
        "hint: a client talks to one server: configure a client for each of the two\n",
    )


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("[]", "clients[0].spec: lists no document"),
        ('["specs/disks.yaml", "specs/disks.yaml"]', "clients[0].spec[1]: appears twice"),
        ('["specs/disks.yaml", "-"]', "clients[0].spec[1]: standard input contains one document"),
        ('["specs/disks.yaml", 3]', "clients[0].spec[1]: must be a non-empty string"),
        ('["specs/disks.yaml", "https://x/y"]', "clients[0].spec[1]: must be a file, not a URL"),
    ],
)
def test_configuration_names_documents(vcgen: Vcgen, spec: str, why: str) -> None:
    Path("vcgen.toml").write_text(f'[[clients]]\nspec = {spec}\noutput = "generated/x"\n')
    done = vcgen("generate")
    assert (done.code, done.out) == (3, "")
    assert f"vcgen.toml:2: {why}" in done.err

"""Every command as a user meets it: what it prints, writes and refuses, and how it exits."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
import yaml12
from openapi_spec_validator import validate
from support import Outcome, Vcgen, run, run_on_terminal
from vcgen import __version__, pipeline
from vcgen.cli import cli, main

SPEC = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: https://disks.example.com}]
paths:
  /ping:
    get:
      operationId: ping
      responses:
        "204": {description: It is there.}
  /disks/{disk}:
    get:
      tags: [Disks]
      operationId: Disks_get
      parameters:
        - {name: disk, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The disk.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Disk"}
  /disks?action=scan:
    post:
      tags: [Disks]
      operationId: Disks_scan
      responses:
        "204": {description: Done.}
components:
  schemas:
    Disk:
      type: object
      required: [name]
      properties:
        name: {type: string}
        size: {type: integer}
"""
DEFECTIVE = SPEC.replace("size: {type: integer}", "size: {type: array}")
BROKEN = SPEC.replace("    Disk:\n", "    Disc:\n")
MOVED = SPEC.replace("size:", "capacity:")

CLIENT = '[[clients]]\nspec = "spec.yaml"\noutput = "generated/disks"\n'
PACKAGE = Path("generated/disks")
FILES = {"__init__.py", "_lenient.py", "_wire.py", "client.py", "errors.py", "models.py"}
FILES |= {"operations.py", "py.typed", "vcgen.lock"}
COMMANDS = ["generate", "check", "diff", "changelog", "update", "list", "slice", "init"]
COMMANDS += ["remove", "learn", "matrix"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a document and a configuration."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    Path("spec.yaml").write_text(SPEC)
    Path("vcgen.toml").write_text(CLIENT)
    return folder


@pytest.fixture
def vcgen(folder: Path, capsys: pytest.CaptureFixture[str]) -> Vcgen:
    """Run the command in this process."""
    return lambda *arguments, stdin="": run(arguments, capsys, stdin)


def contents(place: Path) -> dict[str, tuple[bytes, int]]:
    """Return all files below a folder, with their times."""
    return {
        path.relative_to(place).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def texts(place: Path) -> dict[str, bytes]:
    return {path: data for path, (data, _) in contents(place).items()}


def disown(file: Path, owned: bool) -> None:
    """Add a file to a generated package: as one that it had before, or as a stranger's."""
    file.write_text("OLD = 1\n")
    if owned:
        lock = file.parent / "vcgen.lock"
        facts = json.loads(lock.read_text())
        facts["files"][file.name] = "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
        lock.write_text(json.dumps(facts))


# --- generate ---


def test_generate_writes_the_client_of_vcgen_toml_and_says_so_in_one_line(vcgen: Vcgen) -> None:
    assert vcgen("generate") == Outcome(0, "generated/disks: 9 created\n", "")
    assert set(texts(PACKAGE)) == FILES
    assert vcgen("generate") == Outcome(0, "generated/disks: 9 unchanged\n", "")


def test_generate_warns_of_names_that_match_nothing(vcgen: Vcgen) -> None:
    names = """
rename.schemas = {Disc = "Drive"}
rename.tags = {Disks = "drives"}
rename.operations = {"GET /disc/{disk}" = "read", Disks_get = "fetch"}
rename.properties = {"Disk.name" = "title", "Disk.nam" = "label"}
rename.parameters = {"path.disc" = "one", "path.disk" = "key"}
"""
    with Path("vcgen.toml").open("a") as file:
        file.write(names)
    done = vcgen("generate")
    assert (done.code, done.out) == (0, "generated/disks: 9 created\n")
    assert done.err == (
        'warning: generated/disks: rename.schemas."Disc" matches nothing; did you mean "Disk"?\n'
        'warning: generated/disks: rename.operations."GET /disc/{disk}" matches nothing;'
        ' did you mean "GET /disks/{disk}"?\n'
        'warning: generated/disks: rename.properties."Disk.nam" matches nothing;'
        ' did you mean "Disk.name"?\n'
        'warning: generated/disks: rename.parameters."path.disc" matches nothing;'
        ' did you mean "path.disk"?\n'
    )


def test_what_was_meant_is_not_guessed_for_many_names(vcgen: Vcgen) -> None:
    with Path("vcgen.toml").open("a") as file:
        file.writelines(f'rename.schemas.Disk{i} = "Drive{i}"\n' for i in range(20))
    warnings = vcgen("generate").err.splitlines()
    assert len(warnings) == 20
    assert all(one.endswith("matches nothing; write it as the document does") for one in warnings)


def test_generate_finds_the_table_of_pyproject_toml(vcgen: Vcgen) -> None:
    Path("vcgen.toml").unlink()
    Path("pyproject.toml").write_text(
        '[project]\nname = "mine"\n' + CLIENT.replace("[[", "[[tool.vcgen.")
    )
    assert vcgen("generate") == Outcome(0, "generated/disks: 9 created\n", "")


def test_generate_works_from_a_folder_below(
    vcgen: Vcgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "src/deep").mkdir(parents=True)
    monkeypatch.chdir(folder / "src/deep")
    assert vcgen("generate").code == 0
    assert set(texts(folder / PACKAGE)) == FILES
    assert contents(folder / "src") == {}
    assert vcgen("check").code == 0


def test_generate_takes_the_configuration_that_it_is_told(
    vcgen: Vcgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert vcgen("generate", "--config", "project/vcgen.toml").code == 0
    assert set(texts(tmp_path / "project" / PACKAGE)) == FILES


def test_client_is_described_by_options_alone(vcgen: Vcgen, folder: Path) -> None:
    Path("vcgen.toml").unlink()
    arguments = ("--spec", "spec.yaml", "--operation", "GET /disks/{disk}", "-O", "ping")
    done = vcgen("generate", *arguments, "--output", "deep/down/disks")
    assert done == Outcome(0, "deep/down/disks: 9 created\n", "")
    lock = json.loads(Path("deep/down/disks/vcgen.lock").read_text())
    assert lock["operations"] == ["GET /ping", "GET /disks/{disk}"]
    assert vcgen("check", *arguments, "-o", "deep/down/disks").code == 0


def test_client_without_operations_has_all_of_them(vcgen: Vcgen) -> None:
    vcgen("generate", "--spec", "spec.yaml", "--output", "disks")
    assert len(json.loads(Path("disks/vcgen.lock").read_text())["operations"]) == 3


def test_output_may_be_absolute_or_above(vcgen: Vcgen, tmp_path: Path) -> None:
    for output in (tmp_path / "elsewhere/disks", Path("../beside/disks")):
        done = vcgen("generate", "--spec", "spec.yaml", "--output", output)
        assert done == Outcome(0, f"{output}: 9 created\n", "")
    assert texts(tmp_path / "elsewhere/disks") == texts(tmp_path / "beside/disks")


def test_document_may_come_from_standard_input(vcgen: Vcgen, folder: Path) -> None:
    vcgen("generate")
    done = vcgen("generate", "--spec", "-", "--output", "piped/disks", stdin=SPEC)
    assert done == Outcome(0, "piped/disks: 9 created\n", "")
    assert texts(Path("piped/disks")) == texts(PACKAGE)
    Path("vcgen.toml").write_text(CLIENT.replace("spec.yaml", "-"))
    assert vcgen("check", stdin=SPEC) == Outcome(0, "generated/disks: up to date\n", "")
    broken = vcgen("check", stdin=BROKEN)
    assert broken.code == 3
    assert broken.err.startswith("<stdin>:21: #/paths/")


def test_verbose_names_the_files(vcgen: Vcgen) -> None:
    done = vcgen("generate", "--verbose")
    created = "".join(f"  created {name}\n" for name in sorted(FILES))
    assert done == Outcome(0, f"generated/disks: 9 created\n{created}", "")
    Path("spec.yaml").write_text(MOVED)
    disown(PACKAGE / "gone.py", owned=True)
    done = vcgen("generate", "-v")
    assert done.out.startswith("generated/disks: 2 changed, 1 removed, 7 unchanged\n")
    assert "  changed models.py\n" in done.out
    assert "  removed gone.py\n" in done.out
    assert "  unchanged client.py\n" in done.out


def test_repairs_are_counted_and_verbose_tells_each_with_its_place(vcgen: Vcgen) -> None:
    Path("spec.yaml").write_text(DEFECTIVE)
    done = vcgen("generate")
    assert done == Outcome(0, "generated/disks: 9 created; 1 repair (see --verbose)\n", "")
    done = vcgen("generate", "--verbose")
    assert done.out.startswith("generated/disks: 9 unchanged\n")
    assert done.err == (
        "repaired spec.yaml:35: #/components/schemas/Disk/properties/size: "
        "array_without_items: the array does not declare its items: read as any value\n"
    )


@pytest.mark.parametrize("how", ["option", "configuration"])
def test_strict_refuses_what_would_be_repaired(vcgen: Vcgen, how: str) -> None:
    Path("spec.yaml").write_text(DEFECTIVE)
    if how == "configuration":
        Path("vcgen.toml").write_text(CLIENT + "strict = true\n")
    done = vcgen("generate", *(["--strict"] if how == "option" else []))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("spec.yaml:35: #/components/schemas/Disk/properties/size: ")
    assert "hint: correct the document, or allow repairs\n" in done.err
    assert not PACKAGE.exists()


def test_problem_at_many_places_is_told_once(folder: Path, vcgen: Vcgen) -> None:
    url = "https://schemas.test/answers.yaml"
    item = {"get": {"responses": {"200": {"$ref": f"{url}#/Answer"}}}}
    paths = {f"/{name}": item for name in "abcdef"}
    document = {"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": paths}
    (folder / "many.json").write_text(json.dumps(document, indent=1))
    done = vcgen("generate", "--spec", "many.json", "--output", "many")
    assert done.code == 3
    problem, operations, *others, hint = done.err.splitlines()
    assert problem.startswith("many.json:12: #/paths/~1a/get/responses/200/$ref: ")
    assert problem.endswith(f'"{url}" is a URL, and nothing is read over the network')
    assert operations == "operations: GET /a, GET /b, GET /c, GET /d, GET /e and 1 more"
    places = [f"#/paths/~1{name}/get/responses/200/$ref" for name in "bcd"]
    assert [line.split(": ")[-1] for line in others[:-1]] == places
    assert all(line.startswith("also many.json:") for line in others[:-1])
    assert others[-1] == "and 2 other places"
    assert hint.startswith("hint: download it")


def test_unchanged_files_keep_their_time(vcgen: Vcgen) -> None:
    vcgen("generate")
    before = contents(PACKAGE)
    assert vcgen("generate").out == "generated/disks: 9 unchanged\n"
    assert contents(PACKAGE) == before
    Path("spec.yaml").write_text(MOVED)
    assert vcgen("generate").out == "generated/disks: 2 changed, 7 unchanged\n"
    after = contents(PACKAGE)
    assert {path for path in FILES if after[path] != before[path]} == {"models.py", "vcgen.lock"}


def test_hand_edited_file_is_refused_with_its_diff(vcgen: Vcgen) -> None:
    vcgen("generate")
    models = PACKAGE / "models.py"
    models.write_text(models.read_text() + "MINE = 1\n")
    Path("spec.yaml").write_text(MOVED)
    before = contents(PACKAGE)
    done = vcgen("generate")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("generated/disks/models.py: edited by hand")
    assert "\n-MINE = 1\n" in done.err
    assert "hint: move the change out of the generated package, or overwrite it with `--force`" in (
        done.err
    )
    assert contents(PACKAGE) == before
    done = vcgen("generate", "--force")
    assert done == Outcome(0, "generated/disks: 2 changed, 7 unchanged\n", "")
    assert "MINE" not in models.read_text()


def test_foreign_file_in_the_way_is_refused(vcgen: Vcgen) -> None:
    PACKAGE.mkdir(parents=True)
    (PACKAGE / "client.py").write_text("MINE = 1\n")
    done = vcgen("generate")
    assert done.code == 4
    assert done.err == (
        "generated/disks/client.py: in the way, and not written by vcgen\n"
        "hint: move it away, or overwrite it with `--force`\n"
    )
    assert texts(PACKAGE) == {"client.py": b"MINE = 1\n"}
    assert vcgen("generate", "--force").code == 0
    assert "MINE" not in (PACKAGE / "client.py").read_text()


def test_stale_file_is_removed_and_a_foreign_one_left(vcgen: Vcgen) -> None:
    vcgen("generate")
    disown(PACKAGE / "gone.py", owned=True)
    disown(PACKAGE / "mine.py", owned=False)
    done = vcgen("generate")
    assert done == Outcome(0, "generated/disks: 1 changed, 1 removed, 8 unchanged\n", "")
    assert set(texts(PACKAGE)) == FILES | {"mine.py"}


def test_output_that_is_a_file_is_refused(vcgen: Vcgen) -> None:
    PACKAGE.parent.mkdir()
    PACKAGE.write_text("mine\n")
    for command in ("generate", "check"):
        done = vcgen(command)
        assert (done.code, done.err.partition(":")[0]) == (4, "generated/disks")
    assert PACKAGE.read_text() == "mine\n"


TWO = CLIENT + CLIENT.replace("spec.yaml", "other.yaml").replace("disks", "other")


@pytest.mark.parametrize("broken", ["spec.yaml", "other.yaml"])
def test_client_is_written_though_another_fails(vcgen: Vcgen, broken: str) -> None:
    Path("vcgen.toml").write_text(TWO)
    Path("other.yaml").write_text(SPEC)
    Path(broken).write_text(BROKEN)
    whole = "other" if broken == "spec.yaml" else "disks"
    done = vcgen("generate")
    assert (done.code, done.out) == (3, f"generated/{whole}: 9 created\n")
    assert done.err.startswith(f"{broken}:21: ")
    assert [path.name for path in Path("generated").iterdir()] == [whole]


def test_problems_of_all_clients_are_reported_each_once(vcgen: Vcgen) -> None:
    third = CLIENT.replace("generated/disks", "generated/third")
    Path("vcgen.toml").write_text(TWO + third)
    Path("spec.yaml").write_text(BROKEN)
    done = vcgen("generate")
    assert (done.code, done.out) == (3, "")
    places = [line.split(" ")[0] for line in done.err.splitlines() if "hint:" not in line]
    assert places == ["spec.yaml:21:", "other.yaml:"]


# --- check ---


def test_check_is_content_when_nothing_moved(vcgen: Vcgen, folder: Path) -> None:
    vcgen("generate")
    before = contents(folder)
    assert vcgen("check") == Outcome(0, "generated/disks: up to date\n", "")
    assert contents(folder) == before


def test_check_generates_nothing_when_hashes_tell(
    vcgen: Vcgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    Path("fix.yaml").write_text(OVERLAY)
    arguments = ("--spec", "spec.yaml", "--output", "corrected", "--overlay", "fix.yaml")
    vcgen("generate", *arguments)
    monkeypatch.setattr(pipeline, "IS_INSTALLED", True)
    monkeypatch.setattr(pipeline, "generate", pytest.fail)
    assert vcgen("check") == Outcome(0, "generated/disks: up to date\n", "")
    assert vcgen("check", *arguments) == Outcome(0, "corrected: up to date\n", "")
    assert vcgen("generate") == Outcome(0, "generated/disks: 9 unchanged\n", "")
    assert vcgen("generate", *arguments) == Outcome(0, "corrected: 9 unchanged\n", "")


def test_check_shows_what_a_moved_document_would_change(vcgen: Vcgen, folder: Path) -> None:
    vcgen("generate")
    Path("spec.yaml").write_text(MOVED)
    before = contents(folder)
    done = vcgen("check")
    assert done.code == 1
    assert "--- a/disks/models.py\n+++ b/disks/models.py\n@@ " in done.out
    assert re.search(r"^-    size: ", done.out, re.MULTILINE)
    assert re.search(r"^\+    capacity: ", done.out, re.MULTILINE)
    assert done.err == (
        "generated/disks: out of date; run `vcgen generate`\n"
        "  the document changed: the parts that the operations use\n"
    )
    assert contents(folder) == before


def test_check_tells_the_kinds_of_drift_apart(
    vcgen: Vcgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    Path("spec.yaml").write_text(MOVED.replace('version: "1"', 'version: "2"'))
    Path("vcgen.toml").write_text(CLIENT + 'operations = ["*", "!ping"]\nlayout = "flat"\n')
    (PACKAGE / "client.py").write_text("MINE = 1\n")
    (PACKAGE / "errors.py").unlink()
    monkeypatch.setattr(pipeline.selection, "__version__", "99.0")
    for installed in (False, True):
        monkeypatch.setattr(pipeline, "IS_INSTALLED", installed)
        done = vcgen("check")
        assert done.code == 1
        assert "\n-MINE = 1\n" in done.out
        assert done.err == (
            "generated/disks: out of date; "
            "`vcgen generate --force` overwrites edited files, and files not written by vcgen\n"
            "  the document changed, or the selected operations: version from 1 to 2, "
            "removed GET /ping, the parts that the operations use\n"
            "  the configuration changed: layout from auto to flat\n"
            f"  vcgen changed: version from {__version__} to 99.0\n"
            "  edited by hand: client.py\n"
            "  missing: errors.py\n"
        )


def test_check_of_a_package_of_another_version_says_what_keeps_its_names(vcgen: Vcgen) -> None:
    vcgen("generate")
    lock = PACKAGE / "vcgen.lock"
    lock.write_text(lock.read_text().replace(f'"vcgen": "{__version__}"', '"vcgen": "0.2.0"'))
    done = vcgen("check")
    assert done.code == 1
    assert done.err.splitlines() == [
        "generated/disks: out of date; run `vcgen update` with the document, which keeps the "
        "names, or `vcgen generate`",
        f"  vcgen changed: version from 0.2.0 to {__version__}",
    ]


def test_check_of_a_checkout_sees_that_a_template_moved(
    vcgen: Vcgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    generate = pipeline.generate

    def other(source: pipeline.Selection) -> dict[str, str]:
        files = dict(generate(source))
        return {**files, "models.py": files["models.py"] + "# another template\n"}

    monkeypatch.setattr(pipeline, "generate", other)
    monkeypatch.setattr(pipeline, "IS_INSTALLED", False)
    done = vcgen("check")
    assert (done.code, "\n+# another template\n" in done.out) == (1, True)
    assert done.err.endswith("  vcgen changed: the same input now gives different output\n")


def test_check_reads_the_manifest_of_a_vcgen_without_overlays(
    vcgen: Vcgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    lock = json.loads((PACKAGE / "vcgen.lock").read_text())
    assert set(lock["source"]) == {"title", "version", "slice"}
    Path("fix.yaml").write_text(OVERLAY)
    Path("vcgen.toml").write_text(CLIENT + 'overlays = ["fix.yaml"]\n')
    done = vcgen("check")
    assert done.code == 1
    assert done.err.endswith(
        "  the document changed: the parts that the operations use\n"
        "  corrections changed: fix.yaml\n"
    )


def test_diff_of_check_is_what_git_applies(
    vcgen: Vcgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    Path("spec.yaml").write_text(MOVED)
    done = vcgen("check")
    # In a repository, git passes over what is elsewhere, and says nothing.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    subprocess.run(
        ["git", "apply", "--directory", "generated", "-"], input=done.out, text=True, check=True
    )
    assert vcgen("check").code == 0


def test_check_shows_what_somebody_edited(vcgen: Vcgen, folder: Path) -> None:
    vcgen("generate")
    (PACKAGE / "models.py").write_text("MINE = 1\n")
    before = contents(folder)
    done = vcgen("check")
    assert done.code == 1
    assert "\n-MINE = 1\n" in done.out
    assert done.err == (
        "generated/disks: out of date; "
        "`vcgen generate --force` overwrites edited files, and files not written by vcgen\n"
        "  edited by hand: models.py\n"
    )
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["py.typed", "models.py", "vcgen.lock"])
def test_check_misses_a_file(vcgen: Vcgen, name: str) -> None:
    vcgen("generate")
    (PACKAGE / name).unlink()
    done = vcgen("check")
    assert done.code == 1
    assert f"diff --git a/disks/{name} b/disks/{name}\nnew file mode 100644\n" in done.out
    assert done.err == (f"generated/disks: out of date; run `vcgen generate`\n  missing: {name}\n")
    assert not (PACKAGE / name).exists()


def test_check_before_the_first_generate_shows_the_whole_package(vcgen: Vcgen) -> None:
    done = vcgen("check")
    assert (done.code, done.out.count("\nnew file mode")) == (1, len(FILES))
    assert done.err.endswith("run `vcgen generate`\n  not generated yet\n")
    assert not PACKAGE.exists()


def test_check_looks_at_every_client(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(TWO)
    Path("other.yaml").write_text(SPEC)
    vcgen("generate")
    Path("spec.yaml").write_text(MOVED)
    done = vcgen("check")
    assert done.code == 1
    assert done.out.endswith("\ngenerated/other: up to date\n")
    Path("other.yaml").write_text(BROKEN)
    done = vcgen("check")
    assert (done.code, "+    capacity: " in done.out) == (3, True)
    assert "other.yaml:21: " in done.err


# --- list ---

LISTED = """\
GET     /ping  ping
GET     /disks/{disk}  Disks_get
POST    /disks?action=scan  Disks_scan
"""


@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        (None, [0, 1, 2]),
        ("*", [0, 1, 2]),
        ("GET *", [0, 1]),
        ("get /disks*", [1]),
        ("GET /dis", [1]),
        ("Disks", [1, 2]),
        ("Disks_*", [1, 2]),
        ("disks_", [1, 2]),
        ("/disks?action=scan", [2]),
        ("POST /disks?action=scan", [2]),
        ("?action", [2]),
        ("PING", [0]),
        ("!ping", [1, 2]),
    ],
)
def test_list_prints_an_operation_a_line(
    vcgen: Vcgen, pattern: str | None, lines: list[int]
) -> None:
    wanted = LISTED.splitlines(keepends=True)
    done = vcgen("list", "spec.yaml", *([pattern] if pattern else []))
    assert done == Outcome(0, "".join(wanted[line] for line in lines), "")


def test_list_reads_standard_input(vcgen: Vcgen) -> None:
    assert vcgen("list", "-", stdin=SPEC) == Outcome(0, LISTED, "")


def test_list_says_when_nothing_matches(vcgen: Vcgen) -> None:
    done = vcgen("list", "spec.yaml", "Disk_got")
    assert (done.code, done.out) == (3, "")
    assert 'no operation matches "Disk_got"\nhint: did you mean "Disks_get"' in done.err


def test_list_says_that_there_are_no_operations(vcgen: Vcgen) -> None:
    Path("spec.yaml").write_text("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n")
    assert vcgen("list", "spec.yaml") == Outcome(
        0, "", "spec.yaml: the document has no operations\n"
    )
    assert vcgen("list", "spec.yaml", "--format", "json") == Outcome(0, "[]\n", "")


def test_list_shows_what_cannot_be_generated_too(vcgen: Vcgen) -> None:
    Path("spec.yaml").write_text(BROKEN)
    assert vcgen("list", "spec.yaml") == Outcome(0, LISTED, "")


# --- slice ---


def parsed(text: str) -> Any:
    return json.loads(text) if text.startswith("{") else yaml12.parse_yaml(text)


@pytest.mark.parametrize(
    ("spec", "output", "is_json"),
    [
        ("spec.yaml", None, False),
        ("spec.json", None, True),
        ("spec.json", "-", True),
        ("spec.yaml", "out.json", True),
        ("spec.json", "out.yml", False),
        ("spec.yaml", "out.JSON", True),
        ("spec.json", "out.txt", True),
    ],
)
def test_slice_is_valid_and_in_the_form_asked_for(
    vcgen: Vcgen, spec: str, output: str | None, is_json: bool
) -> None:
    Path("spec.json").write_text(json.dumps(yaml12.parse_yaml(SPEC)))
    done = vcgen("slice", spec, "-O", "Disks_get", *(["-o", output] if output else []))
    assert (done.code, done.err) == (0, "")
    text = done.out
    if output not in (None, "-"):
        assert done.out == f"{output}: 1 operation\n"
        text = Path(output).read_text()
    assert text.startswith("{") is is_json
    assert text.endswith("\n")
    tree = parsed(text)
    assert list(tree["paths"]) == ["/disks/{disk}"]
    validate(tree)


def test_slice_generates_the_same_package_as_the_whole_document(vcgen: Vcgen, root: Path) -> None:
    whole = root / "specs/vcenter-guest-customization.yaml"
    operations = ("-O", "GET /vcenter/vm/{vm}/guest/customization", "-O", "POST /session")
    assert vcgen("slice", whole, *operations, "-o", "part.yaml").code == 0
    validate(parsed(Path("part.yaml").read_text()))
    assert vcgen("generate", "--spec", whole, *operations, "--output", "whole/vcenter").code == 0
    assert vcgen("generate", "--spec", "part.yaml", "--output", "part/vcenter").code == 0
    assert texts(Path("part")) == texts(Path("whole"))


def test_slice_of_a_published_document_generates_the_same_package(
    vcgen: Vcgen, shared: Path
) -> None:
    whole = shared / "specs/vsphere-9.1.0/vcenter-slice.yaml"
    operations = ("-O", "*guest/customization*", "-O", "!POST *")
    assert vcgen("slice", whole, *operations, "-o", "part.json").code == 0
    validate(parsed(Path("part.json").read_text()))
    vcgen("generate", "--spec", whole, *operations, "--output", "whole/vcenter")
    assert vcgen("generate", "--spec", "part.json", "--output", "part/vcenter").code == 0
    one, other = texts(Path("part")), texts(Path("whole"))
    locks = [json.loads(package.pop("vcenter/vcgen.lock")) for package in (one, other)]
    assert one == other
    assert locks[0].pop("repairs") == []  # what was mended needs no more mending
    assert locks[1].pop("repairs")
    assert locks[0] == locks[1]


def test_slice_of_a_defective_document_is_mended(vcgen: Vcgen) -> None:
    Path("spec.yaml").write_text(DEFECTIVE)
    done = vcgen("slice", "spec.yaml", "-O", "Disks_get", "-o", "part.yaml")
    assert done == Outcome(0, "part.yaml: 1 operation; 1 repair (see --verbose)\n", "")
    assert vcgen("slice", "part.yaml", "-O", "*", "--strict").err == ""
    told = vcgen("slice", "spec.yaml", "-O", "Disks_get", "-v")
    assert told.out == Path("part.yaml").read_text()
    assert told.err.startswith("repaired spec.yaml:35: #/components/schemas/Disk/properties/size: ")
    refused = vcgen("slice", "spec.yaml", "-O", "Disks_get", "--strict", "-o", "strict.yaml")
    assert (refused.code, Path("strict.yaml").exists()) == (3, False)


@pytest.mark.parametrize("output", ["spec.yaml", "./spec.yaml", "link.yaml", "fix.yaml"])
def test_slice_does_not_replace_what_it_is_made_of(vcgen: Vcgen, output: str) -> None:
    Path("link.yaml").symlink_to("spec.yaml")
    Path("fix.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"
        "actions: [{target: $.info, update: {title: T}}]\n"
    )
    before = {one: Path(one).read_text() for one in ("spec.yaml", "fix.yaml")}
    done = vcgen("slice", "spec.yaml", "-O", "Disks_get", "--overlay", "fix.yaml", "-o", output)
    assert (done.code, done.out) == (4, "")
    file = Path(output)
    assert done.err == f"{file}: the slice is made of this file\nhint: write it to another file\n"
    assert {one: Path(one).read_text() for one in before} == before


def test_slice_that_selects_nothing_writes_nothing(vcgen: Vcgen) -> None:
    done = vcgen("slice", "spec.yaml", "-O", "Disks_got", "-o", "part.yaml")
    assert (done.code, done.out, Path("part.yaml").exists()) == (3, "", False)
    assert 'hint: did you mean "Disks_get"' in done.err


# --- init ---


@pytest.fixture
def bare(folder: Path) -> Path:
    """The working directory without a configuration."""
    (folder / "vcgen.toml").unlink()
    return folder


def test_init_writes_a_configuration_that_works(bare: Path, vcgen: Vcgen) -> None:
    done = vcgen("init", "spec.yaml", "-O", "GET /disks/{disk}", "-O", "ping")
    assert done == Outcome(
        0, "vcgen.toml: generated/spec from 2 operations; now run `vcgen generate`\n", ""
    )
    assert tomllib.loads(Path("vcgen.toml").read_text()) == {
        "clients": [
            {
                "spec": "spec.yaml",
                "operations": ["GET /disks/{disk}", "ping"],
                "output": "generated/spec",
            }
        ]
    }
    assert vcgen("generate") == Outcome(0, "generated/spec: 9 created\n", "")
    assert vcgen("check").code == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_init_keeps_the_text_of_pyproject_toml(
    bare: Path, vcgen: Vcgen, newline: str, end: str
) -> None:
    text = f'# Mine: über "alles".{newline}[project]{newline}name = "mine"{end and newline}'
    Path("pyproject.toml").write_bytes(text.encode())
    done = vcgen("init", "spec.yaml", "--output", "src/mine/disks")
    assert done.out == (
        "pyproject.toml: src/mine/disks from 3 operations; now run `vcgen generate`\n"
    )
    written = Path("pyproject.toml").read_bytes().decode()
    assert written.startswith(text)
    assert newline == "\n" or written.count("\r\n") == written.count("\n")
    assert not Path("vcgen.toml").exists()
    assert vcgen("generate") == Outcome(0, "src/mine/disks: 9 created\n", "")


@pytest.mark.parametrize("header", ["[[clients]]", "[[tool.vcgen.clients]]"])
def test_init_adds_a_client_to_a_configuration(bare: Path, vcgen: Vcgen, header: str) -> None:
    name = "vcgen.toml" if header == "[[clients]]" else "pyproject.toml"
    text = f'# Mine.\n{header}\nspec = "spec.yaml"\noutput = "generated/first"\n'
    Path(name).write_text(text)
    done = vcgen("init", "spec.yaml", "-O", "ping", "--output", "generated/second")
    said = f"{name}: generated/second from 1 operation; now run `vcgen generate`\n"
    assert done == Outcome(0, said, "")
    assert Path(name).read_text().startswith(f"{text}\n{header}\n")
    assert vcgen("generate").out == "generated/first: 9 created\ngenerated/second: 9 created\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vcgen.toml", '[[clients]]\nspec = "spec.yaml"\noutput = "generated/spec"\n'),
        ("vcgen.toml", 'clients = [{spec = "spec.yaml", output = "generated/first"}]\n'),
        ("pyproject.toml", "[tool]\nvcgen = {}\n"),
    ],
)
def test_init_refuses_where_a_client_cannot_be_added(
    bare: Path, vcgen: Vcgen, name: str, text: str
) -> None:
    Path(name).write_text(text)
    done = vcgen("init", "spec.yaml")
    assert (done.code, done.out) == (3, "")
    assert f"{name}: the client cannot be added at its end\nhint: add the client by" in done.err
    assert texts(bare) == {"spec.yaml": SPEC.encode(), name: text.encode()}


def test_init_tells_a_table_from_the_text_that_looks_like_one(bare: Path, vcgen: Vcgen) -> None:
    Path("pyproject.toml").write_text('[tool.mine]\nabout = """\n[tool.vcgen]\n"""\n')
    assert vcgen("init", "spec.yaml").code == 0
    assert vcgen("generate").code == 0


@pytest.mark.parametrize("data", [b"[project\n", b'name = "\xff"\n'])
def test_init_leaves_a_pyproject_toml_that_cannot_be_read(
    bare: Path, vcgen: Vcgen, data: bytes
) -> None:
    Path("pyproject.toml").write_bytes(data)
    done = vcgen("init", "spec.yaml")
    assert (done.code, done.err.partition(":")[0]) == (3, "pyproject.toml")
    assert Path("pyproject.toml").read_bytes() == data


@pytest.mark.parametrize("output", ["../disks", "/tmp/disks", "my-disks", "class", ".", ""])
def test_init_refuses_an_output_that_generate_would_refuse(
    bare: Path, vcgen: Vcgen, output: str
) -> None:
    done = vcgen("init", "spec.yaml", "--output", output)
    assert (done.code, done.out, list(bare.iterdir())) == (2, "", [bare / "spec.yaml"])
    assert "--output" in done.err


def test_init_checks_the_operations_first(bare: Path, vcgen: Vcgen) -> None:
    done = vcgen("init", "spec.yaml", "-O", "Disks_got")
    assert (done.code, list(bare.iterdir())) == (3, [bare / "spec.yaml"])


def test_init_wants_a_file_for_every_run_to_come(bare: Path, vcgen: Vcgen) -> None:
    done = vcgen("init", "-", stdin=SPEC)
    assert (done.code, list(bare.iterdir())) == (2, [bare / "spec.yaml"])
    assert "hint: save the document" in done.err


def test_init_writes_a_path_that_a_colleague_has_too(bare: Path, vcgen: Vcgen) -> None:
    vcgen("init", bare / "spec.yaml")
    assert 'spec = "spec.yaml"\n' in Path("vcgen.toml").read_text()


@pytest.mark.parametrize(
    ("name", "package"),
    [("vCenter-9.1.yaml", "vcenter_9_1"), ("9.YML", "client_9"), ("class.JSON", "client_class")],
)
def test_init_names_the_package_after_the_document(
    bare: Path, vcgen: Vcgen, name: str, package: str
) -> None:
    Path("spec.yaml").rename(name)
    assert f" generated/{package} from 3 operations" in vcgen("init", name).out
    assert vcgen("generate").code == 0


@pytest.mark.parametrize("name", ['a"b\\.yaml', "\U0001f4be.yaml", "tab\t.yaml"])
def test_init_quotes_what_it_writes(bare: Path, vcgen: Vcgen, name: str) -> None:
    Path("spec.yaml").rename(name)
    assert vcgen("init", name, "--output", "disks").code == 0
    assert vcgen("generate") == Outcome(0, "disks: 9 created\n", "")


# --- help, version, completion, usage ---


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([], [*COMMANDS, "Start with", "_VCGEN_COMPLETE", "Exit codes: 0 success", "--version"]),
        (["generate"], ["vcgen.toml", "pyproject.toml", "vcgen init", "-O 'GET", "--force"]),
        (["check"], ["unified diff", "pre-commit", "The exit code is 1"]),
        (["diff"], ["OLD NEW", "two verdicts", "breaking, any or never", "markdown"]),
        (["changelog"], ["OLD NEW", "in Markdown", "methods, classes and fields"]),
        (
            ["update"],
            ["NEW", "Names that your code uses are kept", "--dry-run", "nothing is changed"],
        ),
        (["list"], ["SPEC [PATTERN]", "operationId or a tag", "* is any text"]),
        (["slice"], ["JSON or YAML", "repair", "standard output", "[required]"]),
        (["init"], ["vcgen.toml", "pyproject.toml", "default: all", "--also"]),
        (["learn"], ["TRAFFIC", "HAR 1.2", "Overlay", "--check"]),
        (["matrix"], ["SPEC...", "which release has which", "--all"]),
        (["remove"], ["left over", "manifest", "--force"]),
    ],
)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_what_a_newcomer_works_from(
    vcgen: Vcgen, command: list[str], words: list[str], flag: str
) -> None:
    done = vcgen(*command, flag)
    assert (done.code, done.err) == (0, "")
    text = " ".join(done.out.split())
    assert [word for word in words if word not in text] == []
    assert "\b" not in done.out
    assert "Example: vcgen" in text or not command
    lines = done.out.splitlines()
    assert len(lines) <= (28 if command else 34), "no screen holds the help"
    assert all(len(line) <= 80 for line in lines)
    assert "..." not in done.out.partition("Commands:")[2], "a summary is cut off"


def test_every_command_and_option_is_explained() -> None:
    context = click.Context(cli)
    assert cli.list_commands(context) == sorted(COMMANDS)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None and command.help
        for parameter in command.to_info_dict(
            command.make_context("vcgen", [], resilient_parsing=True)
        )["params"]:
            assert parameter["param_type_name"] == "argument" or parameter["help"], parameter


def test_start_of_the_help_can_be_followed(bare: Path, vcgen: Vcgen) -> None:
    steps = re.findall(r"^ +(vcgen .*?)  ", vcgen("--help").out, re.MULTILINE)
    assert len(steps) == 4
    for step in steps:
        words = shlex.split(step.replace("SPEC", "spec.yaml").replace("/path", "/ping"))
        done = vcgen(*words[1:])
        assert (done.code, done.err) == (0, ""), step
    assert done.out == "generated/spec: up to date\n"


def test_version_is_printed(vcgen: Vcgen) -> None:
    assert vcgen("--version") == Outcome(0, f"vcgen, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["generat"], "No such command 'generat'"),
        (["generate", "--forc"], "No such option '--forc'"),
        (["generate", "more"], "unexpected extra argument (more)"),
        (["list"], "Missing argument 'SPEC'"),
        (["slice", "spec.yaml"], "Missing option '--operation'"),
        (["generate", "--spec"], "Option '--spec' requires an argument"),
        (
            ["generate", "--spec", "spec.yaml"],
            "--spec, --operation, --overlay and --output describe one",
        ),
        (
            ["check", "--output", "disks"],
            "--spec, --operation, --overlay and --output describe one",
        ),
        (
            ["generate", "-O", "ping"],
            "hint: give both --spec and --output and no --config, or none of the four",
        ),
        (
            ["check", "--overlay", "a.yaml"],
            "hint: give both --spec and --output and no --config, or none of the four",
        ),
        (
            ["list", "spec.yaml", "--overlay", "-"],
            "standard input can only be a document; name a file",
        ),
        (
            ["check", "--spec", "spec.yaml", "--output", "disks", "--config", "vcgen.toml"],
            "--spec, --operation, --overlay and --output describe one client",
        ),
        (
            ["generate", "--spec", "spec.yaml", "--output", "my-disks"],
            "'my-disks' is not a Python identifier; the last part is the name",
        ),
        (["generate", "--spec", "spec.yaml", "--output", ""], "'' is not a Python identifier"),
    ],
)
def test_usage_error_exits_with_2_and_says_what_is_wrong(
    vcgen: Vcgen, folder: Path, arguments: list[str], message: str
) -> None:
    before = contents(folder)
    done = vcgen(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert contents(folder) == before


def test_no_command_at_all_shows_the_help(vcgen: Vcgen) -> None:
    done = vcgen()
    assert done.code in (0, 2)
    assert "Start with" in done.out + done.err


def test_no_configuration_leads_to_init(bare: Path, vcgen: Vcgen) -> None:
    (bare / ".git").mkdir()  # so that none is found above
    for command in ("generate", "check"):
        done = vcgen(command)
        assert (done.code, done.out) == (3, "")
        assert "vcgen.toml" in done.err
        assert "hint: run `vcgen init`" in done.err


def test_broken_configuration_is_refused_with_its_line(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(CLIENT + "strict = yes\n")
    done = vcgen("generate")
    assert done.code == 3
    assert done.err.startswith("vcgen.toml:4: this is not TOML: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openapi: [\n", "spec.yaml:2: this is not YAML 1.2"),
        ("", "spec.yaml: the document is empty"),
        ("openapi: 3.0.3\n", "spec.yaml:1: "),
        (BROKEN, "spec.yaml:21: #/paths/~1disks~1{disk}/get/responses/200/content/"),
        (None, "spec.yaml: there is no such file"),
    ],
)
@pytest.mark.parametrize("command", ["generate", "check", "slice"])
def test_broken_document_is_refused_with_its_place(
    vcgen: Vcgen, folder: Path, command: str, text: str | None, message: str
) -> None:
    Path("spec.yaml").unlink() if text is None else Path("spec.yaml").write_text(text)
    before = contents(folder)
    done = vcgen(command, *(["spec.yaml", "-O", "*"] if command == "slice" else []))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(message)
    assert contents(folder) == before


def fail(error: BaseException) -> Callable[..., NoReturn]:
    def raising(*_: object, **__: object) -> NoReturn:
        raise error

    return raising


def test_bug_exits_with_70_and_asks_for_a_report(
    vcgen: Vcgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "generate", fail(KeyError("\033[31mno such thing")))
    done = vcgen("generate")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("internal error: KeyError: ")
    assert "hint: this is a bug in vcgen: please report it" in done.err


def test_bug_shows_its_traceback_to_whoever_asks(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VCGEN_DEBUG", "1")
    monkeypatch.setattr(pipeline, "generate", fail(KeyError("no such thing")))
    with pytest.raises(SystemExit) as exit_:
        main(["generate"])
    assert exit_.value.code == 70
    assert "Traceback (most recent call last)" in capfd.readouterr().err


def test_interruption_exits_with_130(vcgen: Vcgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "generate", fail(KeyboardInterrupt()))
    done = vcgen("generate")
    assert (done.code, done.out, done.err.strip()) == (130, "", "vcgen: interrupted")
    assert not PACKAGE.exists()


def test_completion_knows_commands_and_options(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def completions(*words: str) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", " ".join(("vcgen", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        with pytest.raises(SystemExit) as exit_:
            main([])
        assert exit_.value.code == 0
        return capfd.readouterr().out.split()

    monkeypatch.setenv("_VCGEN_COMPLETE", "bash_complete")
    assert completions("s") == ["plain,slice"]
    assert completions("generate", "--fo") == ["plain,--force"]
    assert completions("list", "sp") == ["file,sp"]
    monkeypatch.setenv("_VCGEN_COMPLETE", "fsh_source")
    with pytest.raises(SystemExit) as exit_:
        main([])
    assert exit_.value.code == 2


# --- in a process of its own: streams, signals, terminals ---

VCGEN = (sys.executable, "-m", "vcgen")


def processed(
    *arguments: str, environment: dict[str, str] | None = None, **settings: Any
) -> subprocess.CompletedProcess[str]:
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    # Buffered, as for everybody: what is left in a buffer fails at the very end.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [*VCGEN, *arguments], text=True, encoding="utf-8", env=env | (environment or {}), **streams
    )


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_completion_script_is_printed_for_the_shell(folder: Path) -> None:
    done = processed(environment={"_VCGEN_COMPLETE": "bash_source"})
    assert (done.returncode, done.stderr) == (0, "")
    subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["list", "spec.yaml"], 0), (["--help"], 0), (["check"], 1), (["slice", "x", "-O", "*"], 3)],
)
def test_reader_that_has_left_changes_neither_code_nor_errors(
    folder: Path, arguments: list[str], code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = processed(*arguments, stdout=writing)
    os.close(writing)
    assert done.returncode == code
    assert [line for line in done.stderr.splitlines() if "Pipe" in line] == []


def test_reader_that_has_left_stops_no_work(folder: Path) -> None:
    Path("vcgen.toml").write_text(TWO)
    Path("other.yaml").write_text(SPEC)
    reading, writing = os.pipe()
    os.close(reading)
    done = processed("generate", stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 0
    assert set(texts(Path("generated/disks"))) == set(texts(Path("generated/other"))) == FILES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_full_disk_is_told_and_no_bug_of_ours(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = processed("list", "spec.yaml", stdout=full)
    assert done.returncode == 4
    assert done.stderr == "<stdout>: no space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="there are no such descriptors")
def test_closed_streams_are_no_trouble(folder: Path) -> None:
    script = '"$0" -m vcgen generate <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", script, sys.executable]).returncode == 0
    assert set(texts(PACKAGE)) == FILES


def test_stream_that_has_not_every_character_gets_escapes(folder: Path) -> None:
    Path("spec.yaml").write_text(SPEC.replace("/ping", "/p→ng"), encoding="utf-8")
    done = processed("list", "spec.yaml", environment={"PYTHONIOENCODING": "cp1252"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("GET     /p\\u2192ng  ping\n")


def test_interrupt_from_the_keyboard_leaves_no_traceback(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    handle, terminal = pty.openpty()
    env = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        [*VCGEN, "list", "-"],
        stdin=subprocess.PIPE,
        stderr=terminal,
        env=env,
        # A shell that runs the tests in the background has told all of them to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        os.close(terminal)
        shown = b""
        while b"reading - ..." not in shown:
            shown += os.read(handle, 1024)
        # One that arrives just before Python waits for input is seen only after it.
        for _ in range(30):
            process.send_signal(signal.SIGINT)  # of no effect where it has ended
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
        with contextlib.suppress(OSError):  # so ends a pseudo terminal on Linux
            while data := os.read(handle, 1024):
                shown += data
    assert process.returncode == 130
    os.close(handle)
    assert shown.endswith(b"vcgen: interrupted\r\n")
    assert b"Traceback" not in shown


# --- on a terminal ---

Terminal = Callable[..., tuple[int, str]]


@pytest.fixture
def terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Run the command in this process, on a pseudo terminal that shows both of its streams."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def show(*arguments: str) -> tuple[int, str]:
        done = run_on_terminal(*arguments)
        return done.code, done.out

    return show


def test_terminal_shows_progress_and_takes_it_away(terminal: Terminal) -> None:
    code, shown = terminal("generate")
    assert code == 0
    assert shown == (
        "reading spec.yaml ...\r\033[Kgenerating generated/disks ...\r\033[K"
        "generated/disks: 9 created\n"
    )


def test_terminal_shows_a_diff_in_colour(terminal: Terminal) -> None:
    code, shown = terminal("check")
    assert code == 1
    assert "\033[32m+# Generated by vcgen. Do not edit.\n\033[0m" in shown
    assert "\033[36m@@ -0,0 +1" in shown


def test_terminal_shows_an_error_in_red_and_its_hint_plain(terminal: Terminal) -> None:
    Path("spec.yaml").unlink()
    code, shown = terminal("generate")
    assert code == 3
    assert "\033[31mspec.yaml: there is no such file\n\033[0mhint: " in shown


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_terminal_without_colour_gets_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    code, shown = terminal("check")
    assert code == 1
    assert re.search(r"\033\[\d*m", shown) is None
    assert name == "NO_COLOR" or "\033" not in shown


def test_progress_keeps_to_one_line(terminal: Terminal) -> None:
    name = "long" * 50 + ".yaml"
    Path("spec.yaml").rename(name)
    shown = terminal("list", name)[1]
    assert max(map(len, shown.partition("\r")[0].split("\n"))) < 80


# Sets the window's title, clears the screen (in 7 bits, in 8 bits), turns text, begins new lines.
EVIL = "\033]0;owned\007\033[2J\u009b2J\u202e\u2028\r\nGET /fake"
OURS = re.compile(r"\033\[(\d*m|K)|\r(?=\033\[K)")


def evil_document() -> dict[str, Any]:
    schema = {"type": "object", "description": EVIL, "properties": {"a": {"type": "array"}}}
    schema["properties"][f"b{EVIL}"] = {"type": "string", "enum": [EVIL, "x"], "default": EVIL}  # type: ignore[index]
    answer = {"schema": {"$ref": "#/components/schemas/Thing"}}
    operation = {
        "operationId": f"get{EVIL}",
        "tags": [f"Things{EVIL}"],
        "summary": EVIL,
        "description": EVIL,
        "responses": {"200": {"description": EVIL, "content": {"application/json": answer}}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": EVIL, "version": EVIL, "description": EVIL},
        "servers": [{"url": "https://example.com"}],
        "tags": [{"name": f"Things{EVIL}", "description": EVIL}],
        "paths": {f"/a{EVIL}": {"get": operation}, "/b": {"get": {**operation, "tags": []}}},
        "components": {"schemas": {"Thing": schema}},
    }


def test_list_fools_no_log_either(vcgen: Vcgen) -> None:
    Path("evil.json").write_text(json.dumps(evil_document()))
    done = vcgen("list", "evil.json")
    assert [line.split()[0] for line in done.out.split("\n")[:-1]] == ["GET", "GET"]
    assert [c for c in done.out if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "evil.json"],
        ["list", "evil.json", "gett"],
        ["slice", "evil.json", "-O", "*", "-v"],
        ["slice", "evil.yaml", "-O", "*", "--strict"],
        ["generate", "--spec", "evil.json", "--output", "evil", "-v"],
        ["check", "--spec", "evil.json", "--output", "evil"],
        ["generate", "--spec", "evil.json", "--output", "evil", "-O", "Thing*"],
        ["generate", "--spec", "evil.json", "--output", "evil", "-O", "thing"],
        ["check", "--spec", "spec.yaml", "--output", "edited"],
        ["generate", "--spec", "spec.yaml", "--output", "edited"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("kind", ["xterm", "dumb"])
def test_text_of_a_document_never_reaches_the_terminal_raw(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, arguments: list[str], kind: str
) -> None:
    monkeypatch.setenv("TERM", kind)
    document = evil_document()
    Path("evil.json").write_text(json.dumps(document))
    Path("evil.yaml").write_text(json.dumps(document))
    Path("edited").mkdir()
    Path("edited/client.py").write_text(EVIL, newline="")
    code, shown = terminal(*arguments)
    assert code in (0, 1, 3, 4), shown
    plain = OURS.sub("", shown)
    assert [c for c in plain if not c.isprintable() and c != "\n"] == []
    assert not re.search(r"^GET /fake", plain, re.MULTILINE)


def test_list_as_json_says_what_each_operation_becomes(vcgen: Vcgen) -> None:
    facts = json.loads(vcgen("list", "-", "Disks_*", "--format", "json", stdin=SPEC).out)
    assert [one["operation"] for one in facts] == ["GET /disks/{disk}", "POST /disks?action=scan"]
    assert facts[0] == {
        "operation": "GET /disks/{disk}",
        "method": "GET",
        "path": "/disks/{disk}",
        "fixed_query": [],
        "operation_id": "Disks_get",
        "tag": "Disks",
        "client_method": "disks.get",
        "parameters": [
            {"name": "disk", "argument": "disk", "in": "path", "required": True, "type": "str"}
        ],
        "request_body": None,
        "returns": "Disk",
        "replies": {"200": {"media_type": "application/json", "type": "Disk"}},
        "errors": {},
    }
    assert facts[1]["path"] == "/disks"
    assert facts[1]["fixed_query"] == [{"name": "action", "value": "scan"}]


def test_list_as_json_says_why_an_operation_is_refused(vcgen: Vcgen, folder: Path) -> None:
    broken = SPEC.replace("size: {type: integer}", "size: {maximum: much}")
    (folder / "spec.yaml").write_text(broken)
    facts = json.loads(vcgen("list", "spec.yaml", "--format", "json").out)
    refused = {one["operation"]: one["refused"] for one in facts if "refused" in one}
    assert list(refused) == ["GET /disks/{disk}"]
    assert "'much' is not valid here" in refused["GET /disks/{disk}"][0]


# --- overlays ---

OVERLAY = """\
overlay: 1.0.0
info: {title: Corrections, version: "1"}
actions:
  - target: $.components.schemas.Disk.properties
    update:
      owner: {type: string}
"""
DEAD = OVERLAY + """\
  - target: $.components.schemas.Disc
    remove: true
"""
NO_MATCH = (
    "fixes/overlay.yaml:7: #/actions/1: nothing in the document matches $.components.schemas.Disc"
)
WARNING = (
    f"warning: {NO_MATCH}; "
    "correct the target, or remove the action if the document no longer needs it\n"
)
OVERLAID = CLIENT + 'overlays = ["fixes/overlay.yaml"]\n'


@pytest.fixture
def overlay(folder: Path) -> Path:
    """An overlay that the configuration names."""
    path = folder / "fixes/overlay.yaml"
    path.parent.mkdir()
    path.write_text(OVERLAY)
    (folder / "vcgen.toml").write_text(OVERLAID)
    return path


def test_overlays_of_the_configuration_correct_the_document(vcgen: Vcgen, overlay: Path) -> None:
    assert vcgen("generate") == Outcome(0, "generated/disks: 9 created\n", "")
    assert "    owner: str | None = None\n" in (PACKAGE / "models.py").read_text()
    assert vcgen("check") == Outcome(0, "generated/disks: up to date\n", "")
    assert Path("spec.yaml").read_text() == SPEC
    (entry,) = json.loads((PACKAGE / "vcgen.lock").read_text())["source"]["overlays"]
    assert (entry["file"], entry["title"]) == ("fixes/overlay.yaml", "Corrections")
    assert re.fullmatch("sha256:[0-9a-f]{64}", entry["actions"])


def test_overlays_are_relative_to_the_configuration(
    vcgen: Vcgen, overlay: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcgen("generate")
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    assert vcgen("check") == Outcome(0, "generated/disks: up to date\n", "")
    overlay.write_text(DEAD)
    assert vcgen("check").err.startswith(WARNING.replace("fixes", str(folder / "fixes")))


def test_overlays_of_the_command_line_are_the_same(vcgen: Vcgen, overlay: Path) -> None:
    vcgen("generate")
    Path("vcgen.toml").unlink()
    more = overlay.with_name("more.yaml")
    more.write_text(OVERLAY.replace("owner", "colour"))
    arguments = ["--spec", "spec.yaml", "--output", "disks", "--overlay", "fixes/overlay.yaml"]
    assert vcgen("generate", *arguments).code == 0
    assert texts(Path("disks")) == texts(PACKAGE)
    assert vcgen("check", *arguments).code == 0
    assert vcgen("check", *arguments, "--overlay", "fixes/more.yaml").code == 1


def test_list_and_slice_show_the_corrected_document(vcgen: Vcgen, overlay: Path) -> None:
    overlay.write_text(OVERLAY + "  - {target: \"$.paths['/ping']\", remove: true}\n")
    listed = vcgen("list", "spec.yaml", "--overlay", overlay)
    assert (listed.code, listed.err) == (0, "")
    assert [line.split()[1] for line in listed.out.splitlines()] == [
        "/disks/{disk}",
        "/disks?action=scan",
    ]
    facts = json.loads(vcgen("list", "spec.yaml", "--overlay", overlay, "--format", "json").out)
    assert [one["operation"] for one in facts] == ["GET /disks/{disk}", "POST /disks?action=scan"]
    done = vcgen("slice", "spec.yaml", "-O", "Disks_get", "--overlay", overlay)
    assert (done.code, done.err) == (0, "")
    part = yaml12.parse_yaml(done.out)
    assert "owner" in part["components"]["schemas"]["Disk"]["properties"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate",),
        ("check",),
        ("list", "spec.yaml", "--overlay", "fixes/overlay.yaml"),
        ("slice", "spec.yaml", "-O", "*", "--overlay", "fixes/overlay.yaml"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_action_that_matches_nothing_is_always_told(
    vcgen: Vcgen, overlay: Path, arguments: tuple[str, ...]
) -> None:
    vcgen("generate")
    overlay.write_text(DEAD)
    vcgen("generate")
    done = vcgen(*arguments)
    assert (done.code, done.err) == (0, WARNING)


@pytest.mark.parametrize("how", ["option", "key"])
def test_strict_refuses_an_action_that_matches_nothing(
    vcgen: Vcgen, overlay: Path, folder: Path, how: str
) -> None:
    overlay.write_text(DEAD)
    if how == "key":
        Path("vcgen.toml").write_text(OVERLAID + "strict = true\n")
    before = contents(folder)
    done = vcgen("generate", *(["--strict"] if how == "option" else []))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"{NO_MATCH}\nhint: correct the target")
    assert contents(folder) == before
    overlay.write_text(OVERLAY)
    assert vcgen("generate", *(["--strict"] if how == "option" else [])).code == 0


def test_a_dead_correction_is_told_before_what_it_did_not_correct(
    vcgen: Vcgen, overlay: Path
) -> None:
    overlay.write_text(DEAD)
    Path("spec.yaml").write_text(BROKEN)
    done = vcgen("generate")
    assert done.code == 3
    assert done.err.index("nothing in the document matches $.components") < done.err.index('"Disk"')


def test_a_changed_overlay_is_drift_even_where_no_code_depends_on_it(
    vcgen: Vcgen, overlay: Path
) -> None:
    vcgen("generate")
    overlay.write_text("# A comment is nothing that was changed.\n" + OVERLAY)
    assert vcgen("check").code == 0
    overlay.write_text(OVERLAY + "  - {target: \"$.paths['/ping']\", update: {x-why: not}}\n")
    done = vcgen("check")
    assert done.code == 1
    assert "vcgen.lock" in done.out
    assert "models.py" not in done.out
    assert "  corrections changed: fixes/overlay.yaml\n" in done.err


def test_missing_overlay_is_refused_with_the_key_that_names_it(vcgen: Vcgen, overlay: Path) -> None:
    overlay.unlink()
    done = vcgen("generate")
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "vcgen.toml:4: clients[0].overlays[0]: there is no file 'fixes/overlay.yaml'\n"
        "hint: correct the path, or create the file\n"
    )
    done = vcgen("list", "spec.yaml", "--overlay", overlay)
    assert (done.code, done.out) == (3, "")
    assert "overlay.yaml: there is no such file\nhint: " in done.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actions: [\n", "fixes/overlay.yaml:2: this is not YAML 1.2: "),
        (
            OVERLAY.replace("$.comp", "$..[comp"),
            "yaml:4: #/actions/0/target: this is not a JSONPath",
        ),
        (OVERLAY.replace("1.0.0", "2.0.0"), "yaml:1: #/overlay: Overlay '2.0.0' is not supported"),
        (OVERLAY.replace("{type: string}", "{type: [}"), "yaml:6: this is not YAML 1.2: "),
        (OVERLAY.replace("owner: {type: string}", "name: x"), "yaml:6: #/actions/0/update/name: "),
    ],
)
def test_bad_overlay_is_refused_at_its_place(
    vcgen: Vcgen, overlay: Path, folder: Path, text: str, message: str
) -> None:
    overlay.write_text(text)
    before = contents(folder)
    for command in ("generate", "check"):
        done = vcgen(command)
        assert (done.code, done.out) == (3, "")
        assert message in done.err
        assert "hint: " in done.err
    assert contents(folder) == before


def test_document_of_standard_input_is_corrected_too(vcgen: Vcgen, overlay: Path) -> None:
    Path("vcgen.toml").write_text(OVERLAID.replace("spec.yaml", "-"))
    assert vcgen("generate", stdin=SPEC).code == 0
    assert "owner" in (PACKAGE / "models.py").read_text()


def test_text_of_an_overlay_never_reaches_the_terminal_raw(
    terminal: Terminal, overlay: Path
) -> None:
    target = f"$[{json.dumps(EVIL)}]"
    facts = {
        "overlay": "1.0.0",
        "info": {"title": EVIL, "version": EVIL},
        "extends": EVIL,
        "actions": [{"target": target, "update": {EVIL: 1}}, {"target": "$ \n.a", "remove": True}],
    }
    overlay.write_text(json.dumps(facts))
    for arguments in (["generate"], ["check", "-v"], ["generate", "--strict"]):
        plain = OURS.sub("", terminal(*arguments)[1])
        assert [c for c in plain if not c.isprintable() and c != "\n"] == []
        assert not re.search(r"^GET /fake", plain, re.MULTILINE)
    broken = [{**facts, EVIL: EVIL}, {**facts, "actions": [{"target": EVIL}]}]
    actions = [{"target": "$", "update": {EVIL: {}}}, {"target": "$", "update": {EVIL: []}}]
    for one in (*broken, {**facts, "actions": actions}):
        overlay.write_text(json.dumps(one))
        code, shown = terminal("check")
        plain = OURS.sub("", shown)
        assert code == 3
        assert [c for c in plain if not c.isprintable() and c != "\n"] == []
        assert not re.search(r"^GET /fake", plain, re.MULTILINE)


def test_what_moved_never_reaches_the_terminal_raw(terminal: Terminal) -> None:
    terminal("generate")
    evil = json.dumps(EVIL)
    Path("spec.yaml").write_text(SPEC.replace("title: Disks", f"title: {evil}"))
    more = f"  ? {json.dumps('/a' + EVIL)}\n  : get: {{responses: {{'204': {{description: x}}}}}}\n"
    Path("spec.yaml").write_text(
        Path("spec.yaml").read_text().replace("components:\n", more + "components:\n")
    )
    code, shown = terminal("check")
    plain = OURS.sub("", shown)
    assert code == 1
    assert "the document changed" in plain
    assert "added" in plain
    assert [c for c in plain if not c.isprintable() and c != "\n"] == []
    assert not re.search(r"^GET /fake", plain, re.MULTILINE)


# Other files


WITH_FILES = {
    "generate": ("--spec", "sub/spec.yaml", "--output", "out"),
    "list": ("sub/spec.yaml", "--format", "json"),
    "slice": ("sub/spec.yaml", "-O", "*"),
    "diff": ("sub/spec.yaml", "sub/spec.yaml"),
    "init": ("sub/spec.yaml",),
}


# What reads no document.
WITHOUT_FILES = {"remove"}


def test_every_command_that_reads_documents_takes_the_options_of_their_files() -> None:
    for name, command in cli.commands.items():
        options = {option for one in command.params for option in one.opts}
        assert ({"--allow-outside", "--reference"} <= options) is (name not in WITHOUT_FILES), name


@pytest.mark.parametrize("command", WITH_FILES)
def test_every_command_can_be_told_where_other_files_are(
    folder: Path, vcgen: Vcgen, command: str
) -> None:
    paths = {
        f"/{name}": {"get": {"responses": {"200": {"description": "", "content": content}}}}
        for name, content in {
            "a": {"application/json": {"schema": {"$ref": "../lib/a.yaml#/A"}}},
            "b": {"application/json": {"schema": {"$ref": "https://h.test/lib/a.yaml#/B"}}},
        }.items()
    }
    tree = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths}
    for file, text in {
        "sub/spec.yaml": json.dumps(tree),
        "lib/a.yaml": "A: {type: string}\nB: {type: integer}\n",
    }.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    if command == "init":
        (folder / "vcgen.toml").unlink()
    allowed = ("--allow-outside", "--reference", "https://h.test/lib/=lib")
    found = vcgen(command, *WITH_FILES[command], *allowed)
    assert found.code == 0
    assert "refused" not in found.out
    assert vcgen(command, *WITH_FILES[command], "--reference", "lib").code == 2

"""What a run does where nothing moved: as little as it can, and never too little."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vcgen import pipeline
from vcgen.cli import main
from vcgen.reading import document

SPEC = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: "https://disks.example.com"}]
paths:
  /disks/{disk}:
    get:
      operationId: get_disk
      tags: [disks]
      parameters: [{name: disk, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {$ref: "schemas.yaml#/Disk"}}}
"""
SCHEMAS = """\
Disk:
  type: object
  properties:
    size: {type: integer}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: Corrections, version: "1"}
actions:
  - target: $.info
    update: {description: About disks.}
"""
CONFIG = '[[clients]]\nspec = "spec.yaml"\noutput = "disks"\noverlays = ["fix.yaml"]\n'
FILES = {"spec.yaml": SPEC, "schemas.yaml": SCHEMAS, "fix.yaml": OVERLAY, "vcgen.toml": CONFIG}
UP_TO_DATE = (0, "disks: up to date\n")
UNCHANGED = (0, "disks: 9 unchanged\n")

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose files are older than any run, and an installed vcgen."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(pipeline, "IS_INSTALLED", True)
    for name, text in FILES.items():
        edit(folder / name, text)
    return folder


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command, and return its exit code and what it printed."""

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        assert isinstance(exit_.value.code, int)
        return exit_.value.code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The documents that were parsed."""
    found: list[str] = []
    parse = document.parse

    def spy(text: str, name: str) -> document.Document:
        found.append(name)
        return parse(text, name)

    monkeypatch.setattr(document, "parse", spy)
    yield found


def edit(file: Path, text: str) -> None:
    file.write_text(text)
    os.utime(file, (long_ago := time.time() - 60, long_ago))


def test_no_document_is_read_twice_for_nothing(run: Run, reads: list[str]) -> None:
    assert run("generate") == (0, "disks: 9 created\n")
    assert sorted(reads) == ["fix.yaml", "schemas.yaml", "spec.yaml"]
    reads.clear()
    assert (run("check"), run("generate")) == (UP_TO_DATE, UNCHANGED)
    assert reads == []


def test_check_notes_what_it_found_too(run: Run, reads: list[str], tmp_path: Path) -> None:
    run("generate")
    for note in (tmp_path / "caches/vcgen").iterdir():
        note.unlink()
    assert run("check") == UP_TO_DATE
    reads.clear()
    assert run("check") == UP_TO_DATE
    assert reads == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("spec.yaml", "get_disk", "read_disk"),
        ("schemas.yaml", "integer", "string"),
        ("vcgen.toml", "output =", 'rename.operations.get_disk = "fetch"\noutput ='),
        ("disks/models.py", "size", "sise"),
        ("disks/vcgen.lock", '"Disks"', '"Discs"'),
    ],
)
def test_whatever_moves_is_noticed(run: Run, name: str, old: str, new: str) -> None:
    run("generate")
    assert run("check") == UP_TO_DATE
    edit(Path(name), Path(name).read_text().replace(old, new))
    code, text = run("check")
    assert (code, "out of date" in text) == (1, True)


def test_overlay_that_moves_is_noticed(run: Run) -> None:
    run("generate")
    edit(Path("fix.yaml"), OVERLAY.replace("info\n", "paths['/disks/{disk}'].get\n"))
    code, text = run("check")
    assert (code, "corrections changed: fix.yaml" in text) == (1, True)


def test_what_does_not_matter_is_read_once_more(run: Run, reads: list[str]) -> None:
    run("generate")
    edit(Path("spec.yaml"), SPEC + "# no more to come\n")
    reads.clear()
    assert run("check") == UP_TO_DATE
    assert "spec.yaml" in reads
    reads.clear()
    assert run("check") == UP_TO_DATE
    assert reads == []


def test_file_that_is_younger_than_the_run_is_not_known(run: Run, reads: list[str]) -> None:
    os.utime("schemas.yaml", (soon := time.time() + 60, soon))
    run("generate")
    reads.clear()
    assert run("check") == UP_TO_DATE
    assert "schemas.yaml" in reads


def test_warnings_and_repairs_are_told_each_time(run: Run, reads: list[str]) -> None:
    edit(Path("fix.yaml"), OVERLAY.replace("$.info", "$.inof"))
    run("generate")
    code, text = run("check")
    assert (code, "warning: fix.yaml:" in text) == (0, True)
    edit(Path("fix.yaml"), OVERLAY)
    run("generate")
    reads.clear()
    run("check", "--verbose")
    assert "spec.yaml" in reads


def test_repairs_are_counted_though_nothing_is_read(run: Run, reads: list[str]) -> None:
    edit(Path("schemas.yaml"), SCHEMAS.replace("type: integer", "type: array"))
    run("generate")
    reads.clear()
    assert run("generate") == (0, "disks: 9 unchanged; 1 repair (see --verbose)\n")
    assert reads == []


def test_force_generates_anew(run: Run, reads: list[str]) -> None:
    run("generate")
    reads.clear()
    assert run("generate", "--force") == UNCHANGED
    assert "spec.yaml" in reads


def test_without_a_place_for_notes_all_goes_on(
    run: Run, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert run("generate")[0] == 0
    assert run("check") == UP_TO_DATE
    assert "spec.yaml" in reads


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": {}}', '{"files": ["no"]}'])
def test_note_that_is_damaged_is_none(run: Run, tmp_path: Path, text: str) -> None:
    run("generate")
    (note,) = (tmp_path / "caches/vcgen").iterdir()
    note.write_text(text)
    assert run("check") == UP_TO_DATE
    assert json.loads(note.read_text())["files"]


def test_nothing_is_imported_that_only_a_move_needs(folder: Path, run: Run) -> None:
    run("generate")
    heavy = {"vcgen.pipeline", "vcgen.reading", "vcgen.slicing", "vcgen.dialect", "vcgen.ir"}
    heavy |= {"vcgen.building", "vcgen.writing", "vcgen.publishing.drift", "vcgen.comparing"}
    heavy |= {"black", "difflib", "importlib.metadata", "jinja2", "pydantic", "yaml", "yaml12"}
    script = (
        "import sys; from vcgen.cli import main\n"
        "try: main()\n"
        f"finally: print(*sorted({heavy!r} & sys.modules.keys()))"
    )
    for command, told in (("check", "up to date"), ("generate", "9 unchanged")):
        done = subprocess.run(
            [sys.executable, "-c", script, command], capture_output=True, text=True
        )
        assert done.stdout == f"disks: {told}\n\n"

"""`vcgen changelog`: what changed, for those who use the client, in terms of its code."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from support import Outcome, run

EXPECTED = Path(__file__).parent / "changelog.md"
TEXT = {"type": "string"}
DONE = {"204": {"description": "Done."}}


def _document(version: int, title: str = "Disks") -> str:
    """Return the first or the second version of a document."""
    is_new = version == 2
    kind = {"name": "kind", "in": "query", "required": True, "schema": TEXT}
    disk = {"name": "disk", "in": "path", "required": True, "schema": TEXT}
    schema = {"$ref": "#/components/schemas/Disk"}
    content = {"application/json": {"schema": schema}}
    found = {"200": {"description": "The disk.", "content": content}}
    get = {"tags": ["Disks"], "parameters": [disk, *[kind] * is_new], "responses": found}
    make = {
        "tags": ["Disks"],
        "operationId": "make",
        "deprecated": is_new,
        "requestBody": {"required": True, "content": content},
        "responses": DONE,
    }
    paths = {
        **{f"/{name}/{{disk}}": {"get": {**get, "operationId": name}} for name in ("get", "look")},
        "/disks": {"post": make},
        "/new" if is_new else "/gone": {
            "get": {
                "tags": ["Disks"],
                "operationId": "new" if is_new else "gone",
                "responses": DONE,
            }
        },
    }
    old = {"name": TEXT, "note": TEXT, "size": {"type": "integer"}}
    new = {"name": TEXT, "size": {"type": "string"}, "free": {"type": "integer"}}
    disks = {
        "type": "object",
        "required": [] if is_new else ["name"],
        "properties": new if is_new else old,
    }
    return json.dumps(
        {
            "openapi": "3.0.3",
            "info": {"title": title, "version": str(version)},
            "paths": paths,
            "components": {"schemas": {"Disk": disks}},
        }
    )


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where no configuration is."""
    monkeypatch.chdir(tmp_path)


def _changelog(capsys: pytest.CaptureFixture[str], old: str, new: str, *more: str) -> Outcome:
    files = Path("old.json"), Path("new.json")
    for file, text in zip(files, (old, new), strict=True):
        file.write_text(text, encoding="utf-8")
    return run(["changelog", *files, *more], capsys)


def test_each_breaking_change_has_the_new_code(capsys: pytest.CaptureFixture[str]) -> None:
    done = _changelog(capsys, _document(1), _document(2))
    assert done == Outcome(0, EXPECTED.read_text(encoding="utf-8"))


def test_nothing_changed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    out = _changelog(capsys, _document(1), _document(1)).out
    assert out == "## <code>the operations</code>: <code>Disks 1</code>\n\nNothing changed.\n"


def test_it_is_about_the_operations_that_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    out = _changelog(capsys, _document(1), _document(2), "-O", "make").out
    assert "disks.make" in out
    assert "disks.get" not in out


def test_text_of_a_document_is_code_and_stays_in_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    evil = "Disks\r\n::error file=a.py,line=1::owned\n# Title\n- item\n</code><b>@you\033[2J"
    name = json.dumps(evil)[1:-1].replace("\\u001b[2J", "").replace("/", "")
    texts = [
        _document(version, evil).replace('"kind"', f'"{name}"').replace('"integer"', default)
        for version, default in ((1, f'"integer", "title": "{name}"'), (2, '"number"'))
    ]
    out = _changelog(capsys, *texts).out
    assert "::error file=a.py,line=1::owned" in html.unescape(re.sub(r"\\(.)", r"\1", out))
    assert not re.search(r"^\s*(::|# Title|- item)", out, re.MULTILINE)
    assert "<b>" not in out
    assert [c for c in out if not c.isprintable() and c != "\n"] == []


def test_annotations_are_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "Disks\n::error file=a.py::owned"
    files = Path("old.json"), Path("new.json")
    for file, version in zip(files, (1, 2), strict=True):
        file.write_text(_document(version, evil), encoding="utf-8")
    out = run(["diff", *files, "--format", "github"], capsys).out
    heads = re.findall(r"^::\w+ (?:file|title)=", out, re.MULTILINE)
    assert len(heads) == len(out.splitlines())
    assert not re.search("^::error file=a.py", out, re.MULTILINE)


@pytest.mark.parametrize("width", range(60, 74))
def test_what_a_line_begins_with_is_no_marker(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    named = '"name": {"type": "string"'
    pattern = " - 1. + = 2) - 1. " + "x" * width
    new = _document(2).replace(named, f'{named}, "pattern": "{pattern}"')
    lines = _changelog(capsys, _document(1), new).out.splitlines()
    assert any("pattern" in line for line in lines)
    for line in lines:
        assert not re.match(r"  ([-+=]|\d+[.)])\s", line), line
        assert len(line) <= 120

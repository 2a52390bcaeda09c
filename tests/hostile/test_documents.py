"""Hostile documents: each ends in a package that works or in an error that says where and what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcgen.cli import main
from vcgen.errors import MAX_QUOTED, Diagnostic, SpecError, VcgenError

ROOT = {
    "openapi": "3.0.3",
    "info": {"title": "T", "version": "1"},
    "servers": [{"url": "https://h.example"}],
}


def of_schema(schema: object, **components: object) -> dict[str, Any]:
    """Return a document with one operation that answers one schema."""
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "d", "content": content}}
    paths = {"/a": {"get": {"responses": responses}}}
    return {**ROOT, "paths": paths, "components": components}


class Run:
    """Runs `vcgen generate` on a document, and keeps what it prints and exits with."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.output = folder / "client_of_it"
        self._spec = folder / "spec.json"
        self._capsys = capsys

    def __call__(self, document: object) -> tuple[int, str]:
        self._spec.write_text(json.dumps(document), encoding="utf-8")
        arguments = ["generate", "--spec", str(self._spec), "-O", "*", "--output", self.output.name]
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        return int(caught.value.code or 0), self._capsys.readouterr().err


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    return Run(tmp_path, capsys)


def test_no_error_is_empty() -> None:
    with pytest.raises(ValueError, match="says what is wrong"):
        VcgenError()


def test_security_scheme_whose_type_is_a_list_is_named(run: Run) -> None:
    scheme = {"type": ["x"], "name": "x", "in": "header"}
    document = of_schema({}, securitySchemes={"k": scheme}) | {"security": [{"k": []}]}
    code, printed = run(document)
    assert code == 3
    assert "#/components/securitySchemes/k/type: a list is not valid here" in printed


@pytest.mark.parametrize("line", ["::error file=x::forged", "\x1b[31mred", "##[error]forged"])
def test_document_cannot_print_a_line_of_its_own(run: Run, line: str) -> None:
    code, printed = run(of_schema({"$ref": f"#/components/schemas/X\n{line}\n"}))
    assert code == 3
    assert not any(one.startswith(line) for one in printed.splitlines())
    assert "\x1b" not in printed


def test_what_is_quoted_of_a_document_is_cut() -> None:
    text = str(Diagnostic("m" * 5000, "#/" + "p" * 5000, "h" * 5000))
    assert len(text) < 3 * MAX_QUOTED + 100
    assert text.count("...") == 3


def test_detail_keeps_its_lines() -> None:
    assert str(Diagnostic("m\nn", detail="a\nb", hint="h")) == "m\\nn\na\nb\nhint: h"


@pytest.mark.parametrize(
    "extensions",
    [
        {"x-enum-descriptions": [1, 2]},
        {"x-enum-descriptions": {"A": "first"}},
        {"x-enum-descriptions": "text"},
        {"x-enum-varnames": [1, None]},
        {"x-enum-varnames": {"A": "first"}},
        {"x-enum-varnames": ["ONE"]},
        {"x-enum-varnames": ["ONE", "TWO", "THREE"], "enum": ["A", "B", "A"]},
        {"x-enum-varnames": ["SAME", "SAME"]},
    ],
    ids=str,
)
def test_enum_extensions_of_any_shape_are_read_or_ignored(
    run: Run, extensions: dict[str, Any]
) -> None:
    schema = {"type": "string", "enum": ["A", "B"], **extensions}
    code, printed = run(of_schema({"$ref": "#/components/schemas/K"}, schemas={"K": schema}))
    assert (code, printed) == (0, "")
    text = (run.output / "models.py").read_text(encoding="utf-8")
    assert text.count(' = "A"\n') == text.count(' = "B"\n') == 1


def test_enum_descriptions_by_value_are_docs(run: Run) -> None:
    schema = {"type": "string", "enum": ["A"], "x-enum-descriptions": {"A": "The first."}}
    run(of_schema({"$ref": "#/components/schemas/K"}, schemas={"K": schema}))
    text = (run.output / "models.py").read_text(encoding="utf-8")
    assert '    A = "A"\n    """The first."""\n' in text


def test_two_arguments_of_one_name_are_refused(run: Run) -> None:
    from vcgen.writing.proving import prove

    with pytest.raises(SpecError, match=r"out/client\.py:1: would not be valid Python: duplicate"):
        prove("out", {"client.py": "def f(a, a): ...\n"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("class A:\n    x: int = 1\n    x: str = ''\n", "A would define x twice"),
        ("class A:\n    X = 1\n    X = 2\n", "A would define X twice"),
        ("class A: ...\nclass A: ...\n", "the module would define A twice"),
        ("def f(): ...\nf = 1\n", "the module would define f twice"),
        ("x: int = 1\nclass A: ...\nx = 2\n", "the module would define x twice"),
        ("x = y = 1\ny: int = 2\n", "the module would define y twice"),
        ("class A:\n    async def f(self): ...\n    def f(self): ...\n", "A would define f twice"),
        ('class A:\n    """f: F."""\n\n    f: int\n    f: str\n', "A would define f twice"),
        ('class A:\n    """f \\""""\n\n    f: int\n    f: str\n', "A would define f twice"),
        ('class A:\n    """A.\n\n    f: F.\n    """\n\n    f: int\n    f: str\n', "define f twice"),
        ('T = """\nT\n"""\nx = 1\nU = """u"""\nx = 2\n', "the module would define x twice"),
        ('t = \'"""\'\nx = 1\nu = \'"""\'\nx = 2\n', "the module would define x twice"),
    ],
)
def test_two_definitions_of_one_name_are_refused(text: str, name: str) -> None:
    from vcgen.writing.proving import prove

    with pytest.raises(SpecError, match=name):
        prove("out", {"models.py": text})


def test_property_and_its_setter_are_one() -> None:
    from vcgen.writing.proving import prove

    text = "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, v): ...\n"
    prove("out", {"models.py": text, "py.typed": ""})


def test_local_names_and_words_of_docstrings_are_no_definitions() -> None:
    from vcgen.writing.proving import prove

    text = 'class A:\n    """A.\n\n    x: The x.\n    """\n\n    x: int\n\n\n'
    text += "def f():\n    x = 1\n    x = 2\n\n\nif f():\n    y = 1\nelse:\n    y = 2\n"
    prove("out", {"models.py": text})


def test_words_of_docstrings_raise_no_suspicion(monkeypatch: pytest.MonkeyPatch) -> None:
    """To take a module apart for them would take as long as to write it."""
    from vcgen.writing import proving

    monkeypatch.setattr(proving, "_repeated", lambda path, tree: pytest.fail(path))
    text = 'class A:\n    """A.\n\n    x: The x.\n    x (or y): "it".\n    """\n\n    x: int\n'
    text += '    """x: an x.\n\n    y = \\"\\"\\"\n    """\n\n    y: int\n'
    proving.prove("out", {"models.py": text})


@pytest.mark.parametrize("name", ["CON", "nul", "json", "__pycache__", "msgspec", "com1", "httpx2"])
def test_package_name_that_would_hide_another_is_refused(
    run: Run, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(of_schema({})), encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--spec", "spec.json", "-O", "*", "--output", f"gen/{name}"])
    assert caught.value.code == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / "gen").exists()

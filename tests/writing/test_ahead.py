"""What a wheel holds ready for use is what a checkout makes."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from vcgen.writing import ahead
from vcgen.writing.ahead import JINJA, TEMPLATES, Ahead, taken_apart
from vcgen.writing.definitions import BOTH, parse
from vcgen.writing.rendering import environment
from vcgen.writing.style import USUAL, Style
from vcgen.writing.taking import RUNTIME, sources

SOURCES = sources(RUNTIME)
FLAVOURS = (BOTH, ("sync",), ("async",))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Ahead:
    folder = tmp_path_factory.mktemp("ahead")
    environment(88).compile_templates(folder / TEMPLATES, zip=None, ignore_errors=False)
    (folder / JINJA).write_text(jinja2.__version__, encoding="ascii")
    for file, text in taken_apart(SOURCES).items():
        (folder / file).write_text(text, encoding="ascii")
    return Ahead(folder)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("it is held")


@pytest.mark.parametrize("flavours", FLAVOURS)
def test_definitions_are_those_of_the_sources(
    made: Ahead, flavours: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {one: parse(text, flavours=flavours) for one, text in SOURCES.items()}
    monkeypatch.setattr(ahead, "parse", refuse)
    for module, text in SOURCES.items():
        found = made.definitions(module, text, flavours, USUAL)
        assert found == wanted[module]
        assert [one.imports for one in found] == [one.imports for one in wanted[module]]


def test_lines_of_another_length_are_of_the_same_definitions(
    made: Ahead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "parse", refuse)
    assert made.definitions("errors", SOURCES["errors"], BOTH, Style(line_length=100))


def test_another_syntax_or_source_is_parsed(made: Ahead, tmp_path: Path) -> None:
    text = SOURCES["wire/calls"]
    newer = Style(python="3.14")
    assert made.definitions("wire/calls", text, BOTH, newer) == parse(text, style=newer)
    changed = f"{text}\n\nNEW = 1\n"
    assert made.definitions("wire/calls", changed, BOTH, USUAL)[-1].names == ("NEW",)
    assert Ahead(tmp_path).definitions("wire/calls", text, BOTH, USUAL) == parse(text)


def test_all_templates_are_compiled(made: Ahead) -> None:
    loader = made.loader()
    assert loader is not None
    for name in environment(88).list_templates():
        loader.load(environment(88), name)


def test_templates_of_another_jinja_are_not_used(made: Ahead, tmp_path: Path) -> None:
    assert Ahead(tmp_path).loader() is None
    (tmp_path / TEMPLATES).mkdir()
    (tmp_path / JINJA).write_text("3.0.0", encoding="ascii")
    assert Ahead(tmp_path).loader() is None

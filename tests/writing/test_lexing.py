"""Lexing: what patterns find in rendered modules is what their syntax trees tell."""

from __future__ import annotations

import pytest
from golden_packages import CASES
from support import selected
from vcgen.config.files import load
from vcgen.pipeline import build
from vcgen.records import replace
from vcgen.writing import lexing
from vcgen.writing.definitions import BOTH, Definition, Import, parse
from vcgen.writing.imports import NAMES
from vcgen.writing.lexing import lexed
from vcgen.writing.rendering import modules_of
from vcgen.writing.style import USUAL
from vcgen.writing.taking import names

IMPORTS = {"date": Import("datetime", "date"), "field": Import("msgspec", "field")}
PACKAGES = sorted({path.parts[-4] for path in CASES.glob("*/expected/*/client.py")})
KNOWN = (IMPORTS.keys(), {"Book", "read"})


def found(text: str) -> list[Definition]:
    return list(lexed(text, IMPORTS, KNOWN))


@pytest.mark.parametrize("case", PACKAGES)
def test_patterns_find_what_syntax_trees_tell(case: str) -> None:
    for client in load(CASES / case / "vcgen.toml").clients:
        for module in modules_of(build(selected(client, CASES / case)), USUAL):
            imports = {**NAMES, **module.imports}
            known = (imports.keys(), module.sees.keys(), names(BOTH))
            every = frozenset[str]().union(*known)
            trees = [_sought(one, every) for one in parse(module.text, imports)]
            assert [_sought(one, every) for one in lexed(module.text, imports, known)] == trees


def _sought(one: Definition, known: frozenset[str]) -> Definition:
    """Return a definition with the names that others may have to give it."""
    return replace(one, mentions=(one.mentions & known).difference(one.names))


def test_a_plain_module_takes_no_syntax_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "parse", None)
    text = 'class A:\n    """Book."""\n\n    on: date\n    to: "str" = field(name="read")\n'
    (one,) = found(text)
    assert one.names == ("A",)
    assert one.mentions == {"date", "field"}


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("class A:\n    date: date\n", {"date"}),
        ("def f(date: str) -> Book:\n    return g(date)\n", {"Book"}),
        ("def f(day: date) -> Book:\n    return g(date=day)\n", {"Book", "date"}),
        ("class A:\n    def read(self) -> None:\n        return read()\n", {"read"}),
        ("x = [date for date in y]\n", set()),
        ('Alias: TypeAlias = "Book | None"\n', {"Book"}),
        ('def f():\n    return cast("Book", x)\n', {"Book"}),
        ("if TYPE_CHECKING:\n    A = Book\nelse:\n    A = date\n", {"Book", "date"}),
    ],
)
def test_what_gives_a_name_a_value_does_not_mention_it(text: str, mentions: set[str]) -> None:
    (one,) = found(text)
    assert one.mentions & {"Book", "date", "read"} == mentions


def test_a_docstring_belongs_to_what_is_above_it() -> None:
    first, second = found('A = Book\n"""One.\n\nB = date\n"""\nB = f(\nBook,\n)\n')
    assert (first.names, first.mentions, first.is_tight) == (("A",), {"Book"}, False)
    assert (second.names, second.text, second.is_tight) == (("B",), "B = f(\nBook,\n)", True)

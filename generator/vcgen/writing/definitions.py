"""Definitions: the statements of a module, each with its text and the names that it needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import pairwise

from vcgen.records import PartlyCompared, Record
from vcgen.writing.scopes import defined, mentioned
from vcgen.writing.style import USUAL, Style
from vcgen.writing.syntax import TYPE_VARIABLES, Modern

BOTH = ("sync", "async")

_Method = ast.FunctionDef | ast.AsyncFunctionDef


class Import(Record):
    """`from module import name`, or without a name `import module`."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def imported(self) -> str:
        """What stands behind `import`."""
        return f"{self.name} as {self.alias}" if self.alias else self.name


class Definition(PartlyCompared):
    """A statement of a module, with the comments above it and the docstring below it.

    Attributes:
        names: What it defines.
        text: Its lines.
        mentions: The names that it takes from outside of itself.
        imports: What its module imports, by name.
        is_block: Whether it is a class or function, with two lines around it.
        is_tight: Whether it follows what is above it without an empty line.
    """

    names: tuple[str, ...]
    text: str
    mentions: frozenset[str]
    imports: Mapping[str, Import]
    is_block: bool
    is_tight: bool

    @property
    def identity(self) -> tuple[object, ...]:
        """All but what else its module imports."""
        return self.names, self.text, self.mentions, self.is_block, self.is_tight


def parse(
    text: str,
    imports: Mapping[str, Import] | None = None,
    flavours: tuple[str, ...] = BOTH,
    style: Style = USUAL,
    variables: Mapping[str, str] = TYPE_VARIABLES,
) -> tuple[Definition, ...]:
    """Return the definitions of a module.

    Args:
        text: The source of the module.
        imports: What its names mean that it does not define; by default, what it imports itself.
        flavours: Which of `sync` and `async` there is; of two methods such as `read` and `aread`,
            that of the other flavour is left out.
        style: How they are to be written; where lines end is left to others.
        variables: The names that are type variables, and what they are called in brackets.
    """
    lines = text.splitlines()
    statements = ast.parse(text).body
    if imports is None:
        imports = dict(_imports(statements))
        statements = [one for one in statements if not isinstance(one, ast.Import | ast.ImportFrom)]
    # A text alone is the docstring of what is above it, or of the module.
    units: list[tuple[ast.stmt, int]] = []
    for statement in statements:
        end = statement.end_lineno or 0
        if not _is_text(statement):
            units.append((statement, end))
        elif units:
            units[-1] = (units[-1][0], end)
    modern = Modern(style.minor, variables)
    return tuple(_definition(one, end, lines, imports, flavours, modern) for one, end in units)


def _definition(
    statement: ast.stmt,
    end: int,
    lines: list[str],
    imports: Mapping[str, Import],
    flavours: tuple[str, ...],
    modern: Modern,
) -> Definition:
    start = _start(statement, lines)
    dropped: set[int] = set()
    if isinstance(statement, ast.ClassDef) and flavours != BOTH:
        dropped = set(_drop(statement, flavours))
    kept = [line if i not in dropped else None for i, line in enumerate(lines[start:end], start)]
    return Definition(
        tuple(dict.fromkeys(defined(statement))),
        modern.text(statement, kept, start),
        modern.mentions(mentioned([statement])),
        imports,
        isinstance(statement, _Method | ast.ClassDef),
        start > 0 and bool(lines[start - 1].strip()),
    )


def _drop(class_: ast.ClassDef, flavours: tuple[str, ...]) -> Iterator[int]:
    """Take the methods of the other flavour out of a class, and yield the lines they were on."""
    methods = {one.name for one in class_.body if isinstance(one, _Method)}
    other: set[str] = set()
    for name in methods:
        start = "__" if name.startswith("__") else ""
        twin = f"{start}a{name.removeprefix(start)}"
        if twin in methods:
            other.add(twin if flavours == ("sync",) else name)
    for before, one in pairwise(class_.body):
        if isinstance(one, _Method) and one.name in other:
            yield from range(before.end_lineno or 0, one.end_lineno or 0)
    class_.body = [o for o in class_.body if not (isinstance(o, _Method) and o.name in other)]


def _start(statement: ast.stmt, lines: list[str]) -> int:
    """Return the index of the first line of a statement, its comments included."""
    start = statement.lineno - 1
    if isinstance(statement, _Method | ast.ClassDef):
        start = min([start, *(one.lineno - 1 for one in statement.decorator_list)])
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _imports(statements: list[ast.stmt]) -> Iterator[tuple[str, Import]]:
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from ((one.name, Import(one.name)) for one in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module != "__future__":
            for one in statement.names:
                yield one.name, Import(statement.module or "", one.name)

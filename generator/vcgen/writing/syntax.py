"""Syntax: what newer Pythons write in another way.

The run-time and the templates are written for the oldest Python that vcgen itself runs on. Here
their statements are rewritten for packages that need not run on one so old.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vcgen.records import Record

TYPE_VARIABLES: Mapping[str, str] = {
    **{name: name for name in ("GivenT", "Http", "ItemT", "ModelT", "P", "PageT", "ReadT", "T")},
    "T_co": "T",
}
"""The type variables of the run-time, and what they are called where their scope is a bracket."""

_PARAMETERS = frozenset({"P"})  # those that stand for the parameters of a function

_TYPE_PARAMETERS = 12  # PEP 695
_BARE_EXCEPT = 14  # PEP 758

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class _Edit(Record):
    """A piece of a text, and what stands in its place.

    Attributes:
        start: Where it begins: line (from 1) and column (from 0, in bytes of UTF-8).
        end: Where it ends.
        text: What stands there instead.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


class Modern(Record):
    """Rewrites statements as the oldest Python that has to run them allows.

    Attributes:
        minor: The second part of its version.
        variables: The names that are type variables, and what they are called in brackets.
    """

    minor: int
    variables: Mapping[str, str]

    def mentions(self, names: frozenset[str]) -> frozenset[str]:
        """Return the names that a statement mentions when it is rewritten."""
        if self.minor < _TYPE_PARAMETERS:
            return names
        return names - {"Generic", "TypeAlias", *self.variables}

    def text(self, statement: ast.stmt, lines: Sequence[str | None], above: int) -> str:
        """Return the text of a statement.

        Args:
            statement: The statement, with the places that its nodes have in the module.
            lines: Its lines; None is one that it goes without.
            above: How many lines of the module stand above these.
        """
        kept = list(lines)
        for edit in sorted(self._edits(statement), key=lambda one: one.start, reverse=True):
            (first, column), (last, end) = edit.start, edit.end
            first, last = first - above, last - above
            head = (kept[first - 1] or "").encode()[:column]
            tail = (kept[last - 1] or "").encode()[end:]
            kept[first - 1] = (head + edit.text.encode() + tail).decode()
            kept[first:last] = [None] * (last - first)
        return "\n".join(line for line in kept if line is not None)

    def _edits(self, statement: ast.stmt) -> Iterator[_Edit]:
        """Yield what is written otherwise in a statement."""
        if self.minor >= _TYPE_PARAMETERS:
            yield from self._type_parameters(statement, frozenset())
        if self.minor >= _BARE_EXCEPT:
            for node in ast.walk(statement):
                if isinstance(node, ast.ExceptHandler) and not node.name:
                    yield from _without_brackets(node.type)

    def _type_parameters(self, node: ast.AST, bound: frozenset[str]) -> Iterator[_Edit]:
        """Yield the edits that give type variables a scope, if they are not bound already."""
        own: list[str] = []
        bases: Sequence[ast.AST] = ()
        if isinstance(node, ast.ClassDef) and (own := self._named(node.bases, bound)):
            bases = node.bases
            yield _class(node, self._bracket(own))
        elif isinstance(node, _Function):
            own = self._named(_signature(node), bound)
            if own:
                yield _function(node, self._bracket(own))
        elif isinstance(node, ast.AnnAssign) and _is_alias(node) and node.value:
            own = self._named([node.value], bound)
            yield from _alias(node, node.value, self._bracket(own))
        elif isinstance(node, ast.Name) and self.variables.get(node.id, node.id) != node.id:
            yield _Edit(_start(node), _end(node), self.variables[node.id])
        for child in ast.iter_child_nodes(node):
            if child not in bases:
                yield from self._type_parameters(child, bound.union(own))

    def _named(self, nodes: Iterable[ast.AST], bound: frozenset[str]) -> list[str]:
        """Return the type variables that nodes mention and that are not bound yet, in order."""
        found = (one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name))
        return [one for one in dict.fromkeys(found) if one in self.variables and one not in bound]

    def _bracket(self, names: list[str]) -> str:
        """Return type parameters as they are written, or ""."""
        stars = {name: "**" if name in _PARAMETERS else "" for name in names}
        found = [f"{stars[name]}{self.variables[name]}" for name in names]
        return f"[{', '.join(found)}]" if names else ""


def _class(node: ast.ClassDef, bracket: str) -> _Edit:
    """Return the edit of a class that has type variables among its bases."""
    kept = [_base(base) for base in node.bases if _base(base) != "Generic"]
    kept += map(ast.unparse, node.keywords)
    bases = f"({', '.join(kept)})" if kept else ""
    line, column = _end(node.keywords[-1] if node.keywords else node.bases[-1])
    start = (node.lineno, node.col_offset + len("class "))
    # The bracket behind the bases is replaced, too.
    return _Edit(start, (line, column + 1), f"{node.name}{bracket}{bases}")


def _base(base: ast.expr) -> str:
    return ast.unparse(base.value if isinstance(base, ast.Subscript) and _is_scope(base) else base)


def _is_scope(base: ast.expr) -> bool:
    """Tell whether the brackets of a base only say which type variables a class has."""
    owner = base.value if isinstance(base, ast.Subscript) else None
    return isinstance(owner, ast.Name) and owner.id in {"Generic", "Protocol"}


def _function(node: _Function, bracket: str) -> _Edit:
    """Return the edit of a function that has type variables of its own."""
    words = "async def " if isinstance(node, ast.AsyncFunctionDef) else "def "
    at = (node.lineno, node.col_offset + len(words) + len(node.name.encode()))
    return _Edit(at, at, bracket)


def _alias(node: ast.AnnAssign, value: ast.expr, bracket: str) -> Iterator[_Edit]:
    """Yield the edits of a name for a type."""
    name = ast.unparse(node.target)
    yield _Edit(_start(node), _end(node.annotation), f"type {name}{bracket}")
    # What had to wait for names that come later needs no quotes any more.
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield _Edit(_start(value), _end(value), value.value)


def _is_alias(node: ast.AnnAssign) -> bool:
    return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"


def _signature(node: _Function) -> list[ast.expr]:
    """Return the types of a function's arguments, and of what it returns."""
    arguments = node.args
    own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    own += [one for one in (arguments.vararg, arguments.kwarg) if one]
    types = [*(one.annotation for one in own), node.returns]
    return [one for one in types if one]


def _without_brackets(caught: ast.expr | None) -> Iterator[_Edit]:
    if isinstance(caught, ast.Tuple) and len(caught.elts) > 1:
        (line, column), (last, end) = _start(caught), _end(caught)
        yield _Edit((line, column), (line, column + 1), "")
        yield _Edit((last, end - 1), (last, end), "")


def _start(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset

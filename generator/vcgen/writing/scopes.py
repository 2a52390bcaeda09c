"""Scopes: the names that statements of a module take from outside of themselves."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def defined(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement gives to its module."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Import() | ast.ImportFrom():
            yield from (one.asname or one.name for one in statement.names)
        case ast.If():
            for inner in (*statement.body, *statement.orelse):
                yield from defined(inner)
        case ast.Assign() | ast.AnnAssign():
            yield from _stored(statement)
        case _:
            pass


def mentioned(statements: Iterable[ast.stmt]) -> frozenset[str]:
    """Return the names that statements refer to and that are not local to a function in them."""
    walk = _Walk()
    for statement in statements:
        walk.into(statement)
    return frozenset(walk.used)


class _Walk:
    """Collects the names that are used and those that are given a value, a scope at a time.

    Attributes:
        used: The names that are looked up here, or in a function here to which they are not local.
        bound: The names that are given a value here.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.bound: set[str] = set()
        self._is_type = False

    def into(self, node: ast.AST) -> None:
        """Look at a node with all that it holds."""
        self._WAYS.get(type(node), _Walk._parts)(self, node)

    def _parts(self, node: ast.AST) -> None:
        for name in node._fields:
            value = getattr(node, name)
            if isinstance(value, list):
                for one in value:
                    if isinstance(one, ast.AST):
                        self.into(one)
            elif isinstance(value, ast.AST) and value._fields:  # others are contexts and operators
                self.into(value)

    def _name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.used.add(node.id)
        elif isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)

    def _constant(self, node: ast.Constant) -> None:
        if self._is_type and isinstance(node.value, str):
            self.into(ast.parse(node.value, mode="eval").body)

    def _subscript(self, node: ast.Subscript) -> None:
        # The strings of a `Literal` are no types.
        is_literal = isinstance(node.value, ast.Name) and node.value.id == "Literal"
        outer, self._is_type = self._is_type, self._is_type and not is_literal
        self._parts(node)
        self._is_type = outer

    def _function(self, node: _Function) -> None:
        for decorator in node.decorator_list:
            self.into(decorator)
        arguments = node.args
        for one in _every(arguments):
            self._annotation(one.annotation)
        self._annotation(node.returns)
        self._body(arguments, node.body)
        self.bound.add(node.name)

    def _lambda(self, node: ast.Lambda) -> None:
        self._body(node.args, [node.body])

    def _body(self, arguments: ast.arguments, body: Iterable[ast.AST]) -> None:
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default:
                self.into(default)
        outer = self._opened(*(one.arg for one in _every(arguments)))
        for node in body:
            self.into(node)
        self._close(outer)

    def _class(self, node: ast.ClassDef) -> None:
        # What is defined in a class is local to nothing.
        outer, self.bound = self.bound, set()
        self._parts(node)
        self.bound = outer | {node.name}

    def _comprehension(self, node: _Comprehension) -> None:
        # The first iterable is looked up outside.
        self.into(node.generators[0].iter)
        outer = self._opened()
        self._parts(node)
        self._close(outer)

    def _opened(self, *bound: str) -> tuple[set[str], set[str]]:
        """Begin a scope in which some names have a value; return what is known of the outer one."""
        outer = self.used, self.bound
        self.used, self.bound = set(), {*bound}
        return outer

    def _close(self, outer: tuple[set[str], set[str]]) -> None:
        """End a scope: what is not local to it is looked up in the outer one."""
        free = self.used - self.bound
        self.used, self.bound = outer
        self.used |= free

    def _imported(self, node: ast.Import | ast.ImportFrom) -> None:
        self.bound.update(one.asname or one.name for one in node.names)

    def _handler(self, node: ast.ExceptHandler) -> None:
        self.bound.update([node.name] if node.name else [])
        self._parts(node)

    def _annotated(self, node: ast.AnnAssign) -> None:
        self.into(node.target)
        self._annotation(node.annotation)
        is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        if is_alias:
            self._annotation(node.value)
        elif node.value:
            self.into(node.value)

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "cast":
            self._annotation(node.args[0])
        self._parts(node)

    def _annotation(self, node: ast.expr | None) -> None:
        """Look at a type, which may be written as a string."""
        if node:
            outer, self._is_type = self._is_type, True
            self.into(node)
            self._is_type = outer

    _WAYS: ClassVar[Mapping[type[ast.AST], Callable[[Any, Any], None]]] = {
        ast.Name: _name,
        ast.Constant: _constant,
        ast.Subscript: _subscript,
        ast.Call: _call,
        ast.AnnAssign: _annotated,
        ast.FunctionDef: _function,
        ast.AsyncFunctionDef: _function,
        ast.Lambda: _lambda,
        ast.ClassDef: _class,
        ast.ListComp: _comprehension,
        ast.SetComp: _comprehension,
        ast.DictComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.Import: _imported,
        ast.ImportFrom: _imported,
        ast.ExceptHandler: _handler,
    }


def _every(arguments: ast.arguments) -> list[ast.arg]:
    """Return the arguments of a function, those that take any number among them."""
    several = [one for one in (arguments.vararg, arguments.kwarg) if one]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *several]


def _stored(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement or a target gives a value to."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id

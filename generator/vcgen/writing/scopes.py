"""Scopes: the names that statements of a module take from outside of themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

# What has names of its own, which are not those of the function around it.
_SCOPES = ast.Lambda | _Comprehension


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
    visitor = _Mentioned()
    for statement in statements:
        visitor.visit(statement)
    return frozenset(visitor.found)


class _Mentioned(ast.NodeVisitor):
    """Collects names, knowing which of them are local where they stand."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._local: list[frozenset[str]] = []
        self._is_type = False

    def generic_visit(self, node: ast.AST) -> None:
        for inner in _inside(node):
            self.visit(inner)

    def visit_Constant(self, node: ast.Constant) -> None:
        if self._is_type and isinstance(node.value, str):
            self.visit(ast.parse(node.value, mode="eval").body)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        # The strings of a `Literal` are no types.
        is_literal = isinstance(node.value, ast.Name) and node.value.id == "Literal"
        outer, self._is_type = self._is_type, self._is_type and not is_literal
        self.generic_visit(node)
        self._is_type = outer

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and not any(node.id in one for one in self._local):
            self.found.add(node.id)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node)

    def _function(self, node: _Function) -> None:
        arguments = node.args
        own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        own += [one for one in (arguments.vararg, arguments.kwarg) if one]
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default:
                self.visit(default)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        if not isinstance(node, ast.Lambda):
            for decorator in node.decorator_list:
                self.visit(decorator)
            for annotation in (*(one.annotation for one in own), node.returns):
                self._annotation(annotation)
        self._local.append(frozenset([*(one.arg for one in own), *_bound(body)]))
        for statement in body:
            self.visit(statement)
        self._local.pop()

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node)

    def _comprehension(self, node: _Comprehension) -> None:
        # The first iterable is looked up outside.
        self.visit(node.generators[0].iter)
        targets = (name for one in node.generators for name in _stored(one.target))
        self._local.append(frozenset(targets))
        self.generic_visit(node)
        self._local.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._annotation(node.annotation)
        is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        if is_alias:
            self._annotation(node.value)
        elif node.value:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "cast":
            self._annotation(node.args[0])
        self.generic_visit(node)

    def _annotation(self, node: ast.expr | None) -> None:
        """Visit a type, which may be written as a string."""
        if node:
            outer, self._is_type = self._is_type, True
            self.visit(node)
            self._is_type = outer


def _stored(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement or a target gives a value to."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _bound(statements: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that the statements of a function make local to it."""
    waiting = [*statements]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name():
                if isinstance(node.ctx, ast.Store):
                    yield node.id
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Import() | ast.ImportFrom():
                yield from (one.asname or one.name for one in node.names)
            case _ if isinstance(node, _SCOPES):
                pass
            case _:
                if isinstance(node, ast.ExceptHandler) and node.name:
                    yield node.name
                waiting += _inside(node)


def _inside(node: ast.AST) -> list[ast.AST]:
    """Return what a node is made of, without what has no parts itself: contexts and operators."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name)
        if isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
        elif isinstance(value, ast.AST) and value._fields:
            found.append(value)
    return found

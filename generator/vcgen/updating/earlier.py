"""Packages of other versions, read from their own code: what everything in them is called.

Their manifest says what they were made from, and nothing of names, which followed other rules.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from vcgen.records import Record, field

Address = tuple[str, str, frozenset[tuple[str, str]]]
# Where parameters go: the arguments of a call in 0.1.0, and since then what sends them.
_PLACES = {"path_parameters": "path", "query": "query", "headers": "header", "cookies": "cookie"}
_SENDS = {
    **{"InPath": "path", "StyledPath": "path", "InQuery": "query", "StyledQuery": "query"},
    **{"InHeader": "header", "StyledHeader": "header", "IdempotencyKey": "header"},
    **{"InCookie": "cookie", "StyledCookie": "cookie", "RawCookie": "cookie"},
}
# What packages for newer Pythons have (PEP 695, PEP 758), and what it was before.
_NEWER = (
    (re.compile(r"^( *)type (\w+)(?:\[[^]]*\])? = ", re.M), r"\1\2: TypeAlias = "),
    (re.compile(r"^( *(?:class|(?:async )?def) \w+)\[[^]]*\]", re.M), r"\1"),
    (re.compile(r"^( *except )(\w[^(:\n]*,[^(:\n]*):", re.M), r"\1(\2):"),
)


class Call(Record):
    """An operation of a package.

    Attributes:
        attribute: The attribute of the client that it is on.
        name: Its method.
        arguments: The names of its arguments, by where their parameters are and by theirs.
        types: The annotations of its arguments, by their names.
        returns: The annotation of what it returns.
        errors: The types of the bodies of its errors, by their statuses as they are written.
    """

    attribute: str
    name: str
    arguments: Mapping[tuple[str, str], str]
    types: Mapping[str, ast.expr]
    returns: ast.expr | None
    errors: Mapping[str, ast.expr]


class Class(Record):
    """A class of the models.

    Attributes:
        fields: The name and the annotation of each field, by its property.
        bases: The classes that it extends.
    """

    fields: Mapping[str, tuple[str, ast.expr]]
    bases: tuple[str, ...]


class Earlier(Record):
    """What a package holds.

    Attributes:
        calls: The operations by method, path and what their paths fix of the query.
        classes: The classes by name.
        aliases: What the names of unions stand for.
    """

    calls: dict[Address, Call] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)
    aliases: dict[str, ast.expr] = field(default_factory=dict)


def read(folder: Path) -> Earlier:
    """Return what the package in a folder holds, as far as it is there and is Python."""
    found = Earlier()
    for file in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(_plain(file.read_text(encoding="utf-8")))
        except (OSError, SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (call := _call(node)):
                found.calls.setdefault(*call)
            elif isinstance(node, ast.ClassDef):
                found.classes.setdefault(node.name, _class(node))
            elif isinstance(node, ast.AnnAssign) and node.value and _is_alias(node):
                found.aliases.setdefault(name_of(node.target), node.value)
    return found


def _plain(text: str) -> str:
    """Return code in the syntax of the oldest Python, whatever the package was generated for.

    It is as `writing` and black leave it: type parameters stand behind the name, on its line.
    """
    for pattern, plain in _NEWER:
        text = pattern.sub(plain, text)
    return text


def _call(node: ast.FunctionDef) -> tuple[Address, Call] | None:
    """Return what a function says of an operation: 0.1.0 put an underscore before them."""
    attribute, _, name = node.name.removeprefix("_").rpartition("__")
    made = node.body[0].value if isinstance(node.body[0], ast.Return) else None
    if not (attribute and isinstance(made, ast.Call)):
        return None
    given = {one.arg: one.value for one in made.keywords if one.arg}
    method, path = _text(given.get("method")), _text(given.get("path"))
    if not method or path is None:
        return None
    pairs = [one for key, place in _PLACES.items() for one in _pairs(given.get(key), place)]
    pairs += _sent(given.get("sends"))
    fixed = frozenset(
        (name, value)
        for place, name, one in pairs
        if place == "query" and (value := _text(one)) is not None
    )
    names = {(place, name): one.id for place, name, one in pairs if isinstance(one, ast.Name)}
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    types = {one.arg: one.annotation for one in every if one.annotation is not None}
    errors = _errors(given.get("errors"))
    call = Call(attribute, name, names, types, _inside(node.returns), errors)
    return (method, path, fixed), call


def _sent(node: ast.expr | None) -> Iterator[tuple[str, str, ast.expr]]:
    """Yield the place, the name and the value of each parameter that a call sends."""
    for one in node.elts if isinstance(node, ast.List) else ():
        if isinstance(one, ast.Call) and len(one.args) > 1:
            place, name = _SENDS.get(name_of(one.func)), _text(one.args[0])
            if place and name is not None:
                yield place, name, _bare(one.args[1])


def _errors(node: ast.expr | None) -> dict[str, ast.expr]:
    if not isinstance(node, ast.Dict):
        return {}
    pairs = zip(node.keys, node.values, strict=True)
    return {str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)}


def _pairs(node: ast.expr | None, place: str) -> Iterator[tuple[str, str, ast.expr]]:
    """Yield the place, the name and the value of each parameter."""
    items: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Dict):
        items = list(zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.List):
        tuples = [one.elts for one in node.elts if isinstance(one, ast.Tuple)]
        items = [(one[0], one[1]) for one in tuples if len(one) == 2]
    for key, value in items:
        if (name := _text(key)) is not None:
            yield place, name, _bare(value)


def _bare(node: ast.expr) -> ast.expr:
    """Return the argument itself, where it is passed through a style."""
    while isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    return node


def _class(node: ast.ClassDef) -> Class:
    fields: dict[str, tuple[str, ast.expr]] = {}
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            fields[_property(one) or one.target.id] = one.target.id, one.annotation
    return Class(fields, tuple(filter(None, map(name_of, node.bases))))


def _is_alias(node: ast.AnnAssign) -> bool:
    return name_of(node.annotation) == "TypeAlias"


def _property(node: ast.AnnAssign) -> str | None:
    """Return the property that a field is, where it says so: `field(name="...")`."""
    given = node.value.keywords if isinstance(node.value, ast.Call) else []
    return next((_text(one.value) for one in given if one.arg == "name"), None)


def _inside(node: ast.expr | None) -> ast.expr | None:
    """Return the type inside `Call[...]`."""
    return node.slice if isinstance(node, ast.Subscript) else None


def name_of(node: ast.expr) -> str:
    """Return the name that an expression ends with, or ""."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr | None) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None

"""Errors before 9.0: each kind repeats the properties of the base, and nothing ties them together.

They become what 9.x has: a base that tells its kinds apart by `error_type`, and kinds that extend
it. It takes the whole document: which kinds there are is known from the names of the schemas alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

from vcgen.dialect.protocol import Node
from vcgen.dialect.view import DocumentView
from vcgen.dialect.vsphere.edits import with_components
from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import child

_DISCRIMINATOR = "error_type"

# How the names of the errors begin under `/api` and under `/rest`, and what their base is called.
_FAMILIES = {"VapiStdErrors": "Error", "vapi.std.errors.": "error"}

_PLAIN = frozenset({"type", "properties", "required", "description", "title"})
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_COMMON = "What all errors have in common."


def error_family(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document with each family of errors as a base and the kinds that extend it.

    A base that the document goes without is made of what its kinds have in common, and a kind that
    only the values of `error_type` tell of is the base itself.
    """
    view = DocumentView(tree)
    changed: dict[str, Node] = {}
    for prefix, last in _FAMILIES.items():
        changed |= _family(view, prefix, f"{prefix}{last}")
    return with_components(tree, "schemas", changed)


def _family(view: DocumentView, prefix: str, base_name: str) -> dict[str, Node]:
    """Return the schemas of one family that change."""
    schemas = view.components("schemas")
    own = {name: mapping(node) for name, node in schemas.items() if str(name).startswith(prefix)}
    base = own.get(base_name) or _common([node for node in own.values() if _is_error(node)])
    if not _is_error(base):
        return {}
    foreign = tuple(other for other in _FAMILIES if other != prefix)
    kinds = {
        str(name): mapping(node)
        for name, node in schemas.items()
        if name != base_name and not str(name).startswith(foreign) and _repeats(mapping(node), base)
    }
    names = [base_name, *(name for name in kinds if name.startswith(prefix))]
    references = {_kind(name.removeprefix(prefix)): _reference(name) for name in names}
    for value in _values(base, view):
        references.setdefault(value, _reference(base_name))
    discriminator = {"propertyName": _DISCRIMINATOR, "mapping": references}
    changed: dict[str, Node] = {base_name: {**base, "discriminator": discriminator}}
    return changed | {name: _extension(node, base, base_name) for name, node in kinds.items()}


def _is_error(schema: Node) -> bool:
    """Return whether a schema is an error that no discriminator and no `allOf` tells of yet."""
    is_plain = all(key in _PLAIN or str(key).startswith("x-") for key in schema)
    return is_plain and "messages" in mapping(schema.get("properties"))


def _common(errors: list[Node]) -> Node:
    """Return the schema of what all errors have in common, empty if there are none."""
    if not errors:
        return {}
    first, *others = errors
    shared = {
        name: node
        for name, node in mapping(first.get("properties")).items()
        if all(_bare(_property(other, name)) == _bare(node) for other in others)
    }
    required = reduce(frozenset.intersection, map(_required, errors)) & shared.keys()
    schema: Node = {"type": "object", "description": _COMMON, "properties": shared}
    return {**schema, "required": sorted(required)} if required else schema


def _repeats(schema: Node, base: Node) -> bool:
    """Return whether a schema has all that the base has, in the same structure.

    It may lack `error_type`: nobody can rely on that, for servers leave it out.
    """
    if not _is_error(schema):
        return False
    absent = {_DISCRIMINATOR} - mapping(schema.get("properties")).keys()
    inherited = {k: v for k, v in mapping(base.get("properties")).items() if k not in absent}
    is_same = all(_bare(_property(schema, key)) == _bare(inherited[key]) for key in inherited)
    return is_same and _required(base) - {_DISCRIMINATOR} <= _required(schema)


def _extension(schema: Node, base: Node, base_name: str) -> Node:
    """Return a kind as the base and what it has beyond that."""
    inherited = mapping(base.get("properties"))
    properties = mapping(schema.get("properties"))
    own = {key: value for key, value in properties.items() if key not in inherited}
    required = [name for name in own if name in _required(schema)]
    rest = {key: value for key, value in schema.items() if key not in ("properties", "required")}
    extension = {**rest, "allOf": [{"$ref": _reference(base_name)}]}
    extension |= {"properties": own} if own else {}
    return {**extension, "required": required} if required else extension


def _values(base: Node, view: DocumentView) -> list[str]:
    """Return the values that `error_type` is declared to have."""
    values = view.resolve(_property(base, _DISCRIMINATOR)).get("enum")
    return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []


def _kind(name: str) -> str:
    """Return the value of `error_type` for the last part of a name."""
    return _CAPITAL.sub("_", name).upper()


def _reference(name: str) -> str:
    return child("#/components/schemas", name)


def _property(schema: Node, name: str) -> Any:
    return mapping(schema.get("properties")).get(name)


def _required(schema: Node) -> frozenset[str]:
    return frozenset(name for name in listed(schema.get("required")) if isinstance(name, str))


def _bare(value: Any) -> Any:
    """Return a value without its descriptions; a property called so stays."""
    if isinstance(value, Mapping):
        texts = [key for key in value if key == "description" and isinstance(value[key], str)]
        return {key: _bare(inner) for key, inner in value.items() if key not in texts}
    return [_bare(item) for item in value] if isinstance(value, list) else value

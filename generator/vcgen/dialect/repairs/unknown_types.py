"""Types that OpenAPI does not have: `int`, `String`, `any`, names of classes, whole schemas."""

import re
from collections.abc import Iterable

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import close_matches
from vcgen.text.keywords import TYPES

_SYNONYMS = {
    "array": ("arr", "list", "set", "tuple"),
    "boolean": ("bool",),
    "integer": (
        *("bigint", "byte", "int", "int16", "int32", "int64", "long", "short", "uint"),
        *("uint32", "uint64", "unsigned"),
    ),
    "null": ("nil", "none"),
    "number": ("bigdecimal", "decimal", "double", "float", "float32", "float64"),
    "object": ("dict", "dictionary", "hash", "hashmap", "map", "struct"),
    "string": (
        *("base64", "binary", "char", "date", "date-time", "datetime", "duration", "email"),
        *("file", "guid", "str", "text", "time", "timestamp", "uri", "url", "uuid"),
    ),
}
_MEANT = {name: type_ for type_, names in _SYNONYMS.items() for name in names}

_NEAR = 0.8


@dialect_pass(Kind.SCHEMA, fields={"type"})
def unknown_types(node: Node, _: Place) -> Change | None:
    """Read the type that is meant; anything, where nobody can know."""
    stated = node.get("type")
    if isinstance(stated, dict) and stated:
        return _of_schema(stated, _beside(node))
    if stated is None or not isinstance(stated, str | list):
        return None
    names = [stated] if isinstance(stated, str) else stated
    if names and all(name in TYPES for name in names if isinstance(name, str)):
        return None
    if isinstance(stated, str) and re.search(r"[,|]", stated):
        names = re.split(r"[,|]", stated)
    found = list(dict.fromkeys(map(meant_type, names)))
    shown = ", ".join(map(repr, names))
    if not found or None in found:
        return Change(_beside(node), (f"{shown or 'no type'} is not a type: read as any",))
    type_ = found[0] if len(found) == 1 else found
    return Change({**node, "type": type_}, (f"{shown} is not a type: read as {_listed(found)}",))


def _beside(node: Node) -> Node:
    """Return what a schema says beside its type."""
    return {key: value for key, value in node.items() if key != "type"}


def _of_schema(stated: Node, beside: Node) -> Change:
    """Take the schema for what holds it, unless that may be an object without `properties`."""
    if any(isinstance(one, dict) for one in beside.values()):
        return Change(beside, ("`type` is a schema beside others: read as any",))
    return Change({**stated, **beside}, ("`type` is a schema: read as that",))


def meant_type(name: object) -> str | None:
    """Return the type that a name stands for, if it is known."""
    if name is None:
        return "null"
    folded = name.strip().lower() if isinstance(name, str) else ""
    near = close_matches(folded, sorted(TYPES), n=1, cutoff=_NEAR)
    return folded if folded in TYPES else _MEANT.get(folded) or (near[0] if near else None)


def _listed(names: Iterable[object]) -> str:
    return " or ".join(map(str, names))

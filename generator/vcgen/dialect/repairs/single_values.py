"""One value where a list belongs: `enum: a`, `allOf: {$ref: ...}`, `servers: https://host`.

PHP makes a mapping with numbers as keys of a list with gaps: its values are the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.keywords import SUBSCHEMAS

_LISTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DOCUMENT: ("servers",),
    Kind.PATH_ITEM: ("parameters", "servers"),
    Kind.OPERATION: ("parameters", "servers", "tags"),
    Kind.SCHEMA: ("allOf", "anyOf", "enum", "oneOf", "prefixItems", "required"),
}


@dialect_pass(*_LISTS, fields=chain.from_iterable(_LISTS.values()))
def single_values(node: Node, place: Place) -> Change | None:
    """Write the list that is meant."""
    changed: dict[str, object] = {}
    told: list[str] = []
    for key in _LISTS[place.kind]:
        value = node.get(key)
        found = None if value is None else _list(key, value)
        if found is not None and found != value:
            changed[key] = found
            told.append(f"`{key}` is not a list as it should be: read as one of {len(found)}")
    return Change({**node, **changed}, tuple(told)) if changed else None


def _list(key: str, value: object) -> list[object] | None:
    """Return the list that is meant, None where there is one or nobody can know."""
    if isinstance(value, Mapping) and value and all(_is_index(one) for one in value):
        value = [*value.values()]
    match key:
        case "enum":
            return _values(value)
        case "servers":
            return _servers(value)
        case "tags" if isinstance(value, list):
            return [_name(one) for one in value]
        case "parameters" if isinstance(value, Mapping):
            return [_named(name, one) for name, one in value.items()]
        case "parameters" if isinstance(value, list) and any(isinstance(x, list) for x in value):
            return [one for part in value for one in (part if isinstance(part, list) else [part])]
        case _ if key in SUBSCHEMAS and isinstance(value, Mapping):
            return [value]
    return value if isinstance(value, list) else None


def _is_index(key: object) -> bool:
    return re.fullmatch(r"\d+", str(key), re.ASCII) is not None


def _values(value: object) -> list[object] | None:
    """Return the values of an enum: a text with commas or bars between them holds several."""
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,|]", value) if part.strip()]
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, bool | int | float) else None


def _servers(value: object) -> list[object] | None:
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | Mapping) for one in listed):
        return None
    return [{"url": one} if isinstance(one, str) else one for one in listed]


def _name(tag: object) -> object:
    """Return a tag of an operation, where it is described in place, by its name."""
    is_described = isinstance(tag, Mapping) and isinstance(tag.get("name"), str)
    return tag["name"] if is_described and isinstance(tag, Mapping) else tag


def _named(name: object, parameter: object) -> object:
    is_unnamed = isinstance(parameter, Mapping) and not {"name", "$ref"} & parameter.keys()
    return (
        {"name": str(name), **parameter}
        if is_unnamed and isinstance(parameter, Mapping)
        else parameter
    )

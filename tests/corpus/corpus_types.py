"""Whether a value that a client holds has the types that the document tells of.

A client that took everything for anything would lose nothing on the wire, and be worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec
from corpus_files import Node
from corpus_package import struct_of

_FORMATS: dict[str, type] = {
    "date-time": datetime,
    "date": date,
    "time": time,
    "duration": timedelta,
    "uuid": UUID,
    "byte": bytes,
}
# It is required, and its own text says that it can be missing: the client believes the text.
_CAN_BE_MISSING = {"error_type"}


def untyped(schema: Node, value: Any, at: str = "") -> Iterator[str]:
    """Yield the places where a value is of a weaker type than the document tells of."""
    parts = list(_parts(schema))
    properties = {name: node for part in parts for name, node in part.children("properties")}
    if isinstance(value, dict) and (properties or _is_choice(parts)):
        yield f"{at or '.'}: the document describes an object, and this is a dict"
    elif (struct := struct_of(type(value))) and not properties and _is_choice(parts):
        yield from untyped(_chosen(parts, struct), value, at)
    elif struct:
        required = {name for part in parts for name in part.get("required") or ()}
        yield from _weak_fields(properties, required, value, struct, at)
        others = getattr(value, "additional_properties", {}).values()
        yield from _weak_inside(parts, "additionalProperties", others, at)
    elif isinstance(value, list):
        yield from _weak_inside(parts, "items", value, at)
    elif isinstance(value, dict):
        yield from _weak_inside(parts, "additionalProperties", value.values(), at)
    elif value is not None:
        yield from _weak_scalar(parts, value, at)


def _weak_inside(parts: list[Node], keyword: str, values: Iterable[Any], at: str) -> Iterator[str]:
    inner = [part[keyword] for part in parts if isinstance(part.get(keyword), dict)]
    for value in values:
        for node in inner:
            yield from untyped(node, value, f"{at}/*")


def _weak_fields(
    properties: dict[str, Node],
    required: set[str],
    value: Any,
    struct: type[msgspec.Struct],
    at: str,
) -> Iterator[str]:
    fields = {one.encode_name: one for one in msgspec.structs.fields(struct)}
    for name, node in properties.items():
        if name not in fields:
            yield f"{at}/{name}: no field of {type(value).__name__}"
            continue
        yield from untyped(node, getattr(value, fields[name].name), f"{at}/{name}")
        said = node.resolved()
        is_one_way = said.get("readOnly") or said.get("writeOnly") or name in _CAN_BE_MISSING
        is_filled_in = fields[name].default_factory is not msgspec.NODEFAULT
        if name in required and not (fields[name].required or is_one_way or is_filled_in):
            yield f"{at}/{name}: required, but not of {type(value).__name__}"


def _weak_scalar(parts: list[Node], value: Any, at: str) -> Iterator[str]:
    if type(value) is str and any(_is_enum(part) for part in parts):
        yield f"{at or '.'}: the document lists the values, and this is a plain string"
    for part in parts:
        wanted = _FORMATS.get(str(part.get("format")))
        if wanted and part.get("type") == "string" and not isinstance(value, wanted):
            yield f"{at or '.'}: {part.get('format')}, and this is a {type(value).__name__}"


def _parts(schema: Node) -> Iterator[Node]:
    node = schema.resolved()
    yield node
    for _, part in node.children("allOf"):
        yield from _parts(part)


def _is_choice(parts: list[Node]) -> bool:
    """Tell whether a value is one of several objects, each with properties."""
    variants = list(_variants(parts))
    return bool(variants) and all(_properties(one) for one in variants)


def _chosen(parts: list[Node], struct: type[msgspec.Struct]) -> Node:
    """Return the alternative that an object is: the one whose properties are its fields."""
    names = set(struct.__struct_encode_fields__)
    return min(_variants(parts), key=lambda one: len(_properties(one) ^ names))


def _variants(parts: list[Node]) -> Iterator[Node]:
    for part in parts:
        for keyword in ("oneOf", "anyOf"):
            yield from (variant for _, variant in part.children(keyword))


def _properties(schema: Node) -> set[str]:
    return {name for part in _parts(schema) for name, _ in part.children("properties")}


def _is_enum(node: Node) -> bool:
    values = node.get("enum")
    return bool(values) and all(isinstance(v, str) and not isinstance(v, Enum) for v in values)

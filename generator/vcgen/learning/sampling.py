"""Sampling: what no schema describes becomes the simplest schema under which it is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcgen.learning.formats import common

Schema = Mapping[str, Any]
_NAME = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)
_PLAIN = {bool: "boolean", int: "integer", float: "number", str: "string"}


def sample(value: Any) -> Schema:
    """Return the schema of a value; it holds names of properties and no value."""
    if value is None:
        return {"nullable": True}
    if isinstance(value, dict):
        if not value or not all(map(_NAME.fullmatch, value)):
            # The keys of a map are values: names of things.
            return {"type": "object"}
        properties = {name: sample(inner) for name, inner in value.items()}
        return {"type": "object", "properties": properties}
    if isinstance(value, list):
        items: Schema | None = None
        for item in value:
            items = sample(item) if items is None else joined(items, sample(item))
        return {"type": "array", "items": items or {}}
    schema = {"type": _PLAIN[type(value)]}
    form = common([value]) if isinstance(value, str) else ""
    return {**schema, "format": form} if form else schema


def joined(one: Schema, other: Schema) -> Schema:
    """Return the schema under which is right what either has right."""
    nullable = {"nullable": True} if "nullable" in one or "nullable" in other else {}
    kinds = {schema["type"] for schema in (one, other) if "type" in schema}
    if len(kinds) == 2:
        return {**({"type": "number"} if kinds == {"integer", "number"} else {}), **nullable}
    first, second = (one, other) if "type" in one else (other, one)
    found = {key: value for key, value in first.items() if key != "nullable"}
    if found.get("format") and "type" in second and second.get("format") != found["format"]:
        del found["format"]
    if "items" in second:
        found["items"] = joined(first["items"], second["items"])
    if "properties" in second or "properties" in first:
        names = {**first.get("properties", {}), **second.get("properties", {})}
        found["properties"] = {name: _joined_member(name, first, second) for name in names}
    return {**found, **nullable}


def _joined_member(name: str, first: Schema, second: Schema) -> Schema:
    every = [
        schema["properties"][name]
        for schema in (first, second)
        if name in schema.get("properties", {})
    ]
    return joined(*every) if len(every) == 2 else every[0]

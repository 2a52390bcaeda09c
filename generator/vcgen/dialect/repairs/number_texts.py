"""Numbers that may be NaN or infinite, which JSON writes as texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, types_of
from vcgen.text.numbers import NON_FINITE

_KEYWORDS = ("anyOf", "oneOf")


@dialect_pass(Kind.SCHEMA, fields=_KEYWORDS)
def number_texts(node: Node, place: Place) -> Change | None:
    """Leave out an enumeration of such texts beside a number: a number is read from them anyway.

    Effect describes each number so. It is no defect.
    """
    for keyword in _KEYWORDS:
        parts = node.get(keyword)
        if not isinstance(parts, list):
            continue
        known = [place.document.resolve(part) for part in parts]
        kept = [part for part, one in zip(parts, known, strict=True) if not _is_of_texts(one)]
        if len(kept) < len(parts) and any(_is_number(one) for one in known):
            return Change(_with(node, keyword, kept))
    return None


def _with(node: Node, keyword: str, parts: list[Any]) -> Node:
    """Return a schema with other alternatives; one alone is the schema if nothing forbids it."""
    rest = {key: value for key, value in node.items() if key != keyword}
    [part, *others] = parts
    is_plain = isinstance(part, Mapping) and not (rest and "$ref" in part)
    if is_plain and not others and part.keys().isdisjoint(rest):
        return {**part, **rest}
    return {**rest, keyword: parts}


def _is_number(schema: Mapping[str, Any]) -> bool:
    return {*types_of(schema)} - {"null"} == {"number"}


def _is_of_texts(schema: Mapping[str, Any]) -> bool:
    """Tell whether a schema lists such texts, and none besides."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list) or not values or schema.get("type", "string") != "string":
        return False
    return all(isinstance(value, str) and value in NON_FINITE for value in values)

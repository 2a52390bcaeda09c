"""Shapes: what a schema says of values, without what it says to people; and what is inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.text.keywords import NAMED

# What no value depends on.
_ANNOTATIONS = frozenset({"description", "title", "example", "examples", "externalDocs"})


def shape(schema: Any, is_named: bool = False) -> Any:
    """Return a schema, as plain data, without its annotations."""
    if isinstance(schema, dict):
        return {
            key: shape(one, key in NAMED and not is_named)
            for key, one in schema.items()
            if is_named or key not in _ANNOTATIONS
        }
    return [shape(one) for one in schema] if isinstance(schema, list) else schema


def mappings_in(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings in some plain data, however deep they are."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            waiting += one.values()
            yield one

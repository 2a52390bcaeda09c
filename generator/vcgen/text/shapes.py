"""Shapes: what a schema says of values, without what it says to people."""

from __future__ import annotations

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

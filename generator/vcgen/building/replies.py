"""Replies: of those of one operation that are described on the spot, equal ones are one class."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vcgen.building.openapi import Node, Schema
from vcgen.text.shapes import shape


def reply_names(replies: Iterable[tuple[str, Node | None, str]], word: str) -> dict[str, str]:
    """Return what the class of each reply is named after, by status: `response`, `response201`.

    The first goes without its status (200, or what is meant by default, is before all others), and
    so does every reply of the same shape; one of another shape has the first of its statuses.

    Args:
        replies: Status, schema, and where that stands, in whatever order.
        word: What they are.
    """
    names: dict[str, str] = {}
    shapes: dict[str, str] = {}
    for status, node, pointer in sorted(replies, key=lambda one: (not _is_usual(one[0]), one[0])):
        # What is in a component, or a component itself, has a name already.
        if isinstance(node, Schema) and pointer.startswith("#/paths/"):
            name = shapes.setdefault(_shape(node), f"{word}{status}" if shapes else word)
            names[status] = name
    return names


def _is_usual(status: str) -> bool:
    return status in {"200", "default"}


def _shape(schema: Schema) -> str:
    tree = schema.tree()
    return json.dumps(shape(tree), sort_keys=True)

"""Shapes: what a schema says of values, without what it says to people; and what is inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vcgen.text.keywords import NAMED

ANNOTATIONS = frozenset({"description", "title", "example", "examples", "externalDocs"})
"""What no value depends on."""


def shape(
    node: Any, is_named: bool = False, *, ignores: Callable[[str], bool] = ANNOTATIONS.__contains__
) -> Any:
    """Return a schema, or another node, as plain data without its annotations.

    Args:
        node: The node.
        is_named: Whether its keys are names that the document has given.
        ignores: Tells which keys are annotations.
    """
    if isinstance(node, dict):
        return {
            key: shape(one, key in NAMED and not is_named, ignores=ignores)
            for key, one in node.items()
            if is_named or not ignores(key)
        }
    return [shape(one, ignores=ignores) for one in node] if isinstance(node, list) else node


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

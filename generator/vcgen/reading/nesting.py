"""How deep mappings and lists are nested in a tree."""

from __future__ import annotations

from typing import Any

from vcgen.reading.refusals import MAX_DEPTH, too_deep


def shallow(tree: Any) -> Any:
    """Return a tree that is not nested too deeply.

    Raises:
        SpecError: It is.
    """
    if depth_exceeds(tree, MAX_DEPTH):
        raise too_deep()
    return tree


def depth_exceeds(tree: Any, limit: int) -> bool:
    """Tell whether mappings and lists are nested more than `limit` levels deep."""
    level = [tree] if isinstance(tree, dict | list) else []
    depth = 0
    while level and depth <= limit:
        depth += 1
        level = [
            value
            for node in level
            for value in (node.values() if type(node) is dict else node)
            if type(value) is dict or type(value) is list
        ]
    return depth > limit

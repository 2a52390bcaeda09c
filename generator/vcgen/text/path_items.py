"""Path items: the operations that the value of a path holds (OpenAPI 3.2, section 4.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

IN_ORDER = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The methods that have a field of their own, as the standard lists them."""

METHODS = frozenset(IN_ORDER)
ADDITIONAL = "additionalOperations"
"""What holds the operations of all other methods, by these as they are sent."""


def operations_of(item: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the keys of each operation of a path item, and the operation; null is none."""
    for key, node in item.items():
        if key in METHODS and node is not None:
            yield (key,), node
        elif key == ADDITIONAL and isinstance(node, dict):
            found = ((method, one) for method, one in node.items() if one is not None)
            yield from (((key, str(method)), one) for method, one in found)

"""Changes to a whole document, which leave the document itself as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.protocol import Node
from vcgen.text.nodes import mapping


def with_components(
    tree: Mapping[str, Any], section: str, nodes: Mapping[str, Node]
) -> Mapping[str, Any]:
    """Return the document with these components in place of, or after, those of a section."""
    if not nodes:
        return tree
    components = mapping(tree.get("components"))
    merged = {**mapping(components.get(section)), **nodes}
    return {**tree, "components": {**components, section: merged}}


def with_operations(
    tree: Mapping[str, Any], operations: Mapping[tuple[str, str], Node]
) -> Mapping[str, Any]:
    """Return the document with these operations, by path key and method, in place of its own."""
    if not operations:
        return tree
    paths = dict(mapping(tree.get("paths")))
    for (path, method), operation in operations.items():
        paths[path] = {**mapping(paths[path]), method: operation}
    return {**tree, "paths": paths}

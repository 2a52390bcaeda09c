"""Needless actions: a document may come to say by itself what an overlay corrects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.errors import Diagnostic
from vcgen.reading.overlay.reading import Action, Overlay


def needless(
    trees: Iterable[Mapping[str, Any]], overlays: Iterable[Overlay]
) -> Iterator[Diagnostic]:
    """Yield the actions that tell documents what these say by themselves, with their place.

    What matches nothing in any of them is not among them: that is told whenever it is applied.

    Args:
        trees: The documents as they are without the overlays.
        overlays: The overlays.
    """
    every = [dict(tree) for tree in trees]
    for overlay in overlays:
        for action in overlay.actions:
            if action.has_update and not action.remove and _is_said(action, every):
                message = "the document already has this value"
                hint = "remove the action"
                yield overlay.document.locate(Diagnostic(message, action.pointer, hint))


def _is_said(action: Action, trees: list[dict[str, Any]]) -> bool:
    nodes = [
        DocumentView(tree).at([str(key) for key in keys])
        for tree in trees
        for keys in action.target.select(tree)
    ]
    return bool(nodes) and all(_says(node, action.update) for node in nodes)


def _says(node: Any, value: Any) -> bool:
    """Tell whether a node has all that an update would put there."""
    if isinstance(node, dict) and isinstance(value, dict):
        return all(key in node and _says(node[key], inner) for key, inner in value.items())
    if isinstance(node, list):
        return all(item in node for item in (value if isinstance(value, list) else [value]))
    return bool(type(node) is type(value) and node == value)

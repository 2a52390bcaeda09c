"""HTTP methods of path items in capitals, `GET:`, which OpenAPI writes in small letters."""

from __future__ import annotations

from typing import Any

from vcgen.dialect import Repair
from vcgen.text.path_items import METHODS
from vcgen.text.pointers import pointer_to

# Where path items are: in a document, and in a file that has one or several.
_WITH_ITEMS = (("paths",), ("components", "pathItems"), ())


def in_small_letters(tree: dict[str, Any]) -> tuple[dict[str, Any], tuple[Repair, ...]]:
    """Return a tree with the methods as OpenAPI writes them, and what was repaired.

    The tree that is given stays as it is.
    """
    repairs: list[Repair] = []
    for keys in _WITH_ITEMS:
        tree = _within(tree, keys, (), repairs)
    return _item(tree, (), repairs), tuple(repairs)


def _within(node: Any, keys: tuple[str, ...], at: tuple[str, ...], repairs: list[Repair]) -> Any:
    """Return a node whose path items, which are in what the keys lead to, are repaired."""
    if not isinstance(node, dict):
        return node
    if keys:
        names = keys[:1] if keys[0] in node else ()
        found = {name: _within(node[name], keys[1:], (*at, name), repairs) for name in names}
    else:
        found = {name: _item(item, (*at, name), repairs) for name, item in node.items()}
    is_changed = any(found[name] is not node[name] for name in found)
    return {**node, **found} if is_changed else node


def _item(node: Any, at: tuple[str, ...], repairs: list[Repair]) -> Any:
    names = _renamed(node) if isinstance(node, dict) else {}
    for stated, name in names.items():
        message = f'"{stated}" is the method "{name}": OpenAPI writes it in small letters'
        repairs.append(Repair("methods", pointer_to((*at, name)), message))
    return {names.get(key, key): value for key, value in node.items()} if names else node


def _renamed(node: dict[str, Any]) -> dict[str, str]:
    """Return the methods of a path item by their keys, where these are others."""
    return {
        key: key.lower()
        for key, value in node.items()
        if not key.islower() and key.lower() in METHODS and key.lower() not in node
        # Anything may be called so; only an operation has responses.
        if isinstance(value, dict) and "responses" in value
    }

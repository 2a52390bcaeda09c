"""Pruning: of a document as it is written, what some of its operations reach, and nothing else.

Nothing is normalised, so that what is kept is the vendor's own text: its defects are still seen and
told, its corrections still find what they correct, Swagger 2.0 stays Swagger 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import listed, mapping
from vcgen.text.path_items import METHODS
from vcgen.text.pointers import Keys, pointer_keys, pointer_to
from vcgen.text.shapes import mappings_in

# Where parts lie that have a name of their own: in OpenAPI one level deeper than in Swagger.
_SECTIONS = frozenset({"definitions", "parameters", "responses", "securityDefinitions"})
_COMPONENTS = "components"
_PATHS = "paths"


def prune(
    tree: Mapping[str, Any],
    pointers: Iterable[str],
    told: Mapping[str, Mapping[str, Any]],
    *,
    keeps_operations: bool = False,
) -> dict[str, Any]:
    """Return a document with its named parts and operations reduced to what is needed.

    Args:
        tree: A whole document, OpenAPI or Swagger 2.0.
        pointers: JSON pointers of operations and of named parts to keep, with all that they refer
            to.
        told: What the whole document tells of the part, by keys of its top.
        keeps_operations: Whether to keep an operation whole if anything refers into it.
    """
    kept = _closure(DocumentView(tree), pointers, keeps_operations)
    tags = {tag for keys in kept for tag in _tags(DocumentView(tree).at(keys))}
    pruned: dict[str, Any] = {}
    for key, value in tree.items():
        if key == _PATHS and isinstance(value, Mapping):
            pruned[key] = dict(_paths(value, kept))
        elif key in {_COMPONENTS, *_SECTIONS} and isinstance(value, Mapping):
            part = _part(value, (key,), kept)
            if part:
                pruned[key] = part
        elif key == "tags" and isinstance(value, list):
            pruned[key] = [tag for tag in value if _name(tag) in tags]
        else:
            pruned[key] = value
    for key, more in told.items():
        others = pruned.get(key)
        pruned[key] = {**mapping(others), **more}
    return pruned


def differences(tree: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield the JSON pointers of operations and named parts of a document that another has not."""
    view = DocumentView(other)
    for keys, node in _units(tree):
        try:
            found = view.at(keys)
        except LookupError:
            found = None
        if found is not node and found != node:
            yield pointer_to(keys)


def _units(tree: Mapping[str, Any]) -> Iterator[tuple[Keys, Any]]:
    """Yield the operations and the named parts of a document, and where each stands."""
    for section, parts in tree.items():
        for name, part in mapping(parts).items():
            if section in _SECTIONS:
                yield (section, str(name)), part
            elif section in {_COMPONENTS, _PATHS} and isinstance(part, Mapping):
                for key, node in part.items():
                    if section == _COMPONENTS or key in METHODS:
                        yield (section, str(name), str(key)), node


def _closure(view: DocumentView, pointers: Iterable[str], keeps_operations: bool) -> set[Keys]:
    """Return where everything stands that is needed."""
    kept: set[Keys] = set()
    waiting = [pointer_keys(pointer) for pointer in pointers]
    waiting += _schemes(view.tree.get("security"))
    while waiting:
        keys = _unit(waiting.pop(), keeps_operations)
        if keys in kept:
            continue
        try:
            node = view.at(keys)
        except LookupError:
            continue  # A defect, or something that a dialect has made up.
        kept.add(keys)
        waiting += _references(node)
        waiting += _schemes(mapping(node).get("security"))
        if keys[0] == _PATHS:
            shared = view.at(keys[:2])
            waiting += _references({k: v for k, v in shared.items() if k not in METHODS})
    return kept


def _unit(keys: Keys, keeps_operations: bool) -> Keys:
    """Return the named part, or perhaps the operation, that a place is in: these are kept whole."""
    if keys[:1] == (_COMPONENTS,) or (keeps_operations and keys[:1] == (_PATHS,)):
        return keys[:3]
    return keys[:2] if keys[:1] and keys[0] in _SECTIONS else keys


def _references(node: object) -> Iterator[Keys]:
    """Yield where the references of a node lead, however deep they are in it."""
    for one in mappings_in(node):
        target = one.get("$ref")
        if isinstance(target, str) and target.startswith("#/"):
            yield pointer_keys(target)


def _schemes(security: object) -> Iterator[Keys]:
    """Yield where the security schemes stand that requirements name, in OpenAPI or in Swagger."""
    for requirement in listed(security):
        for name in mapping(requirement):
            yield (_COMPONENTS, "securitySchemes", str(name))
            yield ("securityDefinitions", str(name))


def _paths(paths: Mapping[str, Any], kept: set[Keys]) -> Iterator[tuple[str, Any]]:
    wanted = {keys[1] for keys in kept if keys[0] == _PATHS}
    for path, item in paths.items():
        if path not in wanted:
            continue
        if not isinstance(item, Mapping) or "$ref" in item:
            yield path, item
            continue
        # What belongs to the path stays, and so do the methods that are wanted.
        yield path, {
            key: value
            for key, value in item.items()
            if key not in METHODS or (_PATHS, path, key) in kept
        }


def _part(node: Mapping[str, Any], place: Keys, kept: set[Keys]) -> dict[str, Any]:
    """Return a section with the parts that are kept, in the order of the document."""
    part: dict[str, Any] = {}
    for key, value in node.items():
        here = (*place, key)
        if here in kept:
            part[key] = value
        elif place != (_COMPONENTS,) or not isinstance(value, Mapping):
            continue
        elif section := _part(value, here, kept):
            part[key] = section
    return part


def _tags(node: object) -> list[str]:
    return [tag for tag in listed(mapping(node).get("tags")) if isinstance(tag, str)]


def _name(tag: object) -> str | None:
    """Return the name of a declared tag, whatever the document has there."""
    return str(tag["name"]) if isinstance(tag, Mapping) and "name" in tag else None

"""Paths: the operations of several documents, each of which is there once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.reading.combining.separating import is_same
from vcgen.slicing.selecting import path_item, with_slash
from vcgen.text.nodes import listed
from vcgen.text.path_items import ADDITIONAL, METHODS, operations_of
from vcgen.text.pointers import Keys

_VARIABLE = re.compile(r"\{[^{}]*\}")
_PARAMETERS = "parameters"


class Paths:
    """The path items of documents that are added one after the other.

    Attributes:
        items: By path key.
        origins: The number of the document and the keys there of path items and operations.
        dropped: The same of operations that an earlier document has, in other words, by the keys
            of those.
    """

    def __init__(self) -> None:
        self.items: dict[str, Any] = {}
        self.origins: dict[Keys, tuple[int, Keys]] = {}
        self.dropped: dict[Keys, list[tuple[int, Keys]]] = {}
        # Operations by what a server tells them by: the names of the variables do not count.
        self._known: dict[Keys, tuple[Keys, Any]] = {}

    def add(self, part: int, tree: Mapping[str, Any], prefix: str, security: Any) -> None:
        """Add the paths of a document.

        Args:
            part: The number of the document.
            tree: The document.
            prefix: What goes in front of its paths.
            security: What its operations require that say nothing of it; None where that is said
                for the whole.
        """
        view, paths = DocumentView(tree), tree.get("paths")
        for path, item in paths.items() if isinstance(paths, Mapping) else ():
            key = prefix + with_slash(path) if prefix else path
            if isinstance(item, Mapping) and not path.startswith("x-"):
                found = path_item(view, path, item) if "$ref" in item else item
                whole = found if isinstance(found, Mapping) else item
                self._add(part, key, path, whole if security is None else _secured(whole, security))
            elif key not in self.items:
                self._put(part, key, path, item)

    def _add(self, part: int, key: str, path: str, item: Mapping[str, Any]) -> None:
        """Add a path item, without the operations that are there already."""
        fresh, count = dict(item), 0
        for keys, operation in operations_of(item):
            address = (_VARIABLE.sub("{}", with_slash(key)), *keys)
            place, there = ("paths", key, *keys), ("paths", path, *keys)
            if address in self._known:
                fresh = _without(fresh, keys)
                known, earlier = self._known[address]
                if not is_same(earlier, operation):
                    self.dropped.setdefault(known, []).append((part, there))
                continue
            count += 1
            self._known[address] = place, operation
            self.origins[place] = part, there
        if key not in self.items and (count or not any(True for _ in operations_of(item))):
            self._put(part, key, path, fresh)
        elif count:
            self.items[key] = _together(self.items[key], fresh)

    def _put(self, part: int, key: str, path: str, item: Any) -> None:
        self.items[key] = item
        self.origins["paths", key] = part, ("paths", path)


def _secured(item: Mapping[str, Any], security: Any) -> Mapping[str, Any]:
    """Return a path item whose operations say what they require."""
    return _with_each(item, lambda one: one if "security" in one else {**one, "security": security})


def _with_each(item: Mapping[str, Any], change: Any) -> Mapping[str, Any]:
    """Return a path item with its operations changed, as far as they are such."""
    changed = dict(item)
    for keys, operation in operations_of(item):
        if not isinstance(operation, Mapping) or "$ref" in operation:
            continue
        if len(keys) == 1:
            changed[keys[0]] = change(operation)
        else:
            changed[keys[0]] = {**changed[keys[0]], keys[1]: change(operation)}
    return changed


def _without(item: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """Return a path item without one of its operations."""
    key, *inner = keys
    if not inner:
        return {name: value for name, value in item.items() if name != key}
    return {**item, key: {name: one for name, one in item[key].items() if name != inner[0]}}


def _together(one: Any, other: Mapping[str, Any]) -> Any:
    """Return a path item with the operations of another; what all of either share is theirs."""
    if not isinstance(one, Mapping):
        return one
    if one.get(_PARAMETERS) != other.get(_PARAMETERS):
        one, other = _inward(one), _inward(other)
    both = {**one, **{key: node for key, node in other.items() if key in METHODS}}
    if more := other.get(ADDITIONAL):
        both[ADDITIONAL] = {**one.get(ADDITIONAL, {}), **more}
    return both


def _inward(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a path item whose parameters are those of each of its operations."""
    shared = item.get(_PARAMETERS)
    if not isinstance(shared, list):
        return item
    rest = {key: value for key, value in item.items() if key != _PARAMETERS}
    return _with_each(rest, lambda one: {**one, _PARAMETERS: _beside(shared, one)})


def _beside(shared: list[Any], operation: Mapping[str, Any]) -> list[Any]:
    """Return the parameters of an operation, and those of its path that it does not override."""
    own = listed(operation.get(_PARAMETERS))
    names = [_identity(parameter) for parameter in own]
    return [*(one for one in shared if _identity(one) not in names), *own]


def _identity(parameter: Any) -> Any:
    if not isinstance(parameter, Mapping):
        return parameter
    return parameter.get("$ref") or (parameter.get("in"), parameter.get("name"))

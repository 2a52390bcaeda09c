"""Methods: of the operations of one resource that want one name, who gets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from vcgen.dialect import Dialect, DocumentView, Kind, Place
from vcgen.settling.chosen import Chosen
from vcgen.slicing import OperationKey, Slice
from vcgen.text import marks, method_names
from vcgen.text.clashes import Claim, settle
from vcgen.text.nodes import mapping
from vcgen.text.pointers import pointer_keys


def methods(view: DocumentView, part: Slice, dialect: Dialect, names: Chosen) -> dict[str, str]:
    """Return the methods of selected operations that are not what they would be alone."""
    keys = list(_rivals(view, part, dialect, names))
    wanted = Counter((_tag(key), _wish(key, names)) for key in keys)
    contested = {tag for (tag, _), count in wanted.items() if count > 1}
    resources: dict[str, list[tuple[OperationKey, Claim]]] = {}
    for key in keys:
        if _tag(key) in contested:
            node = _normalised(view, key, dialect)
            resource = _resource(node, key)
            claim = _claim(key, str(node.get("operationId") or ""), names)
            resources.setdefault(names.attribute(resource), []).append((key, claim))
    mine = {key.name for key in part.operations}
    kept = {name: method for name, method in names.settled.items() if name in mine}
    moved = {key.name: name for group in resources.values() for key, name in _moved(group)}
    return kept | {name: method for name, method in moved.items() if name in mine}


def _rivals(
    view: DocumentView, part: Slice, dialect: Dialect, names: Chosen
) -> Iterator[OperationKey]:
    """Yield the operations that may be of the resources of selected ones."""
    if dialect.regroups:
        yield from part.every
        return
    attribute = cache(names.attribute)
    wanted = {attribute(_resource(_node(view, key), key)) for key in part.operations}
    for key in part.every:
        if attribute(_resource(_node(view, key), key)) in wanted:
            yield key


def _moved(group: Sequence[tuple[OperationKey, Claim]]) -> list[tuple[OperationKey, str]]:
    """Return the operations of a resource that have another name than their first."""
    found = settle([claim for _, claim in group])
    pairs = zip(group, found, strict=True)
    return [(key, name) for (key, claim), name in pairs if name != claim.names[0]]


def _claim(key: OperationKey, operation_id: str, names: Chosen) -> Claim:
    if fixed := names.method(key.name, operation_id):
        return Claim(fixed, (fixed,), is_fixed=True)
    best = method_names.operation_name(operation_id, _tag(key), key.method, key.path)
    by_path = method_names.method_name_of_path(key.method, key.path)
    whole = method_names.method_name(operation_id, "") if operation_id else by_path
    apart = method_names.methods_of_path_apart(key.method, key.path)
    return Claim(operation_id or key.name, tuple(dict.fromkeys([best, whole, by_path, *apart])))


def _wish(key: OperationKey, names: Chosen) -> str:
    operation_id = key.operation_id or ""
    fixed = names.method(key.name, operation_id)
    return fixed or method_names.operation_name(operation_id, _tag(key), key.method, key.path)


def _tag(key: OperationKey) -> str:
    return key.tags[0] if key.tags else "default"


def _resource(node: Mapping[str, Any], key: OperationKey) -> str:
    return str(node.get(marks.RESOURCE) or _tag(key))


def _node(view: DocumentView, key: OperationKey) -> Mapping[str, Any]:
    """Return an operation as the document has it, an empty one if it is not in its place."""
    *above, method = pointer_keys(key.pointer)
    return mapping(view.resolve(view.at(above)).get(method))


def _normalised(view: DocumentView, key: OperationKey, dialect: Dialect) -> Mapping[str, Any]:
    """Return an operation as the slice has it."""
    node = _node(view, key)
    if not node:
        return node
    return dialect.normalise(node, Place(view, Kind.OPERATION, key.pointer)).node

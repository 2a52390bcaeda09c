"""Fingerprints: what an operation and all that it reaches look like, whatever schemas are called.

They tell cheaply, for every operation of two documents of thousands of schemas, whether anything
about it changed but its documentation. Nothing is built, so no defect of an operation that nobody
uses is in the way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.records import Record
from vcgen.slicing import OperationKey
from vcgen.slicing.selecting import path_item
from vcgen.text.keywords import NAMED
from vcgen.text.pointers import pointer_keys, pointer_to

# What no call depends on.
_IGNORED = frozenset({"description", "summary", "example", "examples", "externalDocs", "title"})
# What is a value, and no part of the description.
_VALUES = frozenset({"default", "const"})
# Lists that are sets.
_SETS = frozenset({"required", "enum"})
_REACHED = ("schemas", "responses", "parameters", "requestBodies", "headers")


class _Link(Record):
    """A reference in the midst of a text."""

    target: str


_Spelling = tuple[str | _Link, ...]


def fingerprints(
    *documents: tuple[Mapping[str, Any], Iterable[OperationKey]],
) -> tuple[dict[OperationKey, str], ...]:
    """Return the fingerprint of each operation, for documents that are compared with each other."""
    spelt = [_components(DocumentView(tree)) for tree, _ in documents]
    known = _digests(spelt)
    return tuple(
        {key: _digest(_spell(_shared(tree, key)), digests) for key in keys}
        for (tree, keys), digests in zip(documents, known, strict=True)
    )


def _shared(tree: Mapping[str, Any], key: OperationKey) -> list[Any]:
    """Return an operation with what its path item and the document say of it."""
    view = DocumentView(tree)
    _, path, *steps = pointer_keys(key.pointer)
    found = path_item(view, path, view.tree["paths"][path])
    item = found if isinstance(found, Mapping) else {}
    operation: Any = item
    for step in steps:
        operation = operation.get(step) if isinstance(operation, Mapping) else None
    is_secured = isinstance(operation, Mapping) and "security" in operation
    security = None if is_secured else tree.get("security")
    return [operation, item.get("parameters"), item.get("servers"), security]


def _components(view: DocumentView) -> dict[str, _Spelling]:
    return {
        pointer_to(["components", section, name]): _spell(node)
        for section in _REACHED
        for name, node in view.components(section).items()
    }


def _digests(documents: list[dict[str, _Spelling]]) -> list[dict[str, str]]:
    """Return the digest of each component, in which those that it refers to stand for their names.

    A circle of references has no beginning, so digests are made from digests until no more
    components are told apart: all documents take the same number of rounds.
    """
    digests = [dict.fromkeys(spelt, "") for spelt in documents]
    told_apart = 0
    while told_apart < (count := len({d for each in digests for d in each.values()})):
        told_apart = count
        digests = [
            {name: _digest(spelling, known) for name, spelling in spelt.items()}
            for spelt, known in zip(documents, digests, strict=True)
        ]
    return digests


def _digest(spelling: _Spelling, known: Mapping[str, str]) -> str:
    parts = (part if isinstance(part, str) else known.get(part.target, "") for part in spelling)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _spell(node: object) -> _Spelling:
    """Return a node as texts and references, however its mappings are ordered."""
    return tuple(_spelling(node))


def _spelling(node: object, is_named: bool = False) -> Iterator[str | _Link]:
    if isinstance(node, Mapping):
        yield "{"
        for key in sorted(node, key=str):
            if is_named:
                yield str(key)
                yield from _spelling(node[key])
            elif key not in _IGNORED:
                yield str(key)
                yield from _keyword(str(key), node[key])
        yield "}"
    elif isinstance(node, list):
        yield "["
        for item in node:
            yield from _spelling(item)
        yield "]"
    else:
        yield _literal(node)


def _keyword(key: str, value: object) -> Iterator[str | _Link]:
    """Spell what a word of the specification says."""
    if key == "$ref" and isinstance(value, str):
        yield _Link(pointer_to(pointer_keys(value)))
    elif key == "mapping" and isinstance(value, Mapping):
        yield from _mapping(value)
    elif key == "defaultMapping" and isinstance(value, str):
        yield _schema(value)
    elif key in _VALUES:
        yield _literal(value)
    elif key in _SETS and isinstance(value, list):
        yield from sorted(map(_literal, value))
    else:
        yield from _spelling(value, key in NAMED)


def _literal(value: object) -> str:
    return json.dumps(_ordered(value), default=str)


def _ordered(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _ordered(value[key]) for key in sorted(value, key=str)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _mapping(mapping: Mapping[str, Any]) -> Iterator[str | _Link]:
    """Spell the mapping of a discriminator."""
    for key in sorted(mapping, key=str):
        yield from (str(key), _schema(str(mapping[key])))


def _schema(value: str) -> _Link:
    """Return where a value of a discriminator leads: it is a reference or the name of a schema."""
    keys = pointer_keys(value) if "#" in value else ("components", "schemas", value)
    return _Link(pointer_to(keys))

"""`$id` and `$anchor` of JSON Schema: references by them become those by pointer, which all read.

An `$id` is the base of all references below it, and a name of its node; an `$anchor` is a name
within the nearest `$id` (JSON Schema 2020-12, sections 8.2.1 and 8.2.2). A reference that names
neither is left as it is: it may lead to a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from vcgen.text.pointers import child

_ANCHORS = ("$anchor", "$dynamicAnchor")
# Values of the API, which may look like anything.
_VALUES = frozenset({"const", "default", "enum", "example", "examples", "value"})
_MENTIONED = re.compile(r"\$(?:id|anchor|dynamicAnchor)\b|\$self\b")


class _Node(NamedTuple):
    node: Any
    pointer: str
    base: str


@dataclass
class _Names:
    """The names of a document's nodes.

    Attributes:
        resources: Pointers by the URI of an `$id`.
        anchors: Pointers by the URI of an `$id`, `#`, and the anchor.
    """

    resources: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def pointer(self, base: str, reference: str) -> str | None:
        """Return the pointer that a reference means, or None if it names nothing here."""
        uri, fragment = urldefrag(urljoin(base, reference))
        if fragment and not fragment.startswith("/"):
            return self.anchors.get(f"{uri}#{fragment}")
        root = self.resources.get(uri)
        return None if root is None else root + fragment


def mentions(text: str) -> bool:
    """Tell whether a text may have identifiers."""
    return _MENTIONED.search(text) is not None


def resolved(tree: Any) -> Any:
    """Return a tree whose references by an identifier are by pointer, as a new one."""
    names = _Names()
    start = _Node(tree, "#", _stated(tree, "$self") or "")
    names.resources[start.base] = "#"
    for node, pointer, base in _walk(start):
        if _stated(node, "$id"):
            names.resources.setdefault(urldefrag(base)[0], pointer)
        for keyword in _ANCHORS:
            if anchor := _stated(node, keyword):
                names.anchors.setdefault(f"{base}#{anchor}", pointer)
    return _rewritten(tree, start.base, names)


def _walk(start: _Node) -> Iterator[_Node]:
    """Yield the mappings of a tree with the base of the references in them."""
    waiting = [start]
    while waiting:
        node, pointer, base = waiting.pop()
        if isinstance(node, dict):
            base = _base(node, base)
            yield _Node(node, pointer, base)
            inner = [(key, value) for key, value in node.items() if not _is_value(key, value)]
            waiting += [_Node(value, child(pointer, key), base) for key, value in inner]
        elif isinstance(node, list):
            waiting += [_Node(item, f"{pointer}/{at}", base) for at, item in enumerate(node)]


def _rewritten(node: Any, base: str, names: _Names) -> Any:
    if isinstance(node, list):
        return [_rewritten(item, base, names) for item in node]
    if not isinstance(node, dict):
        return node
    base = _base(node, base)
    copy = {
        key: value if _is_value(key, value) else _rewritten(value, base, names)
        for key, value in node.items()
    }
    reference = _stated(node, "$ref")
    if reference and (pointer := names.pointer(base, reference)):
        copy["$ref"] = pointer
    return copy


def _base(node: dict[str, Any], base: str) -> str:
    identifier = _stated(node, "$id")
    return urldefrag(urljoin(base, identifier))[0] if identifier else base


def _stated(node: Any, keyword: str) -> str:
    value = node.get(keyword) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def _is_value(key: str, value: object) -> bool:
    # A schema may have a property of such a name, and that is a schema.
    return (key in _VALUES and not (isinstance(value, dict) and "type" in value)) or key[:2] == "x-"

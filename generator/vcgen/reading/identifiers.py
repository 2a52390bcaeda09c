"""`$id` and `$anchor` of JSON Schema: references by them become those by pointer, which all read.

An `$id` is the base of all references below it, and a name of its node; an `$anchor` is a name
within the nearest `$id` (JSON Schema 2020-12, sections 8.2.1 and 8.2.2). What the references say
without it makes it needless, and wrong: then it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from vcgen.dialect import DocumentView, Repair
from vcgen.records import Record, State, field
from vcgen.text.pointers import child, pointer_keys

_ANCHORS = ("$anchor", "$dynamicAnchor")
# Values of the API, which may look like anything.
_VALUES = frozenset({"const", "default", "enum", "example", "examples", "value"})
_MENTIONED = re.compile(r"\$(?:id|anchor|dynamicAnchor)\b|\$self\b")


class Identified(Record):
    """A tree whose references by an identifier are by pointer.

    Attributes:
        tree: The tree, without any `$id`.
        identifier: The `$id` of its root, or "".
        anchors: Pointers by the anchors of the root.
        repairs: The references that are not what they have to be by an `$id` around them.
    """

    tree: dict[str, Any]
    identifier: str
    anchors: Mapping[str, str]
    repairs: tuple[Repair, ...]


class _Node(NamedTuple):
    node: Any
    pointer: str
    base: str


class _Names(State):
    """The names of a document's nodes.

    Attributes:
        view: The document.
        base: The base of the references in its root.
        resources: Pointers by the URI of an `$id`.
        anchors: Pointers by the URI of an `$id`, `#`, and the anchor.
        repairs: What was found on the way.
    """

    view: DocumentView
    base: str
    resources: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)

    def meant(self, base: str, reference: str, pointer: str) -> str:
        """Return what a reference at a pointer is if nothing around it has an `$id`."""
        whole = _joined(base, reference)
        uri, fragment = urldefrag(whole)
        elsewhere = reference if base == self.base or reference.startswith("#") else whole
        if fragment and not fragment.startswith("/"):
            return self.anchors.get(f"{uri}#{fragment}", elsewhere)
        root = self.resources.get(uri)
        if root is None:
            return elsewhere
        if root != "#" and reference.startswith("#/") and self._is_for_all(root, fragment):
            message = f'"{reference}" is a place of the document, not of the "$id" around it'
            self.repairs.append(Repair("identifiers", pointer, message))
            return reference
        return root + fragment

    def _is_for_all(self, root: str, fragment: str) -> bool:
        within, whole = pointer_keys(root + fragment), pointer_keys(f"#{fragment}")
        return not self.view.leads(within) and self.view.leads(whole)


def mentions(text: str) -> bool:
    """Tell whether a text may have identifiers."""
    return _MENTIONED.search(text) is not None


def resolved(tree: dict[str, Any]) -> Identified:
    """Return a tree whose references by an identifier are by pointer, as a new one."""
    start = _Node(tree, "#", _stated(tree, "$self"))
    names = _Names(DocumentView(tree), _base(tree, start.base))
    names.resources |= {start.base: "#", names.base: "#"}
    for node, pointer, base in _walk(start):
        if _stated(node, "$id"):
            names.resources.setdefault(base, pointer)
        for keyword in _ANCHORS:
            if anchor := _stated(node, keyword):
                names.anchors.setdefault(f"{base}#{anchor}", pointer)
    own = f"{names.base}#"
    anchors = {
        uri.removeprefix(own): pointer
        for uri, pointer in names.anchors.items()
        if uri.startswith(own)
    }
    found = _rewritten(start, names)
    return Identified(found, _stated(tree, "$id"), anchors, tuple(names.repairs))


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


def _rewritten(at: _Node, names: _Names) -> Any:
    node, pointer, base = at
    if isinstance(node, list):
        items = (_Node(item, f"{pointer}/{index}", base) for index, item in enumerate(node))
        return [_rewritten(item, names) for item in items]
    if not isinstance(node, dict):
        return node
    base = _base(node, base)
    identifier = _stated(node, "$id")
    copy = {
        key: (
            value
            if _is_value(key, value)
            else _rewritten(_Node(value, child(pointer, key), base), names)
        )
        for key, value in node.items()
        if not (identifier and key == "$id")
    }
    if reference := _stated(node, "$ref"):
        copy["$ref"] = names.meant(base, reference, child(pointer, "$ref"))
    return copy


def _base(node: dict[str, Any], base: str) -> str:
    identifier = _stated(node, "$id")
    return urldefrag(_joined(base, identifier))[0] if identifier else base


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:  # it is no URL
        return reference


def _stated(node: Any, keyword: str) -> str:
    value = node.get(keyword) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def _is_value(key: str, value: object) -> bool:
    # A schema may have a property of such a name, and that is a schema.
    return (key in _VALUES and not (isinstance(value, dict) and "type" in value)) or key[:2] == "x-"

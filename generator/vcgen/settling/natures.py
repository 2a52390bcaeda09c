"""Natures: which schemas have values that some request of the document carries in its body.

The fields of a class depend on it: what is only read has no need to tell null from absence, and
needs all that the document requires of a reply. The whole document answers, so that a class stays
as it is whichever operations are selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.dialect.view import operations_of
from vcgen.slicing import Slice
from vcgen.text.pointers import pointer_keys

SENT = "sent"
_SCHEMAS = "#/components/schemas/"
# Without any of these, the fields of a class are the same whichever way its values go.
_TELLING = frozenset({"nullable", "readOnly", "writeOnly", "const", "discriminator"})
# What a schema holds that is no schema.
_VALUES = frozenset({"const", "default", "enum", "example", "examples"})


def natures(view: DocumentView, part: Slice, already: Mapping[str, str]) -> dict[str, str]:
    """Return the components of a slice that are sent, if any of it depends on that.

    Args:
        view: The whole document.
        part: The slice.
        already: What was found where the document was larger.
    """
    slice_view = DocumentView(part.tree)
    there = slice_view.components("schemas")
    if not any(_is_telling(node) for node in there.values()):
        return {}
    sent = _led_to(_bodies(view), view)
    sent |= {*already}
    # What the dialect wrote out refers to components that nothing referred to in the document.
    known = (node for name, node in there.items() if name in sent)
    sent |= _led_to([*_bodies(slice_view), *known], slice_view)
    return {name: SENT for name in there if name in sent}


def _is_telling(node: Any) -> bool:
    """Tell whether a schema says what a request has otherwise than a reply."""
    for one in _mappings(node):
        listed = one.get("enum")
        types = one.get("type")
        if not _TELLING.isdisjoint(one) or (isinstance(listed, list) and len(listed) == 1):
            return True
        if types == "null" or (isinstance(types, list) and "null" in types) or not one:
            return True
    return False


def _mappings(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and what is inside it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield one
            waiting += [inner for key, inner in one.items() if key not in _VALUES]
        elif isinstance(one, list):
            waiting += one


def _led_to(nodes: Iterable[Any], view: DocumentView) -> set[str]:
    """Return the schemas that nodes of a document lead to."""
    components = view.components("schemas")
    found: set[str] = set()
    names = [name for node in nodes for name in _named(node)]
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            # A value of a schema may be one of its subtypes.
            names += (*_named(components.get(name)), *view.subtypes.get(name, ()))
    return found


def _bodies(view: DocumentView) -> Iterator[Any]:
    """Yield the bodies of all requests, of any media type, and the schemas in place of one."""
    paths = view.tree.get("paths")
    for item in paths.values() if isinstance(paths, Mapping) else ():
        for _, operation in operations_of(view.resolve(item)):
            body = operation.get("requestBody") if isinstance(operation, Mapping) else None
            if isinstance(body, Mapping):
                yield body
                yield view.resolve(body)


def _named(node: Any) -> Iterator[str]:
    """Yield the components that a schema refers to; what is readOnly is not sent."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        if not isinstance(one, Mapping) or one.get("readOnly") is True:
            continue
        reference = one.get("$ref")
        if isinstance(reference, str) and reference.startswith(_SCHEMAS):
            yield pointer_keys(reference)[2]
        told = one.get("discriminator")
        mapping = told.get("mapping") if isinstance(told, Mapping) else None
        for target in mapping.values() if isinstance(mapping, Mapping) else ():
            yield str(target).removeprefix(_SCHEMAS)
        waiting += [inner for key, inner in one.items() if key not in _VALUES]

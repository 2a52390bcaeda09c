"""Natures: which way the values of schemas go, by all the operations of the document.

The fields of a class depend on it: what is only read has no need to tell null from absence, and
needs all that the document requires of a reply. What is read and can be sent back keeps what it
does not know, lest a client of an old version wipe what a server has. The whole document answers,
so that a class stays as it is whichever operations are selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.dialect.view import mapped_by
from vcgen.slicing import Slice
from vcgen.text.keywords import NAMED, SUBSCHEMAS, VALUES
from vcgen.text.nodes import listed, mapping
from vcgen.text.path_items import operations_of
from vcgen.text.pointers import pointer_keys

# What a slice says of a schema: its values are in requests; they keep what has no field; or both.
SENT, KEPT, BOTH = "sent", "kept", "both"
_SCHEMAS = "#/components/schemas/"
# Without any of these, the fields of a class are the same whichever way its values go.
_TELLING = frozenset({"nullable", "readOnly", "writeOnly", "const", "enum", "discriminator"})
# What makes an object of a schema.
_OBJECT = frozenset({"properties", *SUBSCHEMAS})
# What a document is made of that can hold more of it; texts and numbers are the most of it.
_HOLDING = frozenset({dict, list})


def sent(natures: Mapping[str, str]) -> frozenset[str]:
    """Return the schemas whose values some request of the document carries."""
    return frozenset(name for name, nature in natures.items() if nature in {SENT, BOTH})


def kept(natures: Mapping[str, str]) -> frozenset[str]:
    """Return the schemas whose objects keep what they have no field for."""
    return frozenset(name for name, nature in natures.items() if nature in {KEPT, BOTH})


def natures(view: DocumentView, part: Slice, already: Mapping[str, str]) -> dict[str, str]:
    """Return the nature of those components of a slice that are not only read.

    Args:
        view: The whole document.
        part: The slice.
        already: What was found where the document was larger.
    """
    slice_view = DocumentView(part.tree)
    there = slice_view.components("schemas")
    objects = {name for name, node in there.items() if _is_object(node)}
    is_told = any(map(_is_telling, there.values()))
    if not (objects or is_told):
        return {}
    taken = _led_to(_requests(view), view, "readOnly") | sent(already)
    # What the dialect wrote out refers to components that nothing referred to in the document.
    known = (node for name, node in there.items() if name in taken)
    taken |= _led_to([*_requests(slice_view), *known], slice_view, "readOnly")
    back = objects & taken
    if back:
        read = _led_to(_replies(view), view, "writeOnly")
        if there.keys() - view.components("schemas").keys():  # definitions that became components
            known = (node for name, node in there.items() if name in read)
            read |= _led_to([*_replies(slice_view), *known], slice_view, "writeOnly")
        back &= read
    keeping = back | (objects & (set(_several(view)) | kept(already)))
    found: dict[str, str] = {}
    for name in there:
        if name in taken and (is_told or name in keeping):
            found[name] = BOTH if name in keeping else SENT
        elif name in keeping:
            found[name] = KEPT
    return found


def _is_object(node: Any) -> bool:
    """Tell whether a schema is an object, or holds one."""
    return any(not _OBJECT.isdisjoint(one) for one in _mappings(node))


def _several(view: DocumentView) -> Iterator[str]:
    """Yield the alternatives of `anyOf` beside which a value may be another one, too.

    Their objects keep what is of the other (JSON Schema 2020-12, section 10.2.1.2).
    """
    components = view.components("schemas")
    paths = mapping(view.tree.get("paths"))
    for one in _mappings([*components.values(), *paths.values()]):
        listed = one.get("anyOf")
        if not isinstance(listed, list) or len(listed) < 2 or "discriminator" in one:
            continue
        names = dict.fromkeys(filter(None, map(_component, listed)))
        nodes = {name: view.resolve(components.get(name)) for name in names}
        for first, second in combinations(nodes, 2):
            if _may_be_both(nodes[first], nodes[second]):
                yield from (first, second)


def _component(part: Any) -> str:
    """Return the component that a schema is a reference to, or ""."""
    reference = part.get("$ref") if isinstance(part, dict) else None
    if not isinstance(reference, str) or not reference.startswith(_SCHEMAS):
        return ""
    return pointer_keys(reference)[2]


def _may_be_both(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Tell whether an object may be valid for two schemas at once, as far as they say so here."""
    if not (_is_object(first) and _is_object(second)):
        return False
    if False in (first.get("additionalProperties"), second.get("additionalProperties")):
        return False
    one, other = mapping(first.get("properties")), mapping(second.get("properties"))
    pairs = ((_values_of(one[name]), _values_of(other[name])) for name in one.keys() & other.keys())
    return not any(a and b and all(value not in b for value in a) for a, b in pairs)


def _values_of(node: Any) -> list[Any]:
    """Return the values that a schema lists by itself."""
    found = mapping(node)
    return [found["const"]] if "const" in found else listed(found.get("enum"))


def _is_telling(node: Any) -> bool:
    """Tell whether a schema says what a request has otherwise than a reply."""
    for one in _mappings(node):
        types = one.get("type")
        if not _TELLING.isdisjoint(one):
            return True
        if types == "null" or (isinstance(types, list) and "null" in types) or not one:
            return True
    return False


def _mappings(node: Any, left_out: str | None = None) -> Iterator[Mapping[str, Any]]:
    """Yield a schema, or those of a list, and what is inside, but nothing that is marked so.

    A document has hundreds of thousands of them, which is why this is one loop, and asks for types.
    """
    waiting = [node]
    for one in waiting:
        if type(one) is list:
            waiting += one
        elif type(one) is dict and one.get(left_out) is not True:
            yield one
            for key, inner in one.items():
                if type(inner) in _HOLDING and key not in VALUES:
                    if key in NAMED and type(inner) is dict:
                        waiting += inner.values()
                    else:
                        waiting.append(inner)


def _led_to(nodes: Iterable[Any], view: DocumentView, left_out: str) -> set[str]:
    """Return the schemas that nodes of a document lead to.

    Args:
        nodes: Where to begin.
        view: The document.
        left_out: What is marked so goes the other way only.
    """
    components = view.components("schemas")
    found: set[str] = set()
    names = list(_named([*nodes], left_out))
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            # A value of a schema may be one of its subtypes.
            names += (*_named(components.get(name), left_out), *view.subtypes.get(name, ()))
    return found


def _requests(view: DocumentView) -> Iterator[Any]:
    """Yield what requests carry in a media type: bodies, schemas in place of one, parameters."""
    for operation in _operations(view):
        body = operation.get("requestBody")
        if isinstance(body, dict):
            yield body
            yield view.resolve(body)
    listed = [holder.get("parameters") for holder in (*_items(view), *_operations(view))]
    inline = (one for each in listed if isinstance(each, list) for one in each)
    for parameter in (*inline, *view.components("parameters").values()):
        yield mapping(parameter).get("content")


def _replies(view: DocumentView) -> Iterator[Any]:
    """Yield all replies, of any status and media type; what they share, once."""
    shared: set[str] = set()
    for operation in _operations(view):
        for reply in mapping(operation.get("responses")).values():
            reference = mapping(reply).get("$ref")
            if isinstance(reference, str):
                if reference in shared:
                    continue
                shared.add(reference)
            yield view.resolve(reply)


def _operations(view: DocumentView) -> Iterator[Mapping[str, Any]]:
    for item in _items(view):
        for _, operation in operations_of(item):
            if isinstance(operation, dict):
                yield operation


def _items(view: DocumentView) -> Iterator[Mapping[str, Any]]:
    return map(view.resolve, mapping(view.tree.get("paths")).values())


def _named(node: Any, left_out: str) -> Iterator[str]:
    """Yield the components that a schema refers to."""
    for one in _mappings(node, left_out):
        if "$ref" in one and (name := _component(one)):
            yield name
        if "discriminator" in one:
            told = mapped_by(one["discriminator"])
            yield from (str(target).removeprefix(_SCHEMAS) for _, target in told)

"""A structure that an `allOf` declares anew, though what it refers to declares it, too.

So do two things that it refers to. Both schemas hold for the property. A class made of the newer
one alone would lose the properties that only the older one has.
"""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping
from vcgen.dialect.view import DocumentView
from vcgen.text.pointers import component_at, pointer_keys

_CHOICES = ("oneOf", "anyOf", "not")


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_again(node: Node, place: Place) -> Change | None:
    """Write such a property as an allOf of both schemas, which is what the document says."""
    parts = node.get("allOf")
    if not isinstance(parts, list):
        return None
    # What has no name is written into the allOf: `all_of_twice` sees to it.
    bases = [part for part in parts if component_at(mapping(part).get("$ref"))]
    inherited = place.document.declared(*bases)
    again = [_again(part, inherited, place) for part in (*parts, node)]
    clashing = _clashing(bases, place) if len(bases) > 1 else {}
    own = {name for part in (*parts, node) for name in mapping(mapping(part).get("properties"))}
    more = {name: schema for name, schema in clashing.items() if name not in own}
    if not any(again) and not more:
        return None
    *changed, whole = map(_with, (*parts, node), again)
    if more:
        whole = {**whole, "properties": {**mapping(whole.get("properties")), **more}}
    return Change({**whole, "allOf": changed})


def _clashing(bases: list[Any], place: Place) -> Node:
    """Return the properties that several bases declare, as they are if two of them hold."""
    newest: dict[str, Any] = {}
    found: dict[str, Node] = {}
    for base in bases:
        for name, schema in place.document.declared(base).items():
            older = newest.get(name, schema)
            newest[name] = schema
            if older is not schema and not _is_around(older, place):
                both = _both(older, schema, place.document)
                found |= {name: both} if both else {}
    return found


def _is_around(schema: object, place: Place) -> bool:
    """Tell whether a place is inside a schema, so that what holds both would hold itself."""
    keys = pointer_keys(place.pointer)
    found = (place.document.at(keys[:size]) for size in range(len(keys)))
    try:
        return any(one is schema for one in found)
    except LookupError:
        return False


def _again(part: Any, inherited: Node, place: Place) -> Node:
    """Return the properties that a part declares anew, as they are then."""
    own = mapping(mapping(part).get("properties"))
    found = {
        name: _both(inherited[name], schema, place.document)
        for name, schema in own.items()
        if name in inherited and not _is_around(inherited[name], place)
    }
    return {name: schema for name, schema in found.items() if schema}


def _with(part: Any, again: Node) -> Any:
    return {**part, "properties": {**part["properties"], **again}} if again else part


def _both(
    inherited: object,
    own: object,
    document: DocumentView,
    around: tuple[tuple[object, object], ...] = (),
) -> Node | None:
    """Return the schema of a property that is declared twice, None where the newer one is enough.

    That is so where it has all that the older one has: then the newer one is a narrower one.
    """
    if (inherited, own) in around:
        return None  # arrays of themselves
    older, newer = _structure(inherited, document), _structure(own, document) or _choice(own)
    if older is None or newer is None or ("items" in older) is not ("items" in newer):
        return None
    if "items" in older:
        items = _both(older["items"], newer["items"], document, (*around, (inherited, own)))
        return {**newer, "items": items} if items else None
    is_closed = any(one.get("additionalProperties") is False for one in (older, newer))
    names = document.declared(inherited).keys()
    lacks = any(names - document.declared(own, one) for one in _alternatives(newer) or [None])
    return {"allOf": [inherited, own]} if lacks and not is_closed else None


def _choice(schema: object) -> Node | None:
    """Return a choice of objects that it describes itself, which have what stands beside it."""
    found = mapping(schema)
    alternatives = [mapping(one) for one in _alternatives(found)]
    is_own = all("$ref" not in one and mapping(one.get("properties")) for one in alternatives)
    return found if alternatives and is_own else None


def _alternatives(schema: Node) -> list[Any]:
    return [
        one
        for key in ("oneOf", "anyOf")
        if isinstance(schema.get(key), list)
        for one in schema[key]
    ]


def _structure(schema: object, document: DocumentView) -> Node | None:
    """Return the object with properties, or the array, that a schema is or refers to."""
    found = document.resolve(schema)
    if any(key in found for key in _CHOICES):
        return None
    is_object = bool(mapping(found.get("properties")))
    return found if is_object or isinstance(found.get("items"), dict) else None

"""A structure that an `allOf` declares anew, though what it refers to declares it, too.

So do two things that it refers to. Both schemas hold for the property. A class made of the newer
one alone would lose the properties that only the older one has.
"""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import mapping
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
    inherited = [_joined(*place.document.declarations(base), place=place) for base in bases]
    older = _joined(*inherited, place=place)
    again = [_again(part, older, place) for part in (*parts, node)]
    more = _clashing(inherited, older)
    for part in (*parts, node):
        more = {name: one for name, one in more.items() if name not in _properties(part)}
    if not any(again) and not more:
        return None
    *changed, whole = map(_with, (*parts, node), again)
    if more:
        whole = {**whole, "properties": {**mapping(whole.get("properties")), **more}}
    return Change({**whole, "allOf": changed})


def _joined(*declared: Node, place: Place) -> Node:
    """Return properties that are declared one after the other: the newest, or all that hold."""
    found: dict[str, Any] = {}
    for properties in declared:
        found |= {**properties, **_again({"properties": properties}, found, place)}
    return found


def _clashing(declared: list[Node], joined: Node) -> Node:
    """Return the properties that several bases declare, and that are not as any of them says."""
    return {
        name: schema
        for name, schema in joined.items()
        if not any(one.get(name) is schema for one in declared)
    }


def _properties(schema: Any) -> Node:
    return mapping(mapping(schema).get("properties"))


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
    own = _properties(part)
    found = {
        name: _both(inherited[name], schema, place.document)
        for name, schema in own.items()
        if inherited.get(name, schema) is not schema and not _is_around(inherited[name], place)
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
    parts = older["allOf"] if inherited is older and older.keys() == {"allOf"} else [inherited]
    parts = parts if own in parts else [*parts, own]
    return {"allOf": parts} if lacks and not is_closed else None


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
    is_array = isinstance(found.get("items"), dict)
    return found if is_array or document.declared(found) else None

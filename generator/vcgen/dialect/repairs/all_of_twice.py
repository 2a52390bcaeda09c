"""Inline parts of an allOf that declare the same property: it is one property, of both schemas.

So is one that is declared beside the allOf in another structure. One that is but a narrower value,
or the same again, takes the place of the other anyway.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping
from vcgen.text.pointers import component_at


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_twice(node: Node, place: Place) -> Change | None:
    """Declare the property in the first part alone; where the schemas differ, as an allOf."""
    stated = node.get("allOf")
    if not isinstance(stated, list):
        return None
    own = mapping(node.get("properties"))
    pairs = list(_flat(stated, place))
    stated = [one for one, _ in pairs]
    parts = [written for _, written in pairs]
    beside = _beside(own, parts)
    stated = [*stated, {"properties": beside}] if beside else stated
    parts += [{"properties": beside}] if beside else []
    inline = [at for at, part in enumerate(parts) if isinstance(part, dict) and "$ref" not in part]
    declared = {at: mapping(parts[at].get("properties")) for at in inline}
    count = Counter(name for properties in declared.values() for name in properties)
    twice = [name for name, times in count.items() if times > 1]
    if not twice:
        return None
    # What is not concerned stays a reference.
    concerned = {at for at, properties in declared.items() if properties.keys() & {*twice}}
    changed = [part if at in concerned else stated[at] for at, part in enumerate(parts)]
    for name in twice:
        _merge(changed, inline, name)
    messages = (f'several parts of the allOf declare "{name}": read as one' for name in twice)
    if not beside:
        return Change({**node, "allOf": changed}, tuple(messages))
    left = {name: schema for name, schema in own.items() if name not in beside}
    return Change({**node, "allOf": changed[:-1], "properties": left}, tuple(messages))


def _flat(stated: list[Any], place: Place) -> Iterator[tuple[Any, Any]]:
    """Yield the parts as they are stated, and written out; those of an inline allOf are parts.

    What a reference leads to is not divided, for it may refer to itself.
    """
    for part in stated:
        inner = mapping(part).get("allOf")
        if not isinstance(inner, list) or "$ref" in part:
            yield part, _written(part, place)
            continue
        yield from _flat(inner, place)
        if rest := {key: value for key, value in part.items() if key != "allOf"}:
            yield rest, rest


def _beside(own: Node, parts: list[Any]) -> Node:
    """Return what is declared beside an allOf whose inline parts declare it in another structure.

    A class is made of each such schema, and both would be called after the property.
    """
    inline = [mapping(part.get("properties")) for part in map(mapping, parts) if "$ref" not in part]
    return {
        name: schema
        for name, schema in own.items()
        if any(
            name in properties and _are_structures(schema, properties[name])
            for properties in inline
        )
    }


def _are_structures(one: object, other: object) -> bool:
    """Tell whether two schemas are different objects, arrays or enumerations."""
    first, second = mapping(one), mapping(other)
    return first != second and any(
        key in first and key in second for key in ("properties", "items", "enum")
    )


def _written(part: Any, place: Place) -> Any:
    """Return a part with what it refers to in its place, if that has no name of its own."""
    reference = mapping(part).get("$ref")
    if not isinstance(reference, str) or component_at(reference):
        return part
    return place.document.resolve(part) or part


def _merge(parts: list[Node], inline: list[int], name: str) -> None:
    """Leave a property to the first part that has it."""
    having = [at for at in inline if name in mapping(parts[at].get("properties"))]
    schemas: list[object] = []
    for at in having:
        properties = dict(parts[at]["properties"])
        schema = properties.pop(name)
        schemas += [] if schema in schemas else [schema]
        parts[at] = {**parts[at], "properties": properties}
    first = parts[having[0]]
    merged = schemas[0] if len(schemas) == 1 else {"allOf": schemas}
    parts[having[0]] = {**first, "properties": {**first["properties"], name: merged}}

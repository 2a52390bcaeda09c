"""Objects whose properties are called `0`, `1` and so on: arrays that a tool took for objects."""

from __future__ import annotations

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.sample_values import schema_for
from vcgen.text.nodes import mapping
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def indexed_properties(node: Node, place: Place) -> Change | None:
    """Read the array, each item of which is as one of them: to JavaScript, an array is an object.

    adonis-autoswagger does so with the arrays in an example. Objects with such properties exist,
    too, as those of Meraki: it is an array where the example has one, or a property is a value.
    """
    properties = mapping(node.get("properties"))
    indexes = [str(index) for index in range(len(properties))]
    if not properties or sorted(properties, key=str) != sorted(indexes):
        return None
    if not node.keys() <= {"type", "properties"} or node.get("type", "object") != "object":
        return None
    meant = {index: schema_for(properties[index], place) for index in indexes}
    if not any(one is not None for one in meant.values()) and not _is_array(place):
        return None
    items = [properties[index] if one is None else one for index, one in meant.items()]
    different = [one for index, one in enumerate(items) if one not in items[:index]]
    either = different[0] if len(different) == 1 else {"anyOf": different}
    message = "the properties are called as indexes of an array: read as that"
    return Change({"type": "array", "items": either}, (message,))


def _is_array(place: Place) -> bool:
    """Tell whether the example of a body has an array where a schema is."""
    keys = pointer_keys(place.pointer)
    if "content" not in keys:
        return False
    at = keys.index("content") + 2
    try:
        found: Any = mapping(place.document.at(keys[:at])).get("example")
    except LookupError:
        return False
    steps = iter(keys[at + 1 :])
    for step in steps:
        if step == "items" and isinstance(found, list) and found:
            found = found[0]
        elif step == "properties":
            found = mapping(found).get(next(steps, ""))
        else:
            return False
    return isinstance(found, list)

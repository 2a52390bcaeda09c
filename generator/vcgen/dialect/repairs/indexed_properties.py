"""Objects whose properties are called `0`, `1` and so on: arrays that a tool took for objects."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def indexed_properties(node: Node, _: Place) -> Change | None:
    """Read the array, each item of which is as one of them: to JavaScript, an array is an object.

    adonis-autoswagger does so with the arrays in an example.
    """
    properties = mapping(node.get("properties"))
    indexes = [str(index) for index in range(len(properties))]
    if not properties or sorted(properties, key=str) != sorted(indexes):
        return None
    if node.get("type", "object") != "object" or not {
        "required",
        "additionalProperties",
    }.isdisjoint(node):
        return None
    items = [properties[index] for index in indexes]
    different = [one for index, one in enumerate(items) if one not in items[:index]]
    either = different[0] if len(different) == 1 else {"anyOf": different}
    rest = {key: value for key, value in node.items() if key not in ("type", "properties")}
    message = "the properties are called as indexes of an array: read as that"
    return Change({**rest, "type": "array", "items": either}, (message,))

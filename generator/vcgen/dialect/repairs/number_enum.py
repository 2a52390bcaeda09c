"""Enums of integers where the type is number, the one of JavaScript, or with a fraction of zero."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.numbers import whole


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def number_enum(node: Node, _: Place) -> Change | None:
    """Read an enum of integers as one: no other number is valid. It is no defect."""
    values, type_ = node.get("enum"), node.get("type")
    if type_ not in ("integer", "number") or not isinstance(values, list) or not values:
        return None
    found = [whole(value) for value in values] if type_ == "integer" else values
    if not all(type(value) is int or value is None for value in found):
        return None
    is_same = type_ == "integer" and list(map(type, found)) == list(map(type, values))
    return None if is_same else Change({**node, "type": "integer", "enum": found})

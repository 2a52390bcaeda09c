"""Enums of integers where the type is number, which is the one type that JavaScript has."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def number_enum(node: Node, _: Place) -> Change | None:
    """Read an enum of integers as one: no other number is valid. It is no defect."""
    values = node.get("enum")
    if node.get("type") != "number" or not isinstance(values, list) or not values:
        return None
    if not all(type(value) is int or value is None for value in values):
        return None
    return Change({**node, "type": "integer"})

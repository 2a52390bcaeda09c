"""Enums of integers where the type is number: the server writes 1.0 and 1.5 too."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def number_enum(node: Node, place: Place) -> Change | None:
    """Read any number: a class of integers could not hold 1.5."""
    values = node.get("enum")
    if node.get("type") != "number" or not isinstance(values, list) or not values:
        return None
    if not all(type(value) is int for value in values):
        return None
    rest = {key: value for key, value in node.items() if key != "enum"}
    return Change(rest, ("an enum of integers, and the type is number: any number is read",))

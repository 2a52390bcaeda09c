"""Enums of integers where the type is number, the one of JavaScript, or with a fraction of zero."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def number_enum(node: Node, _: Place) -> Change | None:
    """Read an enum of integers as one: no other number is valid. It is no defect."""
    values, type_ = node.get("enum"), node.get("type")
    if type_ not in ("integer", "number") or not isinstance(values, list) or not values:
        return None
    # `1.0` is the integer 1 (JSON Schema 2020-12, section 4.2.3).
    whole = [_whole(value) for value in values] if type_ == "integer" else values
    if not all(type(value) is int or value is None for value in whole):
        return None
    is_same = type_ == "integer" and list(map(type, whole)) == list(map(type, values))
    return None if is_same else Change({**node, "type": "integer", "enum": whole})


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value

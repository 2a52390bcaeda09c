"""Values of an enum that are not of the schema's type: quotes forgotten, or set in vain."""

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def enum_type(node: Node, place: Place) -> Change | None:
    """Write the values as the type has them, where none is lost; those of an array are its items'.

    What is neither of the type nor to be written so is left as it is.
    """
    values, type_ = node.get("enum"), node.get("type")
    if not isinstance(values, list) or not isinstance(type_, str):
        return None
    if type_ == "array":
        return _of_items(node, values, place)
    meant = [_as(type_, value) for value in values]
    if meant == values and list(map(type, meant)) == list(map(type, values)):
        return None
    if any(value is None and old is not None for value, old in zip(meant, values, strict=True)):
        return None
    message = f"values of the enum are not of type {type_}: read as if they were"
    return Change({**node, "enum": meant}, (message,))


def _as(type_: str, value: object) -> object:
    """Return a value as one of a type, None where it cannot be one."""
    match type_, value:
        case "string", bool():
            return str(value).lower()
        case "string", int() | float():
            return str(value)
        case ("integer" | "number"), str():
            return int(value) if _INTEGER.fullmatch(value) else None
        case "boolean", str():
            return _BOOLEANS.get(value)
        case _:
            return value


def _of_items(node: Node, values: list[object], place: Place) -> Change | None:
    items = mapping(node.get("items"))
    if not items or "enum" in items or any(isinstance(value, list) for value in values):
        return None
    named = place.document.resolve(items)
    if "enum" in named or named.get("type") in ("array", "object"):
        return None
    rest = {key: value for key, value in node.items() if key != "enum"}
    inner = {"allOf": [items], "enum": values} if "$ref" in items else {**items, "enum": values}
    message = "the enum of the array has no arrays: read as the enum of its items"
    return Change({**rest, "items": inner}, (message,))

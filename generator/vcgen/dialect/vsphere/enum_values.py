"""Enums whose description lists the values: each text belongs to its value."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.vsphere.prose import split_values
from vcgen.text.nodes import text

_KEYWORD = "x-enum-descriptions"


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def enum_values(node: Node, _: Place) -> Change | None:
    """Move the texts of the values from the description into a list that is parallel to `enum`."""
    values = node.get("enum")
    if not isinstance(values, list) or _KEYWORD in node:
        return None
    names = [value for value in values if isinstance(value, str)]
    description, texts = split_values(text(node.get("description")), names)
    if not texts:
        return None
    rest = {key: value for key, value in node.items() if key != "description"}
    if description:
        rest = {**node, "description": description}
    parallel = [texts.get(value, "") if isinstance(value, str) else "" for value in values]
    return Change({**rest, _KEYWORD: parallel})

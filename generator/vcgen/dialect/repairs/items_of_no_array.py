"""`items` beside alternatives, or beside properties: one of them is in the wrong place."""

from collections.abc import Iterator

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping


@dialect_pass(Kind.SCHEMA, fields={"items"})
def items_of_no_array(node: Node, _: Place) -> Change | None:
    """Leave the items of an object out, and give those of alternatives to the arrays of them.

    `items` says nothing of a value that is no array (JSON Schema 2020-12, section 10.3.1.2).
    """
    if "items" not in node or "type" in node or "$ref" in node:
        return None
    rest = {key: value for key, value in node.items() if key != "items"}
    for keyword in ("oneOf", "anyOf"):
        alternatives = node.get(keyword)
        if isinstance(alternatives, list) and alternatives:
            rest[keyword] = list(_with_items(alternatives, node["items"]))
            return Change(rest, (f"`items` beside `{keyword}`: read as those of its arrays",))
    if mapping(node.get("properties")):
        return Change(rest, ("`items` of an object with properties: ignored",))
    return None


def _with_items(alternatives: list[object], items: object) -> Iterator[object]:
    for one in alternatives:
        node = mapping(one)
        is_open = node.get("type") == "array" and "items" not in node
        yield {**node, "items": items} if is_open else one


@dialect_pass(Kind.SCHEMA, fields={"anyOf", "oneOf"})
def alternatives_of_items(node: Node, _: Place) -> Change | None:
    """Read alternatives that are no arrays, beside an array of anything, as those of its items."""
    if node.get("type") != "array" or node.get("items", {}) != {}:
        return None
    for keyword in ("oneOf", "anyOf"):
        alternatives = node.get(keyword)
        if (
            isinstance(alternatives, list)
            and alternatives
            and not any(map(_is_array, alternatives))
        ):
            rest = {key: value for key, value in node.items() if key != keyword}
            message = f"`{keyword}` of an array, of no arrays: read as that of its items"
            return Change({**rest, "items": {keyword: alternatives}}, (message,))
    return None


def _is_array(node: object) -> bool:
    """Tell whether a schema may be one of arrays."""
    found = mapping(node)
    return "properties" not in found and found.get("type", "array") in ("array", ["array"])

"""`itemSchema` of OpenAPI 3.2: the schema of each item of a body that is a sequence of items."""

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping
from vcgen.dialect.view import DocumentView
from vcgen.text.media_types import bare, framing_of, is_json
from vcgen.text.pointers import pointer_keys

# What tells the building that a schema is that of an item, and of no body as a whole.
OF_ITEMS = "x-vcgen-items"
_SUBSCHEMAS = frozenset({"allOf", "anyOf", "oneOf"})


@dialect_pass(Kind.MEDIA_TYPE, fields={"itemSchema"})
def item_schema(node: Node, place: Place) -> Change | None:
    """Write the array of such items, where the body is one JSON value; of a stream, the item.

    A body of another media type is handed over as it comes, whatever its items are.
    """
    if "itemSchema" not in node:
        return None
    rest = {key: value for key, value in node.items() if key != "itemSchema"}
    name = bare(pointer_keys(place.pointer)[-1])
    if framing_of(name):
        schema = _with_data(node["itemSchema"], place.document)
        return Change({**rest, "schema": schema, OF_ITEMS: True})
    if "schema" in node or not is_json(name):
        return Change(rest)
    return Change({**rest, "schema": {"type": "array", "items": node["itemSchema"]}})


def _with_data(schema: Any, document: DocumentView, above: tuple[int, ...] = ()) -> Any:
    """Return the schema of an event whose data are what the JSON in them is.

    `contentSchema` describes that (OpenAPI 3.2, section 4.14.5), be it in a component or in one of
    several kinds of events. What has no such data stays as it is.

    Args:
        schema: The schema of the event, or a reference to it.
        document: Where references lead.
        above: The schemas that lead here.
    """
    node = document.resolve(schema)
    if id(node) in above:
        return schema
    changed: dict[str, Any] = {}
    for keyword in _SUBSCHEMAS & node.keys():
        parts = node[keyword] if isinstance(node[keyword], list) else []
        read = [_with_data(part, document, (*above, id(node))) for part in parts]
        if any(one is not part for one, part in zip(read, parts, strict=True)):
            changed[keyword] = read
    properties = mapping(node.get("properties"))
    inside = document.resolve(properties.get("data")).get("contentSchema")
    if isinstance(inside, Mapping):
        changed["properties"] = {**properties, "data": inside}
    return {**node, **changed} if changed else schema

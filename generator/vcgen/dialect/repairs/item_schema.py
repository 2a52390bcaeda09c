"""`itemSchema` of OpenAPI 3.2: the schema of each item of a body that is a sequence of items."""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.pointers import pointer_keys

# What tells the building that a schema is that of an item, and of no body as a whole.
OF_ITEMS = "x-vcgen-items"
_STREAMS = frozenset(
    {"text/event-stream", "application/jsonl", "application/x-jsonlines", "application/json-seq"}
    | {"application/x-ndjson", "application/ndjson", "application/stream+json"}
)


@dialect_pass(Kind.MEDIA_TYPE)
def item_schema(node: Node, place: Place) -> Change | None:
    """Write the array of such items, where the body is one JSON value; of a stream, the item.

    A body of another media type is handed over as it comes, whatever its items are.
    """
    if "itemSchema" not in node:
        return None
    rest = {key: value for key, value in node.items() if key != "itemSchema"}
    media_type = pointer_keys(place.pointer)[-1].partition(";")[0].strip().lower()
    if media_type in _STREAMS or media_type.endswith("+json-seq"):
        return Change({**rest, "schema": _with_data(node["itemSchema"]), OF_ITEMS: True})
    is_json = media_type == "application/json" or media_type.endswith("+json")
    if "schema" in node or not is_json:
        return Change(rest)
    return Change({**rest, "schema": {"type": "array", "items": node["itemSchema"]}})


def _with_data(schema: Any) -> Any:
    """Return the schema of an event whose data are what the JSON in them is.

    `contentSchema` describes that (OpenAPI 3.2, section 4.14.5).
    """
    properties = schema.get("properties") if isinstance(schema, dict) else None
    data = properties.get("data") if isinstance(properties, dict) else None
    inside = data.get("contentSchema") if isinstance(data, dict) else None
    if not isinstance(properties, dict) or not isinstance(inside, dict):
        return schema
    return {**schema, "properties": {**properties, "data": inside}}

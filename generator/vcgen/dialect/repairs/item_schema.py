"""`itemSchema` of OpenAPI 3.2: the schema of each item of a body that is a sequence of items.

Of server-sent events, it is that of the data of each, where these are JSON in a text.
"""

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.text import marks
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.media_types import bare, framing_of, is_json
from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.MEDIA_TYPE, fields={"itemSchema", "schema"})
def item_schema(node: Node, place: Place) -> Change | None:
    """Write the array of such items, where the body is one JSON value; of a stream, the item.

    A body of another media type is handed over as it comes, whatever its items are.
    """
    name = bare(pointer_keys(place.pointer)[-1])
    if "itemSchema" not in node:
        is_of_events = framing_of(name) == "Event" and marks.ITEMS not in node
        schema = _of_events(node["schema"], place.document) if is_of_events else node["schema"]
        return None if schema is node["schema"] else Change({**node, "schema": schema})
    rest = {key: value for key, value in node.items() if key != "itemSchema"}
    if framing_of(name):
        schema = _with_data(node["itemSchema"], place.document)
        return Change({**rest, "schema": schema, marks.ITEMS: True})
    if "schema" in node or not is_json(name):
        return Change(rest)
    return Change({**rest, "schema": {"type": "array", "items": node["itemSchema"]}})


def _of_events(schema: Any, document: DocumentView) -> Any:
    """Return the schema of events as documents before 3.2 have it: of their data, or of each.

    Effect describes each, and the JSON in its data by `contentSchema`. It may be that of an array.
    """
    node = document.resolve(schema)
    if isinstance(inside := node.get("contentSchema"), Mapping):
        return inside
    if isinstance(node.get("items"), Mapping):
        items = _with_data(node["items"], document)
        return schema if items is node["items"] else {**node, "items": items}
    return _with_data(schema, document)


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
    for keyword in SUBSCHEMAS:
        parts = listed(node.get(keyword))
        read = [_with_data(part, document, (*above, id(node))) for part in parts]
        if any(one is not part for one, part in zip(read, parts, strict=True)):
            changed[keyword] = read
    properties = mapping(node.get("properties"))
    inside = document.resolve(properties.get("data")).get("contentSchema")
    if isinstance(inside, Mapping):
        changed["properties"] = {**properties, "data": inside}
    return {**node, **changed} if changed else schema

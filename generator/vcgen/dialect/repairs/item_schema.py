"""`itemSchema` of OpenAPI 3.2: the schema of each item of a body that is a sequence of items."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.MEDIA_TYPE)
def item_schema(node: Node, place: Place) -> Change | None:
    """Write the array of such items, where the body is one JSON value.

    A body of another media type is handed over as it comes, whatever its items are.
    """
    if "itemSchema" not in node:
        return None
    rest = {key: value for key, value in node.items() if key != "itemSchema"}
    media_type = pointer_keys(place.pointer)[-1].partition(";")[0].strip().lower()
    is_json = media_type == "application/json" or media_type.endswith("+json")
    if "schema" in node or not is_json:
        return Change(rest)
    return Change({**rest, "schema": {"type": "array", "items": node["itemSchema"]}})

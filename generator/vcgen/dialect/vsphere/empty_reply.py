"""Replies that declare a media type and no schema: the operation answers nothing.

The same operations in Swagger 2.0, which says it without a media type, declare no schema at all.
"""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.RESPONSE, fields={"content"})
def empty_reply(node: Node, place: Place) -> Change | None:
    """Drop the content of a successful reply that says of no media type what it holds."""
    content = mapping(node.get("content"))
    if not content or any(mapping(media) for media in content.values()):
        return None
    keys = pointer_keys(place.pointer)
    if len(keys) != 5 or keys[3] != "responses" or not keys[4].startswith("2"):
        return None
    rest = {key: value for key, value in node.items() if key != "content"}
    if keys[4] == "204":
        return Change(rest)
    message = f"the reply is {', '.join(content)} without a schema: read as empty"
    return Change(rest, (message,))

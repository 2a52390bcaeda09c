"""Errors under `/rest` are in an envelope: `{"type": ..., "value": ...}`, whatever is declared.

The documents in OpenAPI declare the bare error, those in Swagger 2.0 the envelope; it is there on
the wire for both.
"""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.vsphere.rest import is_rest, reply_status
from vcgen.text import marks
from vcgen.text.nodes import mapping

_ENVELOPE = {"kind": "type", "value": "value"}


@dialect_pass(Kind.OPERATION, Kind.MEDIA_TYPE)
def rest_errors(node: Node, place: Place) -> Change | None:
    """Mark the operations whose errors come in an envelope, and declare the errors bare."""
    if not is_rest(place):
        return None
    if place.kind is Kind.OPERATION:
        return (
            None
            if marks.ERROR_ENVELOPE in node
            else Change({**node, marks.ERROR_ENVELOPE: _ENVELOPE})
        )
    status = reply_status(place)
    if not status or status.startswith(("1", "2", "3")):
        return None
    schema = place.document.resolve(node.get("schema"))
    properties = mapping(schema.get("properties"))
    value = properties.get("value")
    if set(properties) != set(_ENVELOPE.values()) or not mapping(value):
        return None
    if place.document.resolve(properties["type"]).get("type") != "string":
        return None
    return Change({**node, "schema": value})

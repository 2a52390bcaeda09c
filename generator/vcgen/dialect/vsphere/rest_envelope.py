"""Replies under `/rest` are in an envelope: `{"value": ...}` holds what is meant."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.vsphere.rest import is_rest, reply_status
from vcgen.text import marks
from vcgen.text.nodes import mapping

_VALUE = "value"
_PLAIN = frozenset({"type", "properties", "required", "description", "title", "example"})


@dialect_pass(Kind.MEDIA_TYPE, fields={"schema"})
def rest_envelope(node: Node, place: Place) -> Change | None:
    """Mark the replies whose schema is an object of the one property `value`, for the building."""
    if marks.ENVELOPE in node or not reply_status(place).startswith("2") or not is_rest(place):
        return None
    schema = place.document.resolve(node.get("schema"))
    return Change({**node, marks.ENVELOPE: _VALUE}) if is_envelope(schema) else None


def is_envelope(schema: Node) -> bool:
    """Return whether the schema is that of an object which has the property `value` alone."""
    is_plain = all(key in _PLAIN or str(key).startswith("x-") for key in schema)
    return is_plain and set(mapping(schema.get("properties"))) == {_VALUE}


def unwrapped(schema: Node) -> Node:
    """Return the schema of what an envelope holds, or the schema itself if it is none."""
    return mapping(mapping(schema["properties"])[_VALUE]) if is_envelope(schema) else schema

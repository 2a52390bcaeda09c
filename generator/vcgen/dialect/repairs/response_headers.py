"""Headers of a response that are a reference to none: a client reads the reply without them."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.RESPONSE, fields={"headers"})
def response_headers(node: Node, place: Place) -> Change | None:
    """Drop the headers that lead nowhere, or to something that is no header."""
    headers = mapping(node.get("headers"))
    lost = [name for name, header in headers.items() if not _is_there(header, place.document)]
    if not lost:
        return None
    kept = {name: header for name, header in headers.items() if name not in lost}
    messages = (f'the header "{name}" does not refer to a header: dropped' for name in lost)
    return Change({**node, "headers": kept}, tuple(messages))


def _is_there(header: object, document: DocumentView) -> bool:
    if not isinstance(header, dict):
        return True  # Refused where it is reached.
    found = document.resolve(header)
    if "$ref" in header and (not found or "in" in found or _is_elsewhere(header["$ref"])):
        return False
    schema = mapping(found.get("schema"))
    return "$ref" not in schema or bool(document.resolve(schema))


def _is_elsewhere(reference: object) -> bool:
    """Tell whether a reference leads to a component of another kind."""
    keys = pointer_keys(text(reference))
    return keys[:1] == ("components",) and "headers" not in keys

"""Streams of gRPC-Gateway: JSON by its documents, and lines of JSON by what its servers send."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import JSON
from vcgen.text.nodes import mapping, text

# What its generators write at the end of the description of such a reply, and of no other.
_MARK = "(streaming responses)"
_LINES = "application/x-ndjson"


@dialect_pass(Kind.RESPONSE, fields={"content"})
def streamed_replies(node: Node, _: Place) -> Change | None:
    """Read the JSON of a reply that its description calls a stream as one value in each line."""
    content = mapping(node.get("content"))
    if not text(node.get("description")).endswith(_MARK) or JSON not in content:
        return None
    read = {_LINES if key == JSON else key: value for key, value in content.items()}
    message = f"the reply is a stream by its description: read as {_LINES}"
    return Change({**node, "content": read}, (message,))

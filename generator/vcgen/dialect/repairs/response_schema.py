"""A `schema` of a response itself: Swagger 2.0 had it there, OpenAPI 3 has it in `content`."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import JSON


@dialect_pass(Kind.RESPONSE, fields={"schema"})
def response_schema(node: Node, _: Place) -> Change | None:
    """Read it as that of a response in JSON, if there is no content."""
    if "schema" not in node or "content" in node or "$ref" in node:
        return None
    rest = {key: value for key, value in node.items() if key != "schema"}
    content = {JSON: {"schema": node["schema"]}}
    message = "the `schema` of a response belongs in its `content`: read as that of JSON"
    return Change({**rest, "content": content}, (message,))

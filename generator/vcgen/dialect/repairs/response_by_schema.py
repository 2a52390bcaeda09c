"""A response that refers to a schema, and a schema that refers to a response."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import JSON
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import child


@dialect_pass(Kind.RESPONSE, fields={"$ref"})
def response_by_schema(node: Node, place: Place) -> Change | None:
    """Read a schema in the place of a response as what the response has in JSON."""
    reference = text(node.get("$ref"))
    if not place.document.has("schemas", reference):
        return None
    content = {JSON: {"schema": {"$ref": reference}}}
    message = f'"{reference}" is a schema: read as the JSON of the response'
    return Change({"description": "", "content": content}, (message,))


@dialect_pass(Kind.SCHEMA, fields={"$ref"})
def schema_by_response(node: Node, place: Place) -> Change | None:
    """Read a response in the place of a schema as the schema of its content, JSON before others."""
    reference = text(node.get("$ref"))
    if not place.document.has("responses", reference):
        return None
    content = mapping(place.document.resolve(node).get("content"))
    found = [name for name, one in content.items() if "schema" in mapping(one)]
    if not found:
        return Change({}, (f'"{reference}" is a response without a schema: read as any value',))
    name = min(found, key=lambda name: "json" not in name.lower())
    pointer = reference
    for key in ("content", name, "schema"):
        pointer = child(pointer, key)
    return Change({"$ref": pointer}, (f'"{reference}" is a response: read as its schema',))

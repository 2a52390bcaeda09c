"""A body that refers to a request body which does not exist, where a schema of its name does."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import JSON
from vcgen.text.nodes import text
from vcgen.text.pointers import child, pointer_keys


@dialect_pass(Kind.REQUEST_BODY, fields={"$ref"})
def request_body_by_schema_name(node: Node, place: Place) -> Change | None:
    """Make a JSON body of the schema that a dangling body reference names."""
    reference = text(node.get("$ref"))
    keys = pointer_keys(reference) if reference.startswith("#/") else ()
    if len(keys) != 3 or keys[:2] != ("components", "requestBodies"):
        return None
    name = keys[2]
    if name in place.document.components("requestBodies"):
        return None
    if name not in place.document.components("schemas"):
        return None
    schema = {"$ref": child("#/components/schemas", name)}
    body = {"content": {JSON: {"schema": schema}}, "required": True}
    message = f'there is no request body "{name}": read as JSON of the schema of that name'
    return Change(body, (message,))

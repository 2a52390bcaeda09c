"""A body that refers to a schema, or to a missing request body of a schema's name."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, text
from vcgen.text.pointers import child, pointer_keys


@dialect_pass(Kind.REQUEST_BODY)
def request_body_by_schema_name(node: Node, place: Place) -> Change | None:
    """Make a JSON body of the schema that the reference of a body names."""
    reference = text(node.get("$ref"))
    keys = pointer_keys(reference) if reference.startswith("#/") else ()
    if len(keys) != 3 or keys[0] != "components" or keys[1] not in {"requestBodies", "schemas"}:
        return None
    name, is_schema = keys[2], keys[1] == "schemas"
    if not is_schema and name in place.document.components("requestBodies"):
        return None
    if name not in place.document.components("schemas"):
        return None
    schema = {"$ref": child("#/components/schemas", name)}
    body = {"content": {"application/json": {"schema": schema}}, "required": True}
    message = f'there is no request body "{name}": read as JSON of the schema of that name'
    if is_schema:
        message = f'"{reference}" is a schema: read as the JSON of the request body'
    return Change(body, (message,))

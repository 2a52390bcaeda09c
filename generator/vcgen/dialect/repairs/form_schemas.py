"""Forms that are described as something else than an object: `multipart/form-data: string`."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, types_of
from vcgen.text.media_types import FORM, MULTIPART, bare
from vcgen.text.pointers import unescaped

# What tells that the body is sent as it is, whatever its media type.
_WHOLE = frozenset({"contentEncoding", "contentMediaType"})
_OTHERS = frozenset({"array", "boolean", "integer", "number", "string"})


@dialect_pass(Kind.MEDIA_TYPE, fields={"schema"})
def form_schemas(node: Node, place: Place) -> Change | None:
    """Read the schema as that of an object with fields of any name: a form has fields."""
    _, _, step = place.pointer.rpartition("/")
    if bare(unescaped(step)) not in (FORM, MULTIPART):
        return None
    schema = place.document.resolve(node.get("schema"))
    types = {*types_of(schema)}
    if not types <= {*_OTHERS, "null"} or not types & _OTHERS:
        return None
    if schema.get("format") == "binary" or _WHOLE & schema.keys():
        return None
    kinds = ", ".join(sorted(types))
    message = f"the schema of a form is of the type {kinds}: read as fields of any name"
    return Change({**node, "schema": {"type": "object", "additionalProperties": True}}, (message,))

"""In OpenAPI 3.0 nothing beside a `$ref` counts; some documents contradict their own reference."""

from generator.dialect.protocol import Change, Kind, Node, Place, dialect_pass

# What only describes, and does no harm where it is read nevertheless.
_ANNOTATIONS = frozenset(
    {"$ref", "default", "deprecated", "description", "example", "examples", "externalDocs"}
    | {"nullable", "readOnly", "summary", "title", "writeOnly", "xml"}
)


@dialect_pass(Kind.SCHEMA)
def ref_siblings(node: Node, place: Place) -> Change | None:
    """Drop the keywords that say what a value is where a `$ref` says it already."""
    if "$ref" not in node or place.document.version >= (3, 1):
        return None
    ignored = [key for key in node if key not in _ANNOTATIONS and not key.startswith("x-")]
    if not ignored:
        return None
    rest = {key: value for key, value in node.items() if key not in ignored}
    message = f"OpenAPI 3.0 ignores what stands beside a $ref: {', '.join(ignored)} dropped"
    return Change(rest, (message,))

"""Keywords of a schema that stand beside it: where Swagger 2.0 had them, OpenAPI 3 has `schema`."""

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import Diagnostic, SpecError
from vcgen.text.nodes import mapping

KEYWORDS = frozenset(
    {"default", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems"}
    | {"maxLength", "maximum", "minItems", "minLength", "minimum", "multipleOf", "pattern"}
    | {"type", "uniqueItems"}
)


@dialect_pass(Kind.PARAMETER, Kind.HEADER)
def parameter_keywords(node: Node, place: Place) -> Change | None:
    """Move the keywords of a schema from a parameter or header into its schema.

    Raises:
        SpecError: Parameter and schema contradict each other, or `content` describes the value.
    """
    moved = {key: value for key, value in node.items() if key in KEYWORDS}
    if not moved or "$ref" in node:
        return None
    schema = node.get("schema", {})
    if not isinstance(schema, Mapping):
        return None
    differing = [key for key in moved if key in schema and schema[key] != moved[key]]
    if differing or "content" in node:
        names = ", ".join(differing or moved)
        rival = "its `content`" if "content" in node else "its schema, which differs"
        raise SpecError(
            Diagnostic(f"the {place.kind} has {names} beside {rival}", place.pointer, "remove one")
        )
    rest = {key: value for key, value in node.items() if key not in moved and key != "schema"}
    message = f"{', '.join(moved)} of the {place.kind} belongs in its schema: moved"
    return Change({**rest, "schema": _with(schema, moved)}, (message,))


def _with(schema: Node, moved: Node) -> Node:
    if "$ref" in schema:
        return {"allOf": [schema], **moved}
    merged = {**schema, **moved}
    values = moved.get("enum")
    if merged.get("type") != "array" or not isinstance(values, list):
        return merged
    if any(isinstance(value, list) for value in values):
        return merged
    # No array is one of these values: they can only be what its items are taken from.
    del merged["enum"]
    return {**merged, "items": {**mapping(merged.get("items")), "enum": values}}

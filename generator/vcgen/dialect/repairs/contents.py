"""What a body holds, put elsewhere than into the schema of a media type.

Authors forget a level: `application/json: {$ref: ...}`, `content: {schema: ...}`, `200: OK`. Elysia
writes `content: {type: void}`.
"""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import JSON
from vcgen.text.nodes import mapping, text

_SCHEMA = frozenset(
    {"$ref", "additionalProperties", "allOf", "anyOf", "enum", "format", "items", "oneOf"}
    | {"properties", "required", "type"}
)
_TELLING = frozenset({"$ref", "type", "properties", "items", "allOf", "oneOf"})
# What is the type of a function that returns nothing, for TypeScript.
_NOTHING = frozenset({"null", "undefined", "void"})


@dialect_pass(Kind.MEDIA_TYPE, fields=_TELLING)
def media_type_schemas(node: Node, place: Place) -> Change | None:
    """Read a schema in place of a media type as that of the media type."""
    found = {key: value for key, value in node.items() if key in _SCHEMA}
    if "schema" in node or not _TELLING & {*found}:
        return None
    if "$ref" in found and not place.document.has("schemas", found["$ref"]):
        return None
    rest = {key: value for key, value in node.items() if key not in found}
    message = "a schema is in place of the media type: read as its `schema`"
    return Change({**rest, "schema": found}, (message,))


@dialect_pass(Kind.RESPONSE, Kind.REQUEST_BODY)
def contents(node: Node, place: Place) -> Change | None:
    """Put what a body holds into its content; what has no media type is JSON."""
    reference = node.get("$ref")
    if reference is not None:
        if place.kind is Kind.RESPONSE or not place.document.has("schemas", reference):
            return None
        message = f'"{reference}" is a schema, not a request body: read as that of JSON'
        return Change({"required": True, "content": {JSON: {"schema": node}}}, (message,))
    inner = node.get("content")
    if isinstance(inner, Mapping) and "schema" in inner and isinstance(inner["schema"], Mapping):
        message = "`content` has no media type: read as that of JSON"
        return Change({**node, "content": {JSON: inner}}, (message,))
    stated = mapping(node.get("content"))
    if _TELLING & stated.keys() and not any("/" in key for key in stated):
        return _by_schema(node, stated, place)
    if "content" in node:
        return None
    media = {key: mapping(value) for key, value in node.items() if "/" in key}
    if media:
        message = "media types belong in `content`: moved"
        rest = {key: value for key, value in node.items() if key not in media}
        return Change({**rest, "content": media}, (message,))
    if "schema" in node and place.kind is Kind.REQUEST_BODY:
        message = "the `schema` of a request body belongs in its `content`: read as that of JSON"
        rest = {key: value for key, value in node.items() if key != "schema"}
        return Change({**rest, "content": {JSON: {"schema": node["schema"]}}}, (message,))
    return None


def _by_schema(node: Node, schema: Node, place: Place) -> Change | None:
    """Read a schema in place of the content as that of JSON, and one of nothing as no content."""
    if "$ref" in schema and not place.document.has("schemas", schema["$ref"]):
        return None
    if (kind := text(schema.get("type"))) in _NOTHING:
        message = f"the content is {kind}: read as none"
        return Change({key: one for key, one in node.items() if key != "content"}, (message,))
    message = "a schema is in place of the content: read as that of JSON"
    return Change({**node, "content": {JSON: {"schema": schema}}}, (message,))


@dialect_pass(Kind.OPERATION)
def response_texts(node: Node, _: Place) -> Change | None:
    """Read a text in place of a response as its description."""
    stated = mapping(node.get("responses"))
    texts = {key: {"description": one} for key, one in stated.items() if isinstance(one, str)}
    if not texts:
        return None
    messages = (f"the response {key} is a text: read as its description" for key in texts)
    return Change({**node, "responses": {**stated, **texts}}, tuple(messages))

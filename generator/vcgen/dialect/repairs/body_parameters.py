"""Parameters of the body, which Swagger 2.0 had: `in: body` and `in: formData`."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import FORM, JSON, MULTIPART
from vcgen.text.nodes import mapping

_FIELDS_OF_PARAMETER = frozenset({"in", "name", "required", "schema", "content", "x-example"})


@dialect_pass(Kind.OPERATION)
def body_parameters(node: Node, place: Place) -> Change | None:
    """Make the request body of them, or join them with a form: flask-smorest has files beside."""
    declared = node.get("parameters")
    if not isinstance(declared, list):
        return None
    parameters = [(entry, place.document.resolve(entry)) for entry in declared]
    bodies = [one for _, one in parameters if one.get("in") == "body"]
    telling = [one for one in bodies if "schema" in one]
    bodies = telling if len(telling) == 1 else bodies
    fields = [one for _, one in parameters if one.get("in") == "formData"]
    if len(bodies) > 1 or bool(bodies) == bool(fields):
        return None
    rest = [entry for entry, one in parameters if one.get("in") not in ("body", "formData")]
    body: Node | None = _body(bodies[0]) if bodies else _form(fields)
    if "requestBody" in node:
        body = _joined(mapping(node["requestBody"]), fields)
    if not body:
        return None
    message = "parameters of the body are those of Swagger 2.0: read as the request body"
    return Change({**node, "parameters": rest, "requestBody": body}, (message,))


def _body(parameter: Node) -> Node:
    schema = parameter.get("schema", {})
    described = {key: parameter[key] for key in ("description", "required") if key in parameter}
    return {**described, "content": {JSON: {"schema": schema}}}


def _form(fields: list[Node]) -> Node:
    """Return the body of form fields; files need one of several parts."""
    properties = {str(one.get("name")): _field(one) for one in fields}
    required = [str(one.get("name")) for one in fields if one.get("required") is True]
    has_files = any(one.get("format") == "binary" for one in properties.values())
    media = MULTIPART if has_files else FORM
    schema = {"type": "object", "properties": properties}
    with_required = {**schema, "required": required} if required else schema
    return {"required": bool(required), "content": {media: {"schema": with_required}}}


def _joined(body: Node, fields: list[Node]) -> Node | None:
    """Return the body of a form with more fields, or None if it is no form."""
    content = mapping(body.get("content"))
    if len(content) != 1 or not content.keys() <= {MULTIPART, FORM} or not fields:
        return None
    media, said = next((media, mapping(said)) for media, said in content.items())
    needed, more = next(iter(_form(fields)["content"].items()))
    schema = {"allOf": [said.get("schema", {}), more["schema"]]}
    has_parts = MULTIPART in (media, needed)
    return {**body, "content": {MULTIPART if has_parts else FORM: {**said, "schema": schema}}}


def _field(parameter: Node) -> Node:
    beside = {k: v for k, v in parameter.items() if k not in _FIELDS_OF_PARAMETER}
    schema: Mapping[str, object] = mapping(parameter.get("schema"))
    merged = schema if "$ref" in schema else {**beside, **schema}
    return (
        {**merged, "type": "string", "format": "binary"} if merged.get("type") == "file" else merged
    )

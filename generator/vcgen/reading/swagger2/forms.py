"""Forms: fields that stand one by one in Swagger are the properties of one body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vcgen.reading.swagger2.context import Context, Media
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.parameters import Listed
from vcgen.reading.swagger2.schemas import FILE
from vcgen.reading.swagger2.simple_values import array_style, is_of_value, value_schema
from vcgen.reading.swagger2.values import extensions, is_required, refusal
from vcgen.text.media_types import FORM, MULTIPART, bare


def form(context: Context, fields: Sequence[Listed], media: Media, spot: Spot) -> dict[str, Any]:
    """Return the request body whose properties are the fields of a form.

    Raises:
        SpecError: A field cannot be understood, or OpenAPI 3 cannot say it.
    """
    context.notes.moved(spot)
    properties: dict[str, Any] = {}
    required: list[str] = []
    encoding: dict[str, Any] = {}
    media_types = _media_types(fields, media.consumes)
    if media.consumes and set(media_types).isdisjoint(media.consumes):
        stated, read = ", ".join(media.consumes), ", ".join(media_types)
        context.notes.repair(spot, f"a form is not sent as {stated}: read as {read}")
    for field in fields:
        name = _name(field, properties)
        properties[name] = _property(context, field, spot, media_types)
        if is_required(field.node, Spot(field.found.pointer, spot.target), context.notes):
            required.append(name)
        style = array_style(context, field.node, "formData", Spot(field.found.pointer, spot.target))
        # Files are parts of their own, whatever joins the texts of a list.
        if style and not _is_file(field.node.get("items")):
            # For a multipart body OpenAPI 3.0 has no word for this, and 3.1 has this one.
            encoding[name] = dict(style)
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    content: dict[str, Any] = {"schema": schema}
    if encoding:
        content["encoding"] = encoding
    body: dict[str, Any] = {"content": dict.fromkeys(media_types, content)}
    return {**body, "required": True} if required else body


def _media_types(fields: Sequence[Listed], consumes: Sequence[str]) -> list[str]:
    """Return those of the media types that a form can have, or the one that fits the fields."""
    has_file = any(_is_file(field.node) or _is_file(field.node.get("items")) for field in fields)
    # A file that is percent-encoded would be legal, and nobody means it.
    wanted = [MULTIPART] if has_file else [FORM, MULTIPART]
    stated = [item for item in consumes if bare(item) in wanted]
    return stated or wanted[:1]


def _is_file(node: object) -> bool:
    return isinstance(node, Mapping) and node.get("type") == "file"


def _name(field: Listed, properties: Mapping[str, Any]) -> str:
    name = field.node.get("name")
    if not isinstance(name, str):
        raise refusal("the form field has no name", field.found.pointer)
    if name in properties:
        raise refusal(f'the form field "{name}" appears twice', field.pointer)
    return name


def _property(context: Context, field: Listed, spot: Spot, media_types: Sequence[str]) -> Any:
    node, source = field.node, field.found.pointer
    for media_type in media_types:
        place = spot.becoming("content", media_type, "schema", "properties", node["name"])
        context.notes.moved(Spot(source, place.target))
    if _is_file(node):
        schema: Any = dict(FILE)
    else:
        schema = value_schema(context, node, Spot(source, spot.target)) or {}
    if not isinstance(schema, dict):
        return schema
    beside = {"description": node["description"]} if "description" in node else {}
    others = {key: value for key, value in extensions(node).items() if not is_of_value(key)}
    return {**beside, **schema, **others}

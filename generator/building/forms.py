"""Forms: what the parts of a multipart body are where JSON would have it otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from generator.building.context import Context
from generator.building.parts import Part, property_pointer
from generator.openapi import DataType, Node, Reference, Schema, schema_types


def part_scalars(context: Context, node: Node, pointer: str) -> dict[str, str]:
    """Return the scalars for the strings that are parts of a form, by the places of their schemas.

    A part holds bytes as they are; what the document wants as base64 is a text to it.
    """
    found: dict[str, str] = {}
    for part in _fields(context, (node, pointer), set()):
        schema, at = context.resolve_part(part)
        if schema.items is not None:
            schema, at = context.resolve_part((schema.items, f"{at}/items"))
        if DataType.STRING not in schema_types(schema):
            continue
        if schema.schema_format in {"byte", "base64"} or schema.contentEncoding:
            found[at] = "str"
        elif schema.schema_format == "binary" or schema.contentMediaType:
            found[at] = "bytes"
    return found


def _fields(context: Context, part: Part, seen: set[str]) -> Iterator[Part]:
    """Yield the schemas of the fields that an object may have."""
    schema: Schema
    schema, pointer = context.resolve_part(part)
    if pointer in seen:
        return
    seen.add(pointer)
    for name, node in (schema.properties or {}).items():
        yield node, property_pointer(pointer, name)
    if isinstance(schema.additionalProperties, Schema | Reference):
        yield schema.additionalProperties, f"{pointer}/additionalProperties"
    for keyword in ("allOf", "oneOf", "anyOf"):
        for index, node in enumerate(getattr(schema, keyword) or []):
            yield from _fields(context, (node, f"{pointer}/{keyword}/{index}"), seen)

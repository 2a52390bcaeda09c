"""Forms: how their fields are written, and what their parts are where JSON has it otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.openapi import (
    ANYTHING,
    DataType,
    Encoding,
    MediaType,
    Node,
    Reference,
    Schema,
    is_encoded,
    is_raw,
    schema_types,
)
from vcgen.building.styles import QUERY_STYLES, style_of
from vcgen.building.subschemas import Part, property_pointer
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.pointers import escaped


def part_scalars(context: Context, node: Node, pointer: str) -> dict[str, str]:
    """Return the scalars for the strings that are parts of a form, by the places of their schemas.

    A part holds bytes as they are; what the document wants as base64 is a text to it.
    """
    return {at: scalar for _, at, scalar in _scalars(context, node, pointer)}


def encodings(
    context: Context, media: MediaType, encoder: str, part: Part, pointer: str
) -> tuple[ir.Encoding, ...]:
    """Return how the fields of a form are written where the document says so."""
    if encoder not in {"FormBody", "MultipartBody"}:
        return ()
    is_parts = encoder == "MultipartBody"
    files = {name for name, _, kind in _scalars(context, *part) if kind == "bytes" and is_parts}
    stated = media.encoding or {}
    told = _told(context, part) if is_parts else {}
    found: list[ir.Encoding] = []
    for name in {**stated, **told}:
        encoding = stated.get(name, Encoding())
        place = f"{pointer}/encoding/{escaped(name)}"
        one = ir.Encoding(name, headers=_headers(context, encoding, place) if is_parts else ())
        # A style is in place of a media type (OpenAPI 3.1, section 4.8.15.1).
        if encoding.given & {"style", "explode", "allowReserved"}:
            style = style_of(encoding, "form")
            _refuse_style(context, style, name in files, place)
            # Files stand alone already.
            one = one if name in files else replace(one, style=style)
        elif is_parts:
            one = replace(one, media_types=_media_types(encoding.contentType or told.get(name, "")))
            if one.media_type.lower().startswith("multipart/") and name not in files:
                message = "a part of a form that consists of parts is not supported yet"
                context.refuse(place, message, EXCLUDE)
        found += [one] if one.is_typed or one.headers else []
    return tuple(found)


def _told(context: Context, part: Part) -> dict[str, str]:
    """Return the media types that the schemas of files tell, where that is not as usual."""
    found: dict[str, dict[str, None]] = {}
    for name, field in _fields(context, part):
        for schema, _ in _strings(context, field):
            media_type = schema.contentMediaType
            if media_type and not is_encoded(schema) and media_type != "application/octet-stream":
                found.setdefault(name, {})[media_type] = None
    return {name: ", ".join(several) for name, several in found.items() if name}


def _media_types(listed: str) -> tuple[str, ...]:
    """Return the media types of a list, without what can be anything."""
    found = (one.strip() for one in listed.split(","))
    return tuple(one for one in found if one and one != "*/*")


def _headers(context: Context, encoding: Encoding, pointer: str) -> tuple[ir.PartHeader, ...]:
    """Return the headers that a part must have.

    What describes the part otherwise is ignored there (OpenAPI 3.1, section 4.8.15.1).
    """
    found: list[ir.PartHeader] = []
    for name, node in (encoding.headers or {}).items():
        header, at = context.resolve(node, f"{pointer}/headers/{escaped(name)}")
        if name.lower() in {"content-type", "content-disposition"}:
            continue
        schema, _ = context.resolve_part((header.param_schema or ANYTHING, f"{at}/schema"))
        values = [schema.const] if schema.const is not None else schema.enum or []
        if header.required:
            found.append(ir.PartHeader(name, _text(values[0]) if len(values) == 1 else None))
    return tuple(found)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _refuse_style(context: Context, style: ir.Style, is_file: bool, pointer: str) -> None:
    if style.name not in QUERY_STYLES:
        message = f'the style of a field of a form cannot be "{style.name}"'
        context.refuse(pointer, message, "one of: " + ", ".join(QUERY_STYLES))
    elif is_file and not (style.name == "form" and style.explode):
        message = "files cannot be written in one part of a form"
        context.refuse(pointer, message, "leave out the style, or set `explode` to true")


def has_fields(context: Context, part: Part) -> bool:
    """Tell whether a schema describes an object by its fields."""
    return any(True for _ in _fields(context, part))


def has_files(context: Context, node: Node, pointer: str) -> bool:
    """Tell whether a field of an object holds bytes as they are."""
    return any(kind == "bytes" for _, _, kind in _scalars(context, node, pointer))


def _scalars(context: Context, node: Node, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the place and the scalar of each field that is not a JSON string."""
    for name, part in _fields(context, (node, pointer)):
        for schema, at in _strings(context, part):
            if schema.schema_format in {"byte", "base64"} or is_encoded(schema):
                yield name, at, "str"
            elif is_raw(schema) or schema.contentMediaType:
                yield name, at, "bytes"


def _strings(context: Context, part: Part) -> Iterator[tuple[Schema, str]]:
    """Yield the strings that a field may be: itself, its items, and each of its alternatives.

    What has a media type and no type is one, too: OpenAPI 3.1 describes files so.
    """
    for schema, pointer in _composed(context, part, has_items=True):
        types = schema_types(schema)
        if DataType.STRING in types or (schema.contentMediaType and not types):
            yield schema, pointer


def _fields(context: Context, part: Part) -> Iterator[tuple[str, Part]]:
    """Yield the names and schemas of the fields that an object may have, "" for all others."""
    for schema, pointer in _composed(context, part, has_items=False):
        for name, node in (schema.properties or {}).items():
            yield name, (node, property_pointer(pointer, name))
        if isinstance(schema.additionalProperties, Schema | Reference):
            yield "", (schema.additionalProperties, f"{pointer}/additionalProperties")


def _composed(context: Context, part: Part, *, has_items: bool) -> Iterator[tuple[Schema, str]]:
    """Yield a schema, perhaps that of its items, and what it is composed of, each once."""
    waiting, seen = [part], set[str]()
    while waiting:
        schema, pointer = context.resolve_part(waiting.pop())
        if pointer in seen:
            continue
        seen.add(pointer)
        yield schema, pointer
        inside: list[Part] = []
        if has_items and schema.items is not None:
            inside.append((schema.items, f"{pointer}/items"))
        for keyword in SUBSCHEMAS:
            nodes: Sequence[Node] = getattr(schema, keyword) or []
            inside += [(one, f"{pointer}/{keyword}/{i}") for i, one in enumerate(nodes)]
        waiting += reversed(inside)

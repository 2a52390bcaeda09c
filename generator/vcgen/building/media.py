"""Media types: what kind of body each is, by its schema first and its name second."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache

from vcgen.building.context import Context
from vcgen.building.descent import deepest_first
from vcgen.building.forms import has_files
from vcgen.building.openapi import (
    ANYTHING,
    DataType,
    MediaType,
    Node,
    Schema,
    is_encoded,
    is_raw,
    schema_types,
)
from vcgen.building.subschemas import Part
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.media_types import FORM, JSON, MULTIPART, bare, framing_of, is_json
from vcgen.text.pointers import escaped

# What a server is told where the document names but a range of media types.
_CONCRETE_JSON = {"application/*+json": "application/x+json"}

# Media types, other than JSON and forms, in which objects are written.
_STRUCTURED = re.compile(r".*\W(cbor|msgpack|proto(buf)?|xml|ya?ml)")

# The fields of an event (HTML, section 9.2.6).
_OF_EVENTS = frozenset({"data", "event", "id", "retry"})


class Kind(Enum):
    """The forms in which a body is written."""

    JSON = auto()
    FORM = auto()
    MULTIPART = auto()
    TEXT = auto()
    BYTES = auto()
    STREAM = auto()


@lru_cache(maxsize=1024)  # a document has a few
def may_be_json(media_type: str) -> bool:
    """Tell whether a media type is JSON, or a range that JSON is of; a stream of it is not."""
    name = bare(media_type)
    if stream_of(media_type):
        return False
    return is_json(name) or name in {"text/json", "*/*", "application/*"}


@lru_cache(maxsize=1024)
def is_structured(media_type: str) -> bool:
    """Tell whether objects can be written in a media type: in JSON, in a form, in XML, or so."""
    name = bare(media_type)
    is_form = name in {FORM, MULTIPART}
    return is_form or may_be_json(media_type) or bool(_STRUCTURED.fullmatch(name))


@lru_cache(maxsize=1024)
def stream_of(media_type: str) -> str:
    """Return what reads the items of a media type as they come, "" where it has none."""
    framing = framing_of(bare(media_type))
    return f"{framing}Items" if framing else ""


def kind_of(context: Context, media_type: str, part: Part) -> Kind:
    """Return the kind of a body: bytes by its schema, else what its media type says."""
    name = bare(media_type)
    if is_bytes(context, part):
        return Kind.BYTES
    if name == FORM:
        return Kind.FORM
    if name == MULTIPART:
        return Kind.MULTIPART
    if may_be_json(media_type) or (name == "text/plain" and _is_number(context, part)):
        return Kind.JSON
    if stream_of(media_type):
        return Kind.STREAM
    return Kind.TEXT if name.startswith("text/") else Kind.BYTES


def _is_number(context: Context, part: Part) -> bool:
    """Tell whether a schema is that of numbers or booleans, which JSON writes as plain text."""
    schema, _ = context.resolve_part(part)
    types = {*schema_types(schema)}
    return bool(types) and types <= {DataType.BOOLEAN, DataType.INTEGER, DataType.NUMBER}


def is_bytes(context: Context, part: Part) -> bool:
    """Tell whether a schema is that of a file: `format: binary`, in 3.1 also `contentMediaType`.

    Null beside it says that there may be no body. What has a `contentEncoding` such as base64 is
    text; `contentEncoding: binary` is that of a file.
    """
    schema, pointer = context.resolve_part(part)
    places = {pointer: schema}
    groups: dict[str, list[list[str]]] = {}

    def inside(at: str) -> list[str]:
        found = _variants(context, places[at], at)
        places.update((at, one) for group in found for one, at in group)
        groups[at] = [[at for _, at in group] for group in found]
        return [at for group in groups[at] for at in group]

    known: dict[str, bool] = {}
    for at in deepest_first(pointer, inside):
        # One that leads back to itself is no file by that.
        known[at] = any(
            all(known.get(place, False) for place in group) for group in groups[at]
        ) or (_is_file(places[at]))
    return known[pointer]


def is_of_events(context: Context, part: Part) -> bool:
    """Tell whether a schema, or each of its alternatives, has the fields of an event."""
    waiting = [context.resolve_part(part)]
    names: dict[str, set[str]] = {}
    for schema, at in waiting:
        if at not in names:
            names[at] = {*(schema.properties or {})}
            waiting += (one for group in _variants(context, schema, at) for one in group)
    found = set[str]().union(*names.values())
    return "data" in found and found <= _OF_EVENTS


def _variants(context: Context, schema: Schema, pointer: str) -> list[list[tuple[Schema, str]]]:
    """Return what a schema is composed of by each keyword, without null."""
    found: list[list[tuple[Schema, str]]] = []
    for keyword in SUBSCHEMAS:
        variants: Sequence[Node] = getattr(schema, keyword) or []
        parts = [
            context.resolve_part((one, f"{pointer}/{keyword}/{index}"))
            for index, one in enumerate(variants)
        ]
        others = [part for part in parts if schema_types(part[0]) != [DataType.NULL]]
        found += [others] if others else []
    return found


def _is_file(schema: Schema) -> bool:
    if DataType.STRING not in schema_types(schema) or is_encoded(schema):
        return False
    inside = bare(schema.contentMediaType or "")
    is_open = inside in {"*/*", "application/*"}  # which are JSON as the name of a whole body
    is_text = inside.startswith("text/") or (may_be_json(inside) and not is_open)
    return is_raw(schema) or (bool(inside) and not is_text)


def schema_of(content: Mapping[str, MediaType], media_type: str, pointer: str) -> Part:
    """Return the schema of a media type, and its place; `pointer` is that of the body."""
    at = f"{pointer}/content/{escaped(media_type)}/schema"
    return content[media_type].media_type_schema or ANYTHING, at


def chosen(
    context: Context, content: Mapping[str, MediaType], pointer: str, preferred: Sequence[str]
) -> str:
    """Return the media type to use, "" if there is none.

    That is the one that the configuration prefers; else a form of parts, if a file is in the body,
    for neither JSON nor a plain form holds bytes as they are; else JSON, else the first. Of several
    that are JSON, one with a schema says more, and a range such as `application/*+json` less.
    """
    for wanted in preferred:
        for media_type in content:
            if bare(media_type) == bare(wanted):
                return media_type
    for media_type in content:
        if bare(media_type) == MULTIPART and has_files(
            context, *schema_of(content, media_type, pointer)
        ):
            return media_type
    json = sorted(
        (one for one in content if may_be_json(one)),
        key=lambda one: (content[one].media_type_schema is None, "*" in one),
    )
    return next(iter([*json, *content]), "")


def concrete(media_type: str, kind: Kind) -> str:
    """Return what is sent for a media type, which may be but a range of them."""
    if "*" not in media_type:
        return media_type
    if kind is Kind.JSON:
        return _CONCRETE_JSON.get(bare(media_type), JSON)
    return "text/plain" if kind is Kind.TEXT else "application/octet-stream"

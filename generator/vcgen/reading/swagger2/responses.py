"""Responses and their headers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from vcgen.reading.swagger2.context import Context, Media, shared_name
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.schemas import FILE
from vcgen.reading.swagger2.simple_values import with_schema
from vcgen.reading.swagger2.values import is_left, stated_mapping, stated_schema
from vcgen.text.media_types import bare
from vcgen.text.pointers import child

_WITH_BODY = frozenset({"200", "203", "206"})
_BINARY = frozenset(
    {"application/gzip", "application/octet-stream", "application/pdf", "application/x-gzip"}
    | {"application/x-tar", "application/x-xz", "application/zip", "application/zstd"}
)
_BINARY_KINDS = ("audio/", "font/", "image/", "video/")
_BYTES = ("application/octet-stream",)
_DROPPED = frozenset({"schema", "headers", "examples"})


def convert_responses(context: Context, responses: Any, media: Media, spot: Spot) -> dict[str, Any]:
    """Return the responses of an operation.

    Raises:
        SpecError: They are no mapping.
    """
    converted: dict[str, Any] = {}
    is_usual = _is_usual(context, media)
    for status, node in stated_mapping(responses, "`responses`", spot.source).items():
        if status.startswith("x-") or is_left(node):
            converted[status] = node
            continue
        # Most are such references, and nothing is to be noted of them.
        if is_usual and (shared := _shared(node)) is not None:
            converted[status] = shared
            continue
        place = spot.inside(status)
        make = partial(convert_response_entry, context, node, media, place)
        converted[status] = context.notes.attempt(place, make)
        if status in _WITH_BODY and _is_file(converted[status], media):
            message = f"the reply has no schema, and is {media.produces[0]}: read as a file"
            context.notes.repair(place, message)
            content = {one: {"schema": dict(FILE)} for one in media.produces}
            converted[status] = {**converted[status], "content": content}
    return converted


def _is_file(response: Any, media: Media) -> bool:
    """Tell whether a response without a schema has a file: nothing else is of such types."""
    if not isinstance(response, dict) or "$ref" in response or "content" in response:
        return False
    return bool(media.produces) and all(map(_is_binary, media.produces))


def _is_binary(media_type: str) -> bool:
    name = bare(media_type)
    return name in _BINARY or name.startswith(_BINARY_KINDS)


def convert_response_entry(context: Context, node: Any, media: Media, spot: Spot) -> dict[str, Any]:
    """Return a response, or the reference to a shared one.

    Raises:
        SpecError: It cannot be understood.
    """
    node = stated_mapping(node, "the response", spot.source)
    if "$ref" not in node:
        return _response(context, node, media, spot)
    found = context.follow(node, spot.source)
    has_schema = found.node is not None and "schema" in found.node
    shared = _shared(node)
    if shared is not None and (_is_usual(context, media) or not has_schema):
        return shared
    if found.node is None:
        return dict(node)
    inlined = Spot(found.pointer, spot.target)
    context.notes.moved(inlined)
    return _response(context, found.node, media, inlined)


def _is_usual(context: Context, media: Media) -> bool:
    """Tell whether replies are of the media types that the shared ones are of."""
    return media.of_replies == context.media.of_replies


def _shared(node: Any) -> dict[str, Any] | None:
    """Return the reference to a shared response, if the node is one."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    return _reference(reference) if isinstance(reference, str) else None


@lru_cache(maxsize=4096)
def _reference(reference: str) -> dict[str, Any] | None:
    name = shared_name({"$ref": reference}, "responses")
    return None if name is None else {"$ref": f"#/components/responses/{name}"}


def _response(
    context: Context, node: Mapping[str, Any], media: Media, spot: Spot
) -> dict[str, Any]:
    converted = {key: value for key, value in node.items() if key not in _DROPPED}
    if (headers := node.get("headers")) is not None:
        place = spot.inside("headers")
        converted["headers"] = headers if headers == [] else _headers(context, headers, place)
    if "schema" not in node:
        return converted
    stated = stated_schema(node["schema"], child(spot.source, "schema"))
    schema = context.schemas.convert(stated)
    media_types = media.produces
    if not media_types:
        is_file = context.view.resolve(stated).get("type") == "file"
        media_types = _BYTES if is_file else media.of_replies
    converted["content"] = {media_type: {"schema": schema} for media_type in media_types}
    return converted


def _headers(context: Context, headers: Any, spot: Spot) -> dict[str, Any]:
    converted: dict[str, Any] = {}
    for name, node in stated_mapping(headers, "`headers`", spot.source).items():
        place = spot.inside(name)
        converted[name] = context.notes.attempt(place, partial(_header, context, node, place))
    return converted


def _header(context: Context, node: Any, spot: Spot) -> dict[str, Any]:
    node = stated_mapping(node, "the header", spot.source)
    if "$ref" in node:
        return dict(node)
    return with_schema(context, node, "header", spot)

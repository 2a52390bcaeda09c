"""Media types: which form of a body is sent or read, and by which means."""

from __future__ import annotations

from collections.abc import Mapping

from generator import ir
from generator.building.context import Context
from generator.building.schemas import Schemas
from generator.building.source import Source
from generator.building.unions import optional
from generator.openapi import (
    ANYTHING,
    MediaType,
    Node,
    RequestBody,
    Response,
    Schema,
    extension,
    pointer_part,
)
from generator.prose import sentence

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_BYTES = ir.Type(ir.TypeKind.SCALAR, "bytes")
_STR = ir.Type(ir.TypeKind.SCALAR, "str")
_DOWNLOAD = ir.Type(ir.TypeKind.CLASS, "Download")


class Contents:
    """The bodies of requests and successful replies."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas

    def body(self, source: Source, owner: str) -> ir.Body | None:
        """Return what an operation sends, or None."""
        if source.operation.requestBody is None:
            return None
        body: RequestBody
        body, pointer = self._context.resolve(
            source.operation.requestBody, f"{source.pointer}/requestBody"
        )
        media_type = self._chosen(body.content)
        if not media_type:
            return None
        node, at = _schema(body.content, media_type, pointer)
        encoder, type_ = self._encoder(media_type, node, at, f"{owner}.body")
        required = bool(body.required)
        argument = ir.Parameter(
            "body",
            "body",
            type_ if required else optional(type_),
            required,
            sentence(body.description),
            "body",
        )
        # A range such as `image/*` leaves the choice open: these are just bytes.
        sent = "application/octet-stream" if "*" in media_type else media_type
        return ir.Body(argument, encoder, sent)

    def answer(self, status: int | str, response: Response, pointer: str, owner: str) -> ir.Answer:
        """Return how a successful reply is read."""
        content = response.content or {}
        media_type = self._chosen(content)
        if not media_type or status == 204:
            return ir.Answer(status, "NoContent", ir.NONE)
        node, at = _schema(content, media_type, pointer)
        if is_json(media_type):
            if wrapped := extension(content[media_type], "x-vcgen-envelope"):
                envelope: Schema
                envelope, at = self._context.resolve(node, at)
                node = (envelope.properties or {})[wrapped]
                type_ = self._schemas.type_of(node, f"{at}/properties/{wrapped}", owner)
                return ir.Answer(status, "Enveloped", type_, media_type)
            type_ = self._schemas.type_of(node, at, f"{owner}.response")
            return ir.Answer(status, "Json", type_, media_type)
        if media_type.lower().startswith("text/"):
            return ir.Answer(status, "Text", _STR, media_type)
        return ir.Answer(status, "Binary", _DOWNLOAD, media_type)

    def error(self, response: Response, pointer: str) -> tuple[Node | None, str]:
        """Return the schema of the JSON body of an error reply, or None."""
        content = response.content or {}
        for media_type in content:
            if is_json(media_type) and content[media_type].media_type_schema is not None:
                return _schema(content, media_type, pointer)
        return None, pointer

    def _chosen(self, content: Mapping[str, MediaType]) -> str:
        """Return the media type to use: as configured, else JSON, else the first."""
        for wanted in self._context.options.media_types:
            for media_type in content:
                if media_type.partition(";")[0].strip().lower() == wanted.lower():
                    return media_type
        json = [media_type for media_type in content if is_json(media_type)]
        return next(iter([*json, *content]), "")

    def _encoder(
        self, media_type: str, node: Node, pointer: str, spec_name: str
    ) -> tuple[str, ir.Type]:
        bare = media_type.partition(";")[0].strip().lower()
        if is_json(media_type):
            return "JsonBody", self._schemas.type_of(node, pointer, spec_name)
        if bare == _FORM:
            return "FormBody", self._schemas.type_of(node, pointer, spec_name)
        if bare == _MULTIPART:
            return "MultipartBody", self._schemas.type_of(node, pointer, spec_name)
        return "RawBody", _STR if bare.startswith("text/") else _BYTES


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON (RFC 8259), or built upon it (RFC 6839)."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare in {"application/json", "*/*", "application/*"} or bare.endswith("+json")


def _schema(content: Mapping[str, MediaType], media_type: str, pointer: str) -> tuple[Node, str]:
    at = f"{pointer}/content/{pointer_part(media_type)}/schema"
    return content[media_type].media_type_schema or ANYTHING, at

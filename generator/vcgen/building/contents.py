"""Media types: which form of a body is sent or read, and by which means."""

from __future__ import annotations

from codecs import lookup
from collections.abc import Mapping
from email.message import Message

from vcgen import ir
from vcgen.building.constraints import facts_of
from vcgen.building.context import Context
from vcgen.building.forms import encodings, part_scalars
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import (
    ANYTHING,
    MediaType,
    Node,
    RequestBody,
    Response,
    Schema,
    extension,
    pointer_part,
)
from vcgen.building.schemas import Schemas
from vcgen.building.unions import as_argument, optional, without_none
from vcgen.text.prose import sentence

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
# What is sent where the document names but a range of media types.
_CONCRETE = {
    ("JsonBody", False): "application/json",
    ("JsonBody", True): "application/json",
    ("RawBody", False): "application/octet-stream",
    ("RawBody", True): "text/plain",
}
_BYTES = ir.Type(ir.TypeKind.SCALAR, "bytes")
_STR = ir.Type(ir.TypeKind.SCALAR, "str")
_DOWNLOAD = ir.Type(ir.TypeKind.CLASS, "Download")


class Contents:
    """The bodies of requests and successful replies."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        # Before the first type is made: a schema is the same for all who refer to it.
        for source in located_operations(context):
            if source.operation.requestBody is not None:
                schemas.scalars.update(self._part_scalars(source))

    def _part_scalars(self, source: LocatedOperation) -> dict[str, str]:
        body, pointer = self._body_of(source)
        media_type = self._chosen(body.content)
        if _bare(media_type) != _MULTIPART:
            return {}
        return part_scalars(self._context, *_schema(body.content, media_type, pointer))

    def _body_of(self, source: LocatedOperation) -> tuple[RequestBody, str]:
        node = source.operation.requestBody or RequestBody(content={})
        body: RequestBody
        body, pointer = self._context.resolve(node, f"{source.pointer}/requestBody")
        return body, pointer

    def body(self, source: LocatedOperation, owner: str) -> ir.Body | None:
        """Return what an operation sends, or None."""
        body, pointer = self._body_of(source)
        media_type = self._chosen(body.content)
        if not media_type:
            return None
        node, at = _schema(body.content, media_type, pointer)
        encoder, type_ = self._encoder(media_type, node, at, f"{owner}.body")
        type_ = as_argument(type_)
        place = f"{pointer}/content/{pointer_part(media_type)}"
        found = encodings(self._context, body.content[media_type], encoder, (node, at), place)
        required = bool(body.required)
        argument = ir.Parameter(
            "body",
            "body",
            type_ if required else optional(type_),
            required,
            sentence(body.description),
            "body",
            **facts_of(self._context, node, type_),
        )
        # A range such as `image/*` leaves the choice open.
        sent = _CONCRETE[encoder, type_ == _STR] if "*" in media_type else media_type
        charset = self._charset(media_type, place) if type_ == _STR else ""
        return ir.Body(argument, encoder, sent, found, charset)

    def answer(
        self,
        status: int | str,
        source: LocatedOperation,
        response: Response,
        pointer: str,
        owner: str,
    ) -> ir.Answer:
        """Return how a successful reply is read."""
        content = response.content or {}
        media_type = self._chosen(content)
        # The content of a redirection is a note for people, if there is any.
        is_empty = source.method == "head" or status == 204 or str(status).startswith("3")
        if not media_type or is_empty:
            return ir.Answer(status, "NoContent", ir.NONE)
        node, at = _schema(content, media_type, pointer)
        if is_json(media_type):
            if wrapped := extension(content[media_type], "x-vcgen-envelope"):
                envelope: Schema
                envelope, at = self._context.resolve(node, at)
                node = (envelope.properties or {})[wrapped]
                type_ = self._schemas.type_of(node, f"{at}/properties/{wrapped}", owner)
                return ir.Answer(status, "Enveloped", type_, media_type)
            # The usual reply goes without its status: each name depends on its own reply alone.
            name = "response" if status in {200, "default"} else f"response{status}"
            type_ = self._schemas.type_of(node, at, f"{owner}.{name}")
            asked = "application/json" if "*" in media_type else media_type
            return ir.Answer(status, "Json", type_, asked)
        if media_type.lower().startswith("text/"):
            return ir.Answer(status, "Text", _STR, media_type)
        return ir.Answer(status, "Binary", _DOWNLOAD, media_type)

    def _charset(self, media_type: str, pointer: str) -> str:
        """Return the character set that a media type tells, "" where it is UTF-8."""
        told = Message()
        told["Content-Type"] = media_type
        charset = told.get_content_charset("utf-8")
        try:
            return "" if lookup(charset).name == "utf-8" else charset
        except LookupError:
            self._context.refuse(
                pointer, f'"{charset}" is no character set that Python knows', "correct it"
            )
            return ""

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
        bare = _bare(media_type)
        if not is_json(media_type) and bare not in {_FORM, _MULTIPART}:
            return "RawBody", _STR if bare.startswith("text/") else _BYTES
        type_ = self._schemas.type_of(node, pointer, spec_name)
        if is_json(media_type):
            return "JsonBody", type_
        kinds = {part.kind for part in without_none(type_)} - {ir.TypeKind.CLASS, ir.TypeKind.MAP}
        if kinds and type_ != ir.ANY:
            self._schemas.unsupported(pointer, "a form that is no object")
        return "FormBody" if bare == _FORM else "MultipartBody", type_


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON (RFC 8259), or built upon it (RFC 6839)."""
    bare = _bare(media_type)
    return bare in {"application/json", "*/*", "application/*"} or bare.endswith("+json")


def _schema(content: Mapping[str, MediaType], media_type: str, pointer: str) -> tuple[Node, str]:
    at = f"{pointer}/content/{pointer_part(media_type)}/schema"
    return content[media_type].media_type_schema or ANYTHING, at

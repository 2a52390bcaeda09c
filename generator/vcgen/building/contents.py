"""Bodies: which form of each is sent or read, and by which means."""

from __future__ import annotations

from codecs import lookup
from collections.abc import Mapping

from vcgen import ir
from vcgen.building.constraints import facts_of
from vcgen.building.context import Context
from vcgen.building.forms import encodings, has_fields, part_scalars
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.media import (
    Kind,
    chosen,
    concrete,
    is_of_events,
    is_structured,
    kind_of,
    may_be_json,
    schema_of,
    stream_of,
)
from vcgen.building.media_choices import REQUEST, RESPONSE, MediaChoices
from vcgen.building.openapi import (
    ANYTHING,
    MediaType,
    Node,
    RequestBody,
    Response,
    Schema,
    extension,
)
from vcgen.building.schemas import Schemas
from vcgen.building.subschemas import Part
from vcgen.building.unions import as_argument, optional, without_none
from vcgen.text import marks
from vcgen.text.media_types import JSON, MULTIPART, bare
from vcgen.text.pointers import escaped

_ENCODERS = {
    Kind.JSON: "JsonBody",
    Kind.FORM: "FormBody",
    Kind.MULTIPART: "MultipartBody",
    Kind.TEXT: "RawBody",
    Kind.BYTES: "UploadBody",
    Kind.STREAM: "UploadBody",
}
_UPLOADABLE = ir.Type(ir.TypeKind.CLASS, "Uploadable")
_DOWNLOAD = ir.Type(ir.TypeKind.CLASS, "Download")


class Contents:
    """The bodies of requests and successful replies."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._choices = MediaChoices(context)
        # Before the first type is made: a schema is the same for all who refer to it.
        for source in located_operations(context):
            if source.operation.requestBody is not None:
                schemas.scalars.update(self._part_scalars(source))

    def _part_scalars(self, source: LocatedOperation) -> dict[str, str]:
        body, pointer = self._body_of(source)
        media_type = self._chosen(body.content, pointer, source, REQUEST)
        if bare(media_type) != MULTIPART:
            return {}
        return part_scalars(self._context, *schema_of(body.content, media_type, pointer))

    def _body_of(self, source: LocatedOperation) -> tuple[RequestBody, str]:
        node = source.operation.requestBody or RequestBody(content={})
        body: RequestBody
        body, pointer = self._context.resolve(node, f"{source.pointer}/requestBody")
        return body, pointer

    def body(self, source: LocatedOperation, owner: str) -> ir.Body | None:
        """Return what an operation sends, or None."""
        body, pointer = self._body_of(source)
        media_type = self._chosen(body.content, pointer, source, REQUEST)
        if not media_type:
            return None
        node, at = schema_of(body.content, media_type, pointer)
        kind = kind_of(self._context, media_type, (node, at))
        spec_name = f"{owner}.body"
        if lines := self._lines(body.content, media_type, pointer, spec_name):
            encoder, (given, node) = "LinesBody", lines
        else:
            encoder, given = _ENCODERS[kind], self._sent(kind, node, at, spec_name)
        type_ = as_argument(given)
        place = f"{pointer}/content/{escaped(media_type)}"
        found = encodings(self._context, body.content[media_type], encoder, (node, at), place)
        required = bool(body.required)
        is_unset = not required and kind is Kind.JSON and ir.NONE in type_.alternatives
        argument = ir.Parameter(
            "body",
            "body",
            type_ if required else optional(type_),
            required,
            self._context.docs.of_argument("request body", body.description),
            "body",
            is_unset=is_unset,
            is_secret=self._schemas.hiding.is_secret(node),
            **facts_of(self._context, self._schemas.limiting, node, type_),
        )
        sent = concrete(media_type, kind)
        charset = self._charset(media_type, place) if kind is Kind.TEXT else ""
        choices = self._choices_of(body.content, media_type, pointer) if kind is Kind.BYTES else ()
        offered = self._offered(body.content)
        return ir.Body(argument, encoder, sent, found, charset, offered, choices)

    def answer(
        self,
        status: int | str,
        source: LocatedOperation,
        response: Response,
        pointer: str,
        spec_name: str,
    ) -> ir.Answer:
        """Return how a successful reply is read; `spec_name` names the class, if it needs one."""
        content = response.content or {}
        media_type = self._chosen(content, pointer, source, RESPONSE)
        # The content of a redirection is a note for people, if there is any.
        is_empty = source.method == "head" or status == 204 or str(status).startswith("3")
        if not media_type or is_empty:
            return ir.Answer(status, "NoContent", ir.NONE)
        node, at = schema_of(content, media_type, pointer)
        kind = kind_of(self._context, media_type, (node, at))
        read = self._read_alike(content, media_type, kind, pointer)
        offered = self._offered(content)
        if kind is Kind.JSON:
            if wrapped := extension(content[media_type], marks.ENVELOPE):
                envelope: Schema
                envelope, at = self._context.resolve(node, at)
                node = (envelope.properties or {})[wrapped]
                owner = spec_name.rpartition(".")[0]
                type_ = self._schemas.type_of(node, f"{at}/properties/{wrapped}", owner)
                return ir.Answer(status, "Enveloped", type_, media_type, offered=offered)
            type_ = self._schemas.type_in(node, at, spec_name)
            is_token = extension(source.operation, marks.SESSION) == "create"
            return ir.Answer(status, "Json", type_, read[0], read[1:], offered, is_token)
        if kind is Kind.STREAM:
            is_of_items = bool(extension(content[media_type], marks.ITEMS))
            item = self._item(node, at, spec_name, is_of_items=is_of_items)
            reader = self._stream_reader(media_type, (node, at), is_of_items=is_of_items)
            type_ = ir.Type(ir.TypeKind.CLASS, "ItemStream", (item,))
            return ir.Answer(status, reader, type_, media_type, offered=offered)
        if kind is Kind.TEXT:
            return ir.Answer(status, "Text", ir.STR, read[0], read[1:], offered)
        return ir.Answer(status, "Binary", _DOWNLOAD, read[0], read[1:], offered)

    def _lines(
        self, content: Mapping[str, MediaType], media_type: str, pointer: str, spec_name: str
    ) -> tuple[ir.Type, Node] | None:
        """Return the type of the lines of JSON that a request has, and the schema of all of them.

        None if a caller gives their bytes: nothing says what a line is, or that it is more than
        a text, by which most documents mean the whole.
        """
        node, at = schema_of(content, media_type, pointer)
        is_of_lines = stream_of(media_type) == "LineItems"
        if not is_of_lines or kind_of(self._context, media_type, (node, at)) is not Kind.STREAM:
            return None
        is_of_items = bool(extension(content[media_type], marks.ITEMS))
        item = self._item(node, at, spec_name, is_of_items=is_of_items)
        if item in (ir.ANY, ir.STR):
            return None
        is_array = not is_of_items and self._context.resolve_part((node, at))[0].items is not None
        whole = node if is_array else ANYTHING.changed(items=node)
        return ir.Type(ir.TypeKind.LIST, arguments=(item,)), whole

    def _item(self, node: Node, at: str, spec_name: str, *, is_of_items: bool) -> ir.Type:
        """Return the type of an item of a stream, which may be described as an array."""
        schema, place = self._context.resolve_part((node, at))
        if not is_of_items and schema.items is not None:
            node, at = schema.items, f"{place}/items"
        return self._schemas.type_in(node, at, spec_name)

    def _stream_reader(self, media_type: str, part: Part, *, is_of_items: bool) -> str:
        """Return what reads a stream: of events, either their data alone, or all of each.

        OpenAPI 3.2 describes all of an event; before that, most documents have the data alone.
        """
        reader = stream_of(media_type)
        if reader == "EventItems" and (is_of_items or is_of_events(self._context, part)):
            return "WholeEventItems"
        return reader

    def _read_alike(
        self, content: Mapping[str, MediaType], media_type: str, kind: Kind, pointer: str
    ) -> tuple[str, ...]:
        """Return the media types of a reply that are read by the same means, the chosen first.

        JSON of other names is read alike only if it has the same schema.
        """
        own = schema_of(content, media_type, pointer)[0]
        found = [media_type]
        for other in content:
            node, at = schema_of(content, other, pointer)
            is_alike = kind is not Kind.JSON or node == own
            if (
                other != media_type
                and is_alike
                and kind_of(self._context, other, (node, at)) is kind
            ):
                found.append(other)
        # Of JSON, a range is asked for by the name that it surely has.
        return tuple(JSON if kind is Kind.JSON and "*" in one else one for one in found)

    def _charset(self, media_type: str, pointer: str) -> str:
        """Return the character set that a media type tells, "" where it is UTF-8."""
        if ";" not in media_type:
            return ""
        # Imported here, for few media types have a parameter.
        from email.message import Message

        told = Message()
        told["Content-Type"] = media_type
        charset = told.get_content_charset("utf-8")
        try:
            return "" if lookup(charset).name == "utf-8" else charset
        except LookupError:
            self._context.refuse(
                pointer, f'"{charset}" is not a character set that Python knows', "correct it"
            )
            return ""

    def reply(
        self, source: LocatedOperation, response: Response, pointer: str
    ) -> tuple[Node | None, str]:
        """Return the schema of the JSON body of a successful reply, or None."""
        content = response.content or {}
        media_type = self._chosen(content, pointer, source, RESPONSE)
        if not media_type or not may_be_json(media_type):
            return None, pointer
        return schema_of(content, media_type, pointer)

    def error(self, response: Response, pointer: str) -> tuple[Node | None, str]:
        """Return the schema of the JSON body of an error reply, or None.

        An object is JSON where none of the media types can hold one. Swagger 2.0 has one list for
        all replies of an operation, so that the errors of a download are of its media type, too.
        """
        content = response.content or {}
        for media_type in content:
            if may_be_json(media_type) and content[media_type].media_type_schema is not None:
                return schema_of(content, media_type, pointer)
        parts = {one: schema_of(content, one, pointer) for one in content}
        if any(is_structured(one) or stream_of(one) for one in parts):
            return None, pointer
        objects = (part for part in parts.values() if has_fields(self._context, part))
        return next(objects, (None, pointer))

    def check(self) -> None:
        """Note what the configuration chooses and no operation offers."""
        self._choices.check()

    def _chosen(
        self, content: Mapping[str, MediaType], pointer: str, source: LocatedOperation, kind: str
    ) -> str:
        preferred = self._choices.preferred(source, kind, content)
        return chosen(self._context, content, pointer, preferred)

    def _choices_of(
        self, content: Mapping[str, MediaType], media_type: str, pointer: str
    ) -> tuple[str, ...]:
        """Return the media types that bytes may have, the usual one first; none if it is one."""
        parts = {one: schema_of(content, one, pointer) for one in content}
        found = [
            one for one, part in parts.items() if kind_of(self._context, one, part) is Kind.BYTES
        ]
        found.sort(key=lambda one: one != media_type)
        is_open = "*" in media_type or bare(media_type).startswith("multipart/")
        return tuple("*" if one == "*/*" else one for one in found) if is_open or found[1:] else ()

    def _offered(self, content: Mapping[str, MediaType]) -> tuple[tuple[str, str], ...]:
        """Return the media types, and a digest of the schema of each."""
        if not self._context.options.tells_limits:
            return ()
        schemas = ((one, media.media_type_schema or ANYTHING) for one, media in content.items())
        limiting = self._schemas.limiting
        return tuple((bare(media_type), limiting.digest(node)) for media_type, node in schemas)

    def _sent(self, kind: Kind, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of what a caller gives for a body."""
        if kind in {Kind.TEXT, Kind.BYTES, Kind.STREAM}:
            return ir.STR if kind is Kind.TEXT else _UPLOADABLE
        type_ = self._schemas.type_in(node, pointer, spec_name)
        parts = {part.kind for part in without_none(type_)}
        if (
            kind is not Kind.JSON
            and type_ != ir.ANY
            and parts - {ir.TypeKind.CLASS, ir.TypeKind.MAP}
        ):
            self._schemas.unsupported(pointer, "a form that is not an object")
        return type_

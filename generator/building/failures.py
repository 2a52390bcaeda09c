"""Error replies become exceptions: one a kind where the document has kinds, else one a status."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ir, naming
from generator.building.context import Context, component_of
from generator.building.schemas import Schemas
from generator.building.source import sources
from generator.building.unions import bare
from generator.openapi import Node, Reference, Schema, extension
from generator.prose import paragraphs, sentence

_MESSAGE_FIELDS = (
    *("default_message", "message", "detail", "error_description", "description", "title"),
    *("error_message", "reason", "error"),
)
_TEXT = ir.Type(ir.TypeKind.SCALAR, "str")


class Failures:
    """The exceptions of the package, made as operations declare them."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._classes: dict[str, ir.ErrorClass] = {}
        self._bodies: dict[ir.Type, None] = {}
        self._discriminators: dict[str, None] = {}
        self._common = ""

    def failure(self, status: int | str, node: Node | None, pointer: str, owner: str) -> ir.Failure:
        """Return the exception for an error reply, given the schema of its body."""
        if node is None:
            return ir.Failure(status, self._by_status(status), ir.NONE)
        kind = self._kind(node, pointer)
        if isinstance(node, Reference):
            body = self._schemas.class_of(node, pointer)
        else:
            body = self._schemas.type_of(node, pointer, f"{owner}.error{status}")
        body = bare(body)  # of an error, null says as little as no body
        if body != ir.NONE:
            self._bodies.setdefault(self._base_of(body))
        return ir.Failure(status, kind or self._by_status(status), body)

    def reasons(self, failure: ir.Failure, text: str | None) -> Iterator[tuple[str, str]]:
        """Yield each exception that an error reply may be, and when it is.

        Where a reply is of several kinds, a paragraph of its description begins with each.
        """
        names = {error.spec_name: error.name for error in self._classes.values() if error.spec_name}
        for paragraph in paragraphs(text):
            first, _, rest = paragraph.removeprefix("- ").partition(" ")
            name = names.get(first.rstrip(":"), "")
            yield (
                (name, sentence(rest))
                if name and rest
                else (
                    failure.exception,
                    sentence(paragraph),
                )
            )

    def errors(self) -> ir.Errors:
        """Return the hierarchy; where bodies have no class in common, operations name theirs."""
        bodies = tuple(body for body in self._bodies if body != ir.ANY)
        single = len(bodies) == len(self._bodies) == 1 and self._schemas.registry.struct(bodies[0])
        messages = [found for body in bodies for found in self._messages(body)]
        classes = self._classes.values()
        return ir.Errors(
            body=bodies[0].name if single else "",
            bodies=() if single else bodies,
            spec_discriminator=next(iter(self._discriminators), ""),
            messages=tuple(messages),
            classes=tuple(classes if single else map(ir.ErrorClass.without_body, classes)),
            has_legacy=any(
                extension(source.operation, "x-vcgen-error-envelope")
                for source in sources(self._context)
            ),
        )

    def _by_status(self, status: int | str) -> str:
        if status == "default":
            return "ApiError"
        name = naming.status_class(status)
        doc = f"The server answered with status {status}."
        self._classes.setdefault(name, ir.ErrorClass(name, "", doc, "", ""))
        return name

    def _kind(self, node: Node, pointer: str) -> str:
        """Make an exception of every kind of the family that the schema belongs to."""
        if not isinstance(node, Reference):
            return ""
        schema: Schema
        schema, target = self._context.resolve(node, pointer)
        base, base_pointer = self._family(schema, target)
        if base is None or base.discriminator is None or not base.discriminator.mapping:
            return ""
        self._discriminators.setdefault(base.discriminator.propertyName)
        found = ""
        for kind, reference in base.discriminator.mapping.items():
            child_pointer = self._context.pointer_of(reference)
            name = self._define_kind(kind, child_pointer, base_pointer)
            found = name if child_pointer == target else found
        # The base itself says nothing of the kind: its replies are told apart by their bodies.
        return "ApiError" if target == base_pointer else found

    def _family(self, schema: Schema, pointer: str) -> tuple[Schema | None, str]:
        while schema.discriminator is None:
            parents = [part for part in schema.allOf or [] if isinstance(part, Reference)]
            if len(parents) != 1:
                return None, ""
            schema, pointer = self._context.resolve(parents[0], pointer)
        return schema, pointer

    def _define_kind(self, kind: str, pointer: str, base_pointer: str) -> str:
        spec_name = component_of(pointer)[1]
        name = naming.kind_exception(kind, spec_name, self._context.options.roots)
        if name == self._schemas.class_name(spec_name):
            name += "Exception"
        if name in self._classes and self._classes[name].kind:
            return name
        schemas = self._context.components.schemas or {}
        body = self._schemas.class_of(self._context.reference(pointer), pointer)
        common = self._schemas.class_of(self._context.reference(base_pointer), base_pointer)
        self._classes[name] = ir.ErrorClass(
            name,
            spec_name,
            sentence(schemas[spec_name].description) or f"The server answered {kind}.",
            kind,
            body.annotation if body != common else "",
        )
        return name

    def _base_of(self, body: ir.Type) -> ir.Type:
        struct = self._schemas.registry.struct(body)
        if struct is None:
            return body
        return ir.Type(ir.TypeKind.CLASS, self._schemas.registry.lineage(struct)[-1].name)

    def _messages(self, body: ir.Type) -> list[ir.Message]:
        """Find the text for people: a field of the body, or of the items of one of its lists."""
        struct = self._schemas.registry.struct(body)
        if struct is None:
            return []
        for field in struct.fields:
            if not field.required or field.type.kind is not ir.TypeKind.LIST:
                continue
            item = self._schemas.registry.struct(field.type.arguments[0])
            if item and (text := _text_field(item, required=True)):
                return [ir.Message(struct.name, field.name, text)]
        text = _text_field(struct)
        return [ir.Message(struct.name, "", text)] if text else []


def _text_field(struct: ir.Struct, *, required: bool = False) -> str:
    """Return the field of a class that most likely holds a text for people, or ""."""
    texts = {
        field.spec_name: field.name
        for field in struct.fields
        if field.type == _TEXT or (not required and field.type.arguments == (_TEXT, ir.NONE))
    }
    return next((texts[name] for name in _MESSAGE_FIELDS if name in texts), "")

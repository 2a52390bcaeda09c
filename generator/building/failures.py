"""Error replies become exceptions: one a kind where the document has kinds, else one a status."""

from __future__ import annotations

from generator import ir, naming
from generator.building.context import Context, component_of, reference_to
from generator.building.schemas import Node, Schemas
from generator.openapi import Reference, Schema
from generator.prose import sentence

_MESSAGE_FIELDS = ("default_message", "message", "detail", "error_description", "title")


class Failures:
    """The exceptions of the package, made as operations declare them."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._classes: dict[str, ir.ErrorClass] = {}
        self._bodies: dict[str, ir.Type] = {}
        self._discriminators: dict[str, None] = {}

    def failure(self, status: int, node: Node | None, pointer: str) -> ir.Failure:
        """Return the exception for an error reply, given the schema of its body."""
        if node is None:
            return self._by_status(status, "")
        kind = self._kind(node, pointer)
        body = self._schemas.type_of(node, pointer, f"{naming.status_class(status)}.body")
        base = self._base_body(body)
        self._bodies.setdefault(base.annotation, base)
        if kind == "ApiError":
            return ir.Failure(status, kind)
        return ir.Failure(status, kind) if kind else self._by_status(status, body.annotation)

    def errors(self) -> ir.Errors:
        """Return the hierarchy.

        Where operations answer with bodies of several unrelated classes, none is common to all.
        """
        bodies = [type_ for type_ in self._bodies.values() if self._schemas.struct(type_)]
        body = bodies[0] if len(bodies) == len(self._bodies) == 1 else None
        name = body.name if body else ""
        message_list, message = self._message(body)
        return ir.Errors(
            body=name,
            spec_discriminator=next(iter(self._discriminators), ""),
            message_list=message_list,
            message=message,
            classes=tuple(self._classes.values()),
        )

    def _by_status(self, status: int, spec_name: str) -> ir.Failure:
        name = naming.status_class(status)
        doc = f"The server answered with status {status}."
        self._classes.setdefault(name, ir.ErrorClass(name, spec_name, doc, "", ""))
        return ir.Failure(status, name)

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
            child_pointer = reference if "/" in reference else f"#/components/schemas/{reference}"
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
        options = self._context.options
        name = naming.exception_name(spec_name, options.roots)
        if name in self._classes:
            return name
        schemas = self._context.components.schemas or {}
        body = self._schemas.type_of(reference_to(pointer), pointer, spec_name)
        common = self._schemas.type_of(reference_to(base_pointer), base_pointer, "")
        self._classes[name] = ir.ErrorClass(
            name,
            spec_name,
            sentence(schemas[spec_name].description)
            or f"The server answered with the error {kind}.",
            kind,
            body.annotation if body != common else "",
        )
        return name

    def _base_body(self, body: ir.Type) -> ir.Type:
        struct = self._schemas.struct(body)
        while struct and struct.base != "Model":
            body = ir.Type(ir.TypeKind.CLASS, struct.base)
            struct = self._schemas.struct(body)
        return body

    def _message(self, body: ir.Type | None) -> tuple[str, str]:
        """Find the text for people: a field of the body, or of the items of one of its lists."""
        struct = self._schemas.struct(body) if body else None
        if struct is None:
            return "", ""
        for field in struct.fields:
            if not field.required or field.type.kind is not ir.TypeKind.LIST:
                continue
            if text := _text_field(self._schemas.struct(field.type.arguments[0])):
                return field.name, text
        return "", _text_field(struct)


def _text_field(struct: ir.Struct | None) -> str:
    if struct is None:
        return ""
    texts = {field.name for field in struct.fields if "str" in field.type.names}
    return next((name for name in _MESSAGE_FIELDS if name in texts), "")

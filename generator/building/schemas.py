"""Schemas become types; those that need a class get one."""

from __future__ import annotations

from typing import Any

from generator import ir, naming
from generator.building import objects
from generator.building.context import Context, component_of, is_component
from generator.building.enums import enum_class, scalar_types
from generator.building.registry import Registry
from generator.building.unions import is_told_apart, join, optional, without_none
from generator.openapi import (
    ANYTHING,
    DataType,
    Discriminator,
    Node,
    Reference,
    Schema,
    extension,
    is_shapeless,
    pointer_part,
    schema_types,
    unknown_keywords,
)
from generator.prose import headed

_STRINGS = {
    "date-time": "AwareDatetime",
    "date": "date",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID",
    "byte": "bytes",
    "decimal": "Decimal",
}
_SCALARS = {DataType.BOOLEAN: "bool", DataType.INTEGER: "int", DataType.NUMBER: "float"}


class Schemas:
    """The types of the package, made as operations reach them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.registry = Registry(context)
        self._types: dict[str, ir.Type] = {}
        self._open: set[str] = set()
        self._recursive: set[str] = set()

    def type_of(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a schema; `spec_name` names the class, should it need one."""
        if isinstance(node, Reference):
            return self._of_reference(node, pointer)
        for keyword, meant in unknown_keywords(node):
            self.context.refuse(
                f"{pointer}/{pointer_part(keyword)}",
                f'"{keyword}" is not a schema keyword',
                f'did the document mean "{meant}"?',
            )
        type_ = self._of_schema(node, pointer, spec_name)
        return optional(type_) if is_nullable(node) else type_

    def class_of(self, reference: Reference, pointer: str) -> ir.Type:
        """Return the type of a component itself, not of what its discriminator tells apart."""
        target: Schema
        target, at = self.context.resolve(reference, pointer)
        if at in self._open:
            self._recursive.add(at)
        elif at not in self._types:
            name = component_of(at)[1]
            self._types[at] = ir.Type(ir.TypeKind.CLASS, self.class_name(name))
            self._open.add(at)
            type_ = self.type_of(target, at, name)
            self._open.remove(at)
            self._types[at] = self._named(type_, target, at, name)
        return self._types[at]

    def class_name(self, spec_name: str) -> str:
        """Return the class for a schema, as configured or as its own name says."""
        options = self.context.options
        return options.schemas.get(spec_name) or naming.class_name(spec_name, options.roots)

    def union(
        self,
        nodes: list[tuple[Node, str]],
        schema: Schema,
        pointer: str,
        spec_name: str,
        discriminator: Discriminator | None = None,
    ) -> ir.Type:
        """Return the union of schemas: a plain one if the decoder can tell them apart."""
        found = [
            self.type_of(node, at, objects.variant_name(spec_name, node, index))
            for index, (node, at) in enumerate(nodes)
        ]
        type_ = join(found)
        parts = without_none(type_)
        if type_ == ir.ANY or len(parts) < 2:
            return type_
        if discriminator is None and is_told_apart(parts, self.registry):
            return type_
        tags = _tags(nodes, found, discriminator, self) if discriminator else ()
        name = self.class_name(spec_name)
        property_name = discriminator.propertyName if discriminator else ""
        if property_name:
            # A reply of a kind that is not known yet must not be lost.
            parts = (*parts, ir.Type(ir.TypeKind.MAP, arguments=(ir.ANY,)))
        definition = ir.UnionClass(
            name, spec_name, parts, property_name, tags, headed(schema.description)
        )
        self.registry.define(definition, pointer)
        alias = ir.Type(ir.TypeKind.CLASS, name)
        return optional(alias) if ir.NONE in type_.arguments else alias

    def unsupported(self, pointer: str, what: str) -> ir.Type:
        """Refuse a schema, and return what stands in for it while other problems are looked for."""
        self.context.refuse(
            pointer,
            f"{what} is not supported yet",
            "leave out the operations that reach this place",
        )
        return ir.ANY

    def _of_reference(self, reference: Reference, pointer: str) -> ir.Type:
        own = self.class_of(reference, pointer)
        target: Schema
        target, at = self.context.resolve(reference, pointer)
        if target.discriminator is None or target.oneOf or target.anyOf:
            return own
        return self._family(own, target, target.discriminator, at)

    def _family(
        self, own: ir.Type, base: Schema, discriminator: Discriminator, pointer: str
    ) -> ir.Type:
        """Return the union of a base class and the classes that its discriminator names."""
        name = f"Any{own.name}"
        at = f"{pointer}/discriminator"
        if at not in self._types:
            self._types[at] = ir.Type(ir.TypeKind.CLASS, name)
            heirs = self.context.heirs(component_of(pointer)[1], discriminator)
            tags = tuple(
                ir.Tag(tag, self.class_of(self.context.reference(heir), heir))
                for tag, heir in heirs.items()
            )
            parts = tuple(dict.fromkeys([*(tag.type for tag in tags), own]))
            if parts == (own,) or self.registry.struct(own) is None:
                self._types[at] = own
            else:
                definition = ir.UnionClass(
                    name,
                    component_of(pointer)[1],
                    parts,
                    discriminator.propertyName,
                    tags,
                    headed(base.description),
                )
                self.registry.define(definition, at)
        return self._types[at]

    def _named(self, type_: ir.Type, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        """Give a name to a type that contains itself and is no class: only a name can do so."""
        name = self.class_name(spec_name)
        if pointer not in self._recursive or type_.name == name:
            return type_
        parts = without_none(type_)
        definition = ir.UnionClass(name, spec_name, parts, "", (), headed(schema.description))
        self.registry.define(definition, pointer)
        return ir.Type(ir.TypeKind.CLASS, name)

    def _of_schema(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        if schema.enum is not None or "const" in schema.model_fields_set:
            return self._enum(schema, pointer, spec_name)
        for keyword in ("oneOf", "anyOf"):
            variants = getattr(schema, keyword) or []
            if not all(is_shapeless(variant) for variant in variants):
                return self._one_of(schema, keyword, pointer, spec_name)
        if schema.allOf or schema.properties:
            return objects.object_type(self, schema, pointer, spec_name)
        stated = [kind for kind in schema_types(schema) if kind is not DataType.NULL]
        kinds = stated or _implied(schema)
        types = [self._of_kind(kind, schema, pointer, spec_name) for kind in kinds]
        if len(types) < 2 or is_told_apart(types, self.registry):
            return join(types) if types else ir.ANY
        return self.unsupported(pointer, "a list of these types")

    def _of_kind(self, kind: DataType, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        match kind:
            case DataType.STRING:
                return _scalar(_STRINGS.get(schema.schema_format or "", "str"))
            case DataType.ARRAY:
                item = self.type_of(
                    schema.items or ANYTHING, f"{pointer}/items", f"{spec_name}.item"
                )
                return ir.Type(ir.TypeKind.LIST, arguments=(item,))
            case DataType.OBJECT:
                return objects.map_type(self, schema, pointer, spec_name)
            case _:
                return _scalar(_SCALARS[kind])

    def _one_of(self, schema: Schema, keyword: str, pointer: str, spec_name: str) -> ir.Type:
        variants: list[Node] = getattr(schema, keyword)
        nodes = [(variant, f"{pointer}/{keyword}/{i}") for i, variant in enumerate(variants)]
        rest = schema.model_copy(update={keyword: None, "discriminator": None})
        if schema.properties or schema.allOf:
            # What stands beside the alternatives belongs to each of them.
            nodes = [(objects.combined(rest, variant), at) for variant, at in nodes]
        shaped = [(node, at) for node, at in nodes if not is_shapeless(node)]
        return self.union(shaped, schema, pointer, spec_name, schema.discriminator)

    def _enum(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        values: list[Any] = schema.enum if schema.enum is not None else [schema.const]
        values = [value for value in values if value is not None]
        if not values:
            return ir.NONE
        name = self.class_name(spec_name)
        definition = enum_class(schema, values, name, spec_name)
        if definition is None:
            return join(scalar_types(values))
        self.registry.define(definition, pointer)
        return ir.Type(ir.TypeKind.CLASS, name)


def is_nullable(schema: Schema) -> bool:
    """Tell whether null is a value of the schema (`nullable` in 3.0, a type in 3.1)."""
    has_null = schema.enum is not None and None in schema.enum
    return (
        extension(schema, "nullable") is True or DataType.NULL in schema_types(schema) or has_null
    )


def _implied(schema: Schema) -> list[DataType]:
    """Return the type that the keywords of a schema without one are about."""
    if schema.additionalProperties is not None:
        return [DataType.OBJECT]
    return [DataType.ARRAY] if schema.items is not None else []


def _tags(
    nodes: list[tuple[Node, str]],
    types: list[ir.Type],
    discriminator: Discriminator,
    schemas: Schemas,
) -> tuple[ir.Tag, ...]:
    """Return the type for each value of a discriminator: as mapped, else by the schemas' names."""
    by_pointer = {
        schemas.context.resolve(node, at)[1]: type_
        for (node, at), type_ in zip(nodes, types, strict=True)
    }
    tags = {
        component_of(pointer)[1]: type_
        for pointer, type_ in by_pointer.items()
        if is_component(pointer)
    }
    mapped: dict[str, ir.Type] = {}
    for tag, target in (discriminator.mapping or {}).items():
        pointer = schemas.context.pointer_of(target)
        if pointer in by_pointer:
            mapped[tag] = by_pointer[pointer]
    named = set(mapped.values())
    implicit = {tag: type_ for tag, type_ in tags.items() if type_ not in named}
    return tuple(ir.Tag(tag, type_) for tag, type_ in {**mapped, **implicit}.items())


def _scalar(name: str) -> ir.Type:
    return ir.Type(ir.TypeKind.SCALAR, name)

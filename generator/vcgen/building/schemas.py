"""Schemas become types; those that need a class get one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from vcgen import ir
from vcgen.building.alternatives import Alternatives
from vcgen.building.context import Context, component_of, is_component
from vcgen.building.enums import enum_class, scalar_types
from vcgen.building.hiding import Hiding
from vcgen.building.limits import Limiting
from vcgen.building.objects import Objects
from vcgen.building.openapi import (
    ANYTHING,
    DataType,
    Node,
    Reference,
    Schema,
    extension,
    schema_types,
    unknown_keywords,
)
from vcgen.building.places import name_of_place
from vcgen.building.registry import Registry
from vcgen.building.subschemas import (
    Part,
    Parts,
    alternatives_of,
    gathered,
    has_properties,
    is_nullable,
    only_reference,
)
from vcgen.building.unions import join, optional
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text import naming
from vcgen.text.pointers import escaped

_STRINGS = {
    "date-time": "AwareDatetime",
    "date": "date",
    "time": "time",
    "duration": "IsoDuration",
    "uuid": "UUID",
    "byte": "bytes",
    "decimal": "Decimal",
}
_MOST_NESTED = 20
_SCALARS = {DataType.BOOLEAN: "bool", DataType.INTEGER: "int", DataType.NUMBER: "float"}


class Schemas:
    """The types of the package, made as operations reach them.

    Attributes:
        limiting: Finds the limits of their values.
        hiding: Knows which of their values are secret.
        scalars: What strings at some places are, whatever their formats say.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.registry = Registry(context)
        self.parts = Parts(context)
        self.limiting = Limiting(context)
        self.hiding = Hiding(context)
        self.scalars: dict[str, str] = {}
        self._objects = Objects(self)
        self._alternatives = Alternatives(self)
        self._types: dict[str, ir.Type] = {}
        self._open: set[str] = set()
        self._recursive: set[str] = set()

    def type_of(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a schema; `spec_name` names the class, should it need one."""
        if isinstance(node, Reference):
            type_ = self._of_reference(node, pointer)
            # It does not count in 3.0, and stands there because the value can be null.
            return optional(type_) if extension(node, "nullable") is True else type_
        for keyword, meant in unknown_keywords(node):
            self.context.refuse(
                f"{pointer}/{escaped(keyword)}",
                f'"{keyword}" is not a schema keyword',
                f'did the document mean "{meant}"?',
            )
        type_ = self._of_schema(node, pointer, spec_name)
        return optional(type_) if is_nullable(node) else type_

    def type_at(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a property, the same one for every class that takes it over."""
        if pointer not in self._types:
            name = name_of_place(self.context, pointer) or spec_name
            self._types[pointer] = self.type_of(node, pointer, name)
        return self._types[pointer]

    def type_in(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of what an operation sends or gets.

        In a component, it is the same one for every operation, and named after the component.
        """
        is_shared = bool(name_of_place(self.context, pointer))
        return (self.type_at if is_shared else self.type_of)(node, pointer, spec_name)

    def class_of(self, reference: Reference, pointer: str) -> ir.Type:
        """Return the type of a component itself, not of what its discriminator tells apart."""
        target: Schema
        target, at = self.context.resolve(reference, pointer)
        if at in self._open:
            self._recursive.add(at)
        elif at not in self._types:
            self.context.descent.into(lambda: self._make(target, at), lambda: self._begin(at))
        return self._types[at]

    def _make(self, target: Schema, at: str) -> None:
        """Find out the type of a component; until it is known, it has a name."""
        self._begin(at)
        name = component_of(at)[1]
        try:
            type_ = self.type_of(target, at, name)
        except BaseException:
            self._open.discard(at)
            del self._types[at]
            raise
        self._open.remove(at)
        self._types[at] = self._named(type_, target, at, name)

    def _begin(self, at: str) -> None:
        self._types[at] = ir.Type(ir.TypeKind.CLASS, self.class_name(component_of(at)[1], at))
        self._open.add(at)

    def class_name(self, spec_name: str, pointer: str) -> str:
        """Return the class for a schema, as configured or settled, or as its own name says."""
        options = self.context.options
        settled = options.settled.get(spec_name if is_component(pointer) else f"~{spec_name}")
        return (
            settled or options.schemas.get(spec_name) or naming.class_name(spec_name, options.roots)
        )

    def merged(
        self, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
    ) -> ir.Type:
        """Return the type of the values that are valid for every part."""
        return self._objects.merged(parts, doc, pointer, spec_name)

    def distributed(
        self,
        part: tuple[Schema, str],
        beside: Sequence[Part],
        doc: str | None,
        pointer: str,
        spec_name: str,
    ) -> ir.Type:
        """Return the union of the alternatives that a part lists, each with what is beside it."""
        return self._alternatives.distributed(part, beside, doc, pointer, spec_name)

    def own(self, pointer: str, spec_name: str) -> None:
        """State what the properties at a place belong to; the first to say so is right."""
        self._objects.own(pointer, spec_name)

    def admit_others(self, pointer: str) -> None:
        """State that an object of the schema at a place may have what others declare."""
        self._objects.admit_others(pointer)

    def unsupported(self, pointer: str, what: str) -> ir.Type:
        """Refuse a schema, and return what stands in for it while other problems are looked for."""
        self.context.refuse(
            pointer,
            f"{what} is not supported yet",
            EXCLUDE,
        )
        return ir.ANY

    def _of_reference(self, reference: Reference, pointer: str) -> ir.Type:
        own = self.class_of(reference, pointer)
        target: Schema
        target, at = self.context.resolve(reference, pointer)
        told = self.context.discriminator_of(component_of(at)[1]) if is_component(at) else None
        if told is None or target.oneOf or target.anyOf:
            return own
        place = f"{at}/discriminator"
        if place not in self._types:
            self._types[place] = self._alternatives.family(own, target, told, at)
        return self._types[place]

    def _named(self, type_: ir.Type, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        """Give a name to a type that contains itself and is no class: only a name can do so.

        What has too many others inside one another gets one, too: Python's parser gives up.
        """
        alias = ir.Type(ir.TypeKind.CLASS, self.class_name(spec_name, pointer))
        if pointer not in self._recursive and _height(type_) <= _MOST_NESTED:
            return type_
        if type_ == alias:
            if self.registry.is_object(alias) or self.registry.get(alias.name):
                return type_
            how = "is in its own allOf" if schema.allOf else "refers only to itself"
            return self.unsupported(pointer, f"a schema that {how}")
        parts = type_.alternatives
        made = self.registry.get(alias.name) if alias in parts else None
        inside = made.types if isinstance(made, ir.UnionClass) else ()
        types = (*inside, *(part for part in parts if part != alias))
        doc, deprecated = self.context.docs.of_class(schema.description), bool(schema.deprecated)
        definition = ir.UnionClass(alias.name, spec_name, types, "", (), doc, deprecated)
        if isinstance(made, ir.UnionClass):
            definition = replace(made, types=types)
        self.registry.define(definition, pointer)
        return alias

    def _of_schema(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        schema = gathered(schema)
        if schema.enum is not None or "const" in schema.given:
            return self._enum(schema, pointer, spec_name)
        # A component that extends another by nothing is a class of its own all the same.
        if not is_component(pointer) and (reference := only_reference(schema)):
            return self.type_of(reference, f"{pointer}/allOf/0", spec_name)
        if schema.allOf or alternatives_of(schema):
            return self._objects.of(schema, pointer, spec_name)
        stated = list(dict.fromkeys(schema_types(schema)))
        if stated == [DataType.NULL]:
            return ir.NONE
        kinds = [kind for kind in stated if kind is not DataType.NULL] or _implied(schema)
        types = [
            self._of_kind(kind, _only(kind, kinds, schema), pointer, spec_name) for kind in kinds
        ]
        return join(types) if types else ir.ANY

    def _of_kind(self, kind: DataType, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        match kind:
            case DataType.STRING:
                usual = "bytes" if schema.contentEncoding == "base64" else "str"
                usual = _STRINGS.get(schema.schema_format or "", usual)
                return _scalar(self.scalars.get(pointer, usual))
            case DataType.ARRAY:
                # The first items of a tuple may be of other types than the rest, if there is any.
                size = len(schema.prefixItems or ())
                is_open = size and (schema.maxItems is None or schema.maxItems > size)
                node = ANYTHING if is_open else schema.items or ANYTHING
                item = self.type_of(node, f"{pointer}/items", f"{spec_name}.item")
                return ir.Type(ir.TypeKind.LIST, arguments=(item,))
            case DataType.OBJECT if has_properties(schema):
                return self._objects.of(schema, pointer, spec_name)
            case DataType.OBJECT:
                return self._objects.map_of(schema, pointer, spec_name)
            case _:
                return _scalar(_SCALARS[kind])

    def _enum(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        values: list[Any] = schema.enum if schema.enum is not None else [schema.const]
        values = [value for value in values if value is not None]
        if not values:
            return ir.NONE
        name = self.class_name(spec_name, pointer)
        definition = enum_class(schema, values, name, spec_name, self.context.docs)
        if definition is None:
            return join(scalar_types(values))
        self.registry.define(definition, pointer)
        return ir.Type(ir.TypeKind.CLASS, name)


def _only(kind: DataType, kinds: Collection[DataType], schema: Schema) -> Schema:
    """Return what a schema of several types says of an object; of others, nothing has to go."""
    if kind is not DataType.OBJECT or len(kinds) == 1:
        return schema
    return schema.without("items", "prefixItems", "schema_format").changed(type=kind)


def _implied(schema: Schema) -> list[DataType]:
    """Return the type that the keywords of a schema without one are about."""
    if schema.properties or schema.additionalProperties is not None or schema.patternProperties:
        return [DataType.OBJECT]
    return [DataType.ARRAY] if schema.items is not None else []


def _height(type_: ir.Type) -> int:
    """Return how many types are inside one another."""
    return 1 + max(map(_height, type_.arguments), default=0)


def _scalar(name: str) -> ir.Type:
    return ir.Type(ir.TypeKind.SCALAR, name)

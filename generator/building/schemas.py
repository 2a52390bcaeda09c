"""Schemas become types, classes and enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator import ir, naming
from generator.building.context import Context, component_of
from generator.openapi import (
    ANYTHING,
    DataType,
    Reference,
    Schema,
    extension,
    pointer_part,
    unknown_keywords,
)
from generator.prose import clean, headed

_STRINGS = {"date-time": "AwareDatetime", "date": "date", "uuid": "UUID"}
_SCALARS = {
    DataType.BOOLEAN: "bool",
    DataType.INTEGER: "int",
    DataType.NUMBER: "float",
}
Node = Schema | Reference


class Schemas:
    """The classes of the package, made as operations reach them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._types: dict[str, ir.Type] = {}
        self._definitions: dict[str, ir.Struct | ir.EnumClass] = {}
        self._owners: dict[str, tuple[str, str]] = {}
        self._order: dict[str, tuple[int, ...]] = {}
        names = self._context.components.schemas or {}
        self._index = {name: index for index, name in enumerate(names)}

    def type_of(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a schema; `spec_name` names the class, should it need one."""
        if isinstance(node, Reference):
            return self._component(node, pointer)
        for keyword, meant in unknown_keywords(node):
            self._context.refuse(
                f"{pointer}/{pointer_part(keyword)}",
                f'"{keyword}" is not a schema keyword',
                f'did the document mean "{meant}"?',
            )
        type_ = self._type_of_schema(node, pointer, spec_name)
        return optional(type_) if is_nullable(node) else type_

    def definitions(self) -> tuple[ir.Struct | ir.EnumClass, ...]:
        """Return every class, in the order of the document, bases before what extends them."""
        ordered: dict[str, ir.Struct | ir.EnumClass] = {}
        for name in sorted(self._definitions, key=lambda name: self._order[name]):
            self._add_after_base(name, ordered)
        return tuple(ordered.values())

    def struct(self, type_: ir.Type) -> ir.Struct | None:
        """Return the object class that `type_` is, or None."""
        definition = self._definitions.get(type_.name)
        return definition if isinstance(definition, ir.Struct) else None

    def _add_after_base(self, name: str, ordered: dict[str, ir.Struct | ir.EnumClass]) -> None:
        definition = self._definitions[name]
        if isinstance(definition, ir.Struct) and definition.base in self._definitions:
            self._add_after_base(definition.base, ordered)
        ordered.setdefault(name, definition)

    def _component(self, reference: Reference, pointer: str) -> ir.Type:
        target: Schema
        target, target_pointer = self._context.resolve(reference, pointer)
        if target_pointer not in self._types:
            _, name = component_of(target_pointer)
            # What refers back to itself before it is known can only be a class.
            self._types[target_pointer] = ir.Type(ir.TypeKind.CLASS, self._class_name(name))
            self._types[target_pointer] = self.type_of(target, target_pointer, name)
        return self._types[target_pointer]

    def _type_of_schema(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        if schema.enum is not None:
            return self._enum(schema, pointer, spec_name)
        if schema.oneOf or schema.anyOf:
            return self._unsupported(pointer, "oneOf" if schema.oneOf else "anyOf")
        if schema.allOf:
            return self._all_of(schema, pointer, spec_name)
        kinds = [kind for kind in _types(schema) if kind is not DataType.NULL]
        if len(kinds) > 1:
            return self._unsupported(pointer, "a list of several types")
        if not kinds:
            return self._object(schema, pointer, spec_name) if schema.properties else ir.ANY
        match kinds[0]:
            case DataType.STRING:
                return _scalar(_STRINGS.get(schema.schema_format or "", "str"))
            case DataType.ARRAY:
                items = schema.items or ANYTHING
                item = self.type_of(items, f"{pointer}/items", f"{spec_name}.item")
                return ir.Type(ir.TypeKind.LIST, arguments=(item,))
            case DataType.OBJECT:
                return self._object(schema, pointer, spec_name)
            case kind:
                return _scalar(_SCALARS[kind])

    def _object(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        extra = schema.additionalProperties
        if schema.properties:
            if isinstance(extra, Schema | Reference):
                return self._unsupported(pointer, "additionalProperties beside properties")
            return self._struct(schema, pointer, spec_name)
        value = ir.ANY
        if isinstance(extra, Schema | Reference):
            value = self.type_of(extra, f"{pointer}/additionalProperties", f"{spec_name}.value")
        return ir.Type(ir.TypeKind.MAP, arguments=(value,))

    def _all_of(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        parts = list(enumerate(schema.allOf or []))
        references = [part for _, part in parts if isinstance(part, Reference)]
        own = [(part, f"{pointer}/allOf/{i}") for i, part in parts if isinstance(part, Schema)]
        if schema.properties:
            own.append((schema, pointer))
        if len(references) == 1 and not any(part.properties for part, _ in own):
            return self.type_of(references[0], pointer, spec_name)
        if not references and len(own) == 1:
            return self.type_of(own[0][0], own[0][1], spec_name)
        if len(references) > 1:
            return self._unsupported(pointer, "allOf of several references")
        base = self.type_of(references[0], pointer, spec_name) if references else None
        if base and not self.struct(base):
            return self._unsupported(pointer, "allOf of an object and something else")
        return self._struct(schema, pointer, spec_name, own, base.name if base else "Model")

    def _struct(
        self,
        schema: Schema,
        pointer: str,
        spec_name: str,
        parts: list[tuple[Schema, str]] | None = None,
        base: str = "Model",
    ) -> ir.Type:
        name = self._class_name(spec_name)
        type_ = ir.Type(ir.TypeKind.CLASS, name)
        self._types.setdefault(pointer, type_)
        self._claim(name, spec_name, pointer)
        fields: dict[str, ir.Field] = {}
        required = {*(schema.required or [])}.union(
            *((part.required or []) for part, _ in parts or [])
        )
        for part, at in parts or [(schema, pointer)]:
            for field in self._fields(part, at, spec_name, required):
                self._add_field(fields, field, f"{at}/properties", spec_name)
        struct = ir.Struct(
            name, spec_name, base, tuple(fields.values()), headed(schema.description)
        )
        self._define(struct, spec_name, pointer)
        return type_

    def _fields(
        self, schema: Schema, pointer: str, spec_name: str, required: set[str]
    ) -> Iterator[ir.Field]:
        renames = self._context.options.properties
        for spec_field, node in (schema.properties or {}).items():
            at = f"{pointer}/properties/{pointer_part(spec_field)}"
            type_ = self.type_of(node, at, f"{spec_name}.{spec_field}")
            yield ir.Field(
                renames.get(f"{spec_name}.{spec_field}") or naming.field_name(spec_field),
                spec_field,
                type_ if spec_field in required else optional(type_),
                spec_field in required,
                clean(node.description),
            )

    def _add_field(
        self, fields: dict[str, ir.Field], field: ir.Field, pointer: str, owner: str
    ) -> None:
        other = fields.setdefault(field.name, field)
        if other.spec_name != field.spec_name:
            self._context.refuse(
                f"{pointer}/{pointer_part(field.spec_name)}",
                f'properties "{other.spec_name}" and "{field.spec_name}" both become '
                f"the field {field.name}",
                f'name one in the configuration: rename.properties."{owner}.{field.spec_name}"',
            )

    def _enum(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        values = [value for value in schema.enum or [] if value is not None]
        if not all(isinstance(value, str) for value in values):
            return self._unsupported(pointer, "an enum of other values than strings")
        name = self._class_name(spec_name)
        docs = extension(schema, "x-enum-descriptions") or []
        members: dict[str, ir.Member] = {}
        for index, value in enumerate(dict.fromkeys(values)):
            doc = clean(docs[index]) if index < len(docs) else ""
            member = ir.Member(naming.member_name(value), value, doc)
            if members.setdefault(member.name, member) is not member:
                self._context.refuse(
                    f"{pointer}/enum/{index}",
                    f'enum values "{members[member.name].value}" and "{value}" both become '
                    f"the member {member.name}",
                    "leave out the operations that reach this place",
                )
        self._claim(name, spec_name, pointer)
        node = ir.EnumClass(name, spec_name, tuple(members.values()), headed(schema.description))
        self._define(node, spec_name, pointer)
        return ir.Type(ir.TypeKind.CLASS, name)

    def _claim(self, name: str, spec_name: str, pointer: str) -> None:
        other, other_pointer = self._owners.setdefault(name, (spec_name, pointer))
        if other != spec_name or other_pointer != pointer:
            self._context.refuse(
                pointer,
                f'schemas "{other}" and "{spec_name}" both become the class {name}',
                f'name one in the configuration: rename.schemas."{spec_name}" = "..."',
            )

    def _define(self, node: ir.Struct | ir.EnumClass, spec_name: str, pointer: str) -> None:
        if self._owners[node.name] != (spec_name, pointer):
            return
        component = component_of(pointer)[1].partition("/")[0] if "#/components" in pointer else ""
        index = self._index.get(component, len(self._index))
        self._order[node.name] = (index, pointer.count("/"), len(self._order))
        self._definitions[node.name] = node

    def _class_name(self, spec_name: str) -> str:
        options = self._context.options
        return options.schemas.get(spec_name) or naming.class_name(spec_name, options.roots)

    def _unsupported(self, pointer: str, what: str) -> ir.Type:
        self._context.refuse(
            pointer,
            f"{what} is not supported yet",
            "leave out the operations that reach this place",
        )
        return ir.ANY


def optional(type_: ir.Type) -> ir.Type:
    """Return the type that also takes None."""
    if type_ == ir.ANY or type_ == ir.NONE:
        return type_
    parts = type_.arguments if type_.kind is ir.TypeKind.UNION else (type_,)
    if ir.NONE in parts:
        return type_
    return replace(ir.Type(ir.TypeKind.UNION), arguments=(*parts, ir.NONE))


def is_nullable(schema: Schema) -> bool:
    """Tell whether null is a value of the schema (`nullable` in 3.0, a type in 3.1)."""
    has_null = DataType.NULL in _types(schema) or (schema.enum is not None and None in schema.enum)
    return extension(schema, "nullable") is True or has_null


def _types(schema: Schema) -> list[DataType]:
    if schema.type is None:
        return []
    return schema.type if isinstance(schema.type, list) else [schema.type]


def _scalar(name: str) -> ir.Type:
    return ir.Type(ir.TypeKind.SCALAR, name)

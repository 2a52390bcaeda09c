"""Objects: properties become fields, allOf becomes inheritance or a merge, the rest become maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator import ir, naming
from generator.building.context import component_of, is_component
from generator.building.unions import optional, without_none
from generator.openapi import Node, Reference, Schema, is_shapeless, pointer_part
from generator.prose import clean, headed

if TYPE_CHECKING:
    from generator.building.schemas import Schemas


@dataclass
class _Parts:
    """What an object schema is put together from."""

    own: list[tuple[Schema, str]] = field(default_factory=list)
    bases: list[tuple[Reference, str]] = field(default_factory=list)
    others: list[tuple[Schema, str]] = field(default_factory=list)
    required: set[str] = field(default_factory=set)


def object_type(schemas: Schemas, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
    """Return the type of a schema with properties or allOf."""
    parts = _Parts()
    _collect(schema, pointer, parts)
    if unions := [part for part in parts.others if part[0].oneOf or part[0].anyOf]:
        return _distributed(schemas, schema, parts, unions[0], pointer, spec_name)
    bases = [(schemas.class_of(*base), base) for base in parts.bases]
    if not any(part.properties for part, _ in parts.own):
        if len(bases) == 1 and not _tightens(schemas, bases[0][0], parts):
            # A component that adds nothing is its base, and not all that its base may be.
            alone = bases[0][0] if is_component(pointer) else None
            return alone or schemas.type_of(*parts.bases[0], spec_name)
        if not bases:
            shaped = [part for part in parts.others if not is_shapeless(part[0])]
            return schemas.type_of(*shaped[0], spec_name) if shaped else ir.ANY
    structs = [(schemas.registry.struct(type_), base) for type_, base in bases]
    for struct, (reference, at) in structs:
        if struct is None:
            return _without_class(schemas, parts, reference, at, spec_name)
    name = schemas.class_name(spec_name)
    own = list(_fields(schemas, parts, name, spec_name))
    inherited = [struct for struct, _ in structs if struct is not None]
    struct = _assemble(schemas, name, spec_name, inherited, own, parts.required)
    _refuse_clashes(schemas, struct, pointer)
    schemas.registry.define(replace(struct, doc=headed(schema.description)), pointer)
    return ir.Type(ir.TypeKind.CLASS, name)


def map_type(schemas: Schemas, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
    """Return the type of an object without properties of its own."""
    extra = schema.additionalProperties
    value = ir.ANY
    if isinstance(extra, Schema | Reference):
        value = schemas.type_of(extra, f"{pointer}/additionalProperties", f"{spec_name}.value")
    return ir.Type(ir.TypeKind.MAP, arguments=(value,))


def combined(rest: Schema, variant: Node) -> Schema:
    """Return the schema of a variant together with what stands beside the alternatives."""
    return Schema.model_construct(
        _fields_set={"allOf"}, allOf=[variant, rest], description=rest.description
    )


def variant_name(spec_name: str, node: Node, index: int) -> str:
    """Return the name for the class of an alternative: its own, or its place among the others."""
    if isinstance(node, Schema) and node.allOf and isinstance(node.allOf[0], Reference):
        return f"{spec_name}.{component_of(node.allOf[0].ref)[1]}"
    return f"{spec_name}.{index + 1}"


def _collect(schema: Schema, pointer: str, parts: _Parts) -> None:
    parts.required.update(schema.required or [])
    if schema.properties:
        parts.own.append((schema, pointer))
    for index, node in enumerate(schema.allOf or []):
        at = f"{pointer}/allOf/{index}"
        if isinstance(node, Reference):
            parts.bases.append((node, at))
        elif node.allOf or node.properties:
            _collect(node, at, parts)
        else:
            parts.required.update(node.required or [])
            parts.others.append((node, at))
    if schema.allOf and (schema.oneOf or schema.anyOf):
        parts.others.append((schema.model_copy(update={"allOf": None}), pointer))


def _tightens(schemas: Schemas, base: ir.Type, parts: _Parts) -> bool:
    """Tell whether a schema requires a property that its base leaves optional."""
    struct = schemas.registry.struct(base)
    fields = _inherited(schemas, struct) if struct else {}
    return any(name in fields and not fields[name].required for name in parts.required)


def _distributed(
    schemas: Schemas,
    schema: Schema,
    parts: _Parts,
    union: tuple[Schema, str],
    pointer: str,
    spec_name: str,
) -> ir.Type:
    """Return the union of all alternatives inside an allOf, each with what stands beside them."""
    inner, at = union
    keyword = "oneOf" if inner.oneOf else "anyOf"
    others = [node for node in schema.allOf or [] if node is not inner]
    rest = schema.model_copy(update={"allOf": others or None, "oneOf": None, "anyOf": None})
    nodes: list[tuple[Node, str]] = [
        (combined(rest, variant), f"{at}/{keyword}/{index}")
        for index, variant in enumerate(getattr(inner, keyword))
    ]
    return schemas.union(nodes, schema, pointer, spec_name, inner.discriminator)


def _without_class(
    schemas: Schemas, parts: _Parts, reference: Reference, pointer: str, spec_name: str
) -> ir.Type:
    """Return the type of an allOf in which something is no object class."""
    if len(parts.bases) == 1 and not parts.own:
        return schemas.type_of(reference, pointer, spec_name)
    return schemas.unsupported(pointer, "allOf of an object and something else")


def _fields(schemas: Schemas, parts: _Parts, owner: str, spec_name: str) -> Iterator[ir.Field]:
    renames = schemas.context.options.properties
    for schema, pointer in parts.own:
        extra = schema.additionalProperties
        if isinstance(extra, Schema | Reference):
            schemas.unsupported(
                f"{pointer}/additionalProperties", "typed additionalProperties beside properties"
            )
        for spec_field, node in (schema.properties or {}).items():
            at = f"{pointer}/properties/{pointer_part(spec_field)}"
            type_ = schemas.type_of(node, at, f"{spec_name}.{spec_field}")
            yield ir.Field(
                renames.get(f"{spec_name}.{spec_field}") or naming.field_name(spec_field),
                spec_field,
                type_,
                spec_field in parts.required and not _is_one_way(node),
                clean(node.description),
            )


def _is_one_way(node: Node) -> bool:
    """Tell whether a property is left out in one direction: it cannot be required of both."""
    return isinstance(node, Schema) and bool(node.readOnly or node.writeOnly)


def _assemble(
    schemas: Schemas,
    name: str,
    spec_name: str,
    bases: list[ir.Struct],
    own: list[ir.Field],
    required: set[str],
) -> ir.Struct:
    """Return the class: it extends its one base, unless it says otherwise of a field there."""
    inherited: dict[str, ir.Field] = {}
    for base in bases:
        inherited.update(_inherited(schemas, base))
    mine = {one.spec_name: one for one in own}
    repeats = {key: one for key, one in mine.items() if key in inherited}
    agrees = all(_same(one, inherited[key]) for key, one in repeats.items())
    tightened = any(key in required and not one.required for key, one in inherited.items())
    if len(bases) == 1 and agrees and not tightened:
        fields = [one for key, one in mine.items() if key not in inherited]
        return ir.Struct(name, spec_name, bases[0].name, tuple(map(_final, fields)), "")
    merged = {**inherited, **mine}
    fields = [replace(one, required=one.required or key in required) for key, one in merged.items()]
    return ir.Struct(name, spec_name, "Model", tuple(map(_final, fields)), "")


def _same(one: ir.Field, other: ir.Field) -> bool:
    same_type = without_none(one.type) == without_none(other.type)
    return same_type and one.required == other.required


def _final(one: ir.Field) -> ir.Field:
    return one if one.required else replace(one, type=optional(one.type))


def _inherited(schemas: Schemas, struct: ir.Struct) -> dict[str, ir.Field]:
    """Return the fields of a class and of what it extends, by name on the wire."""
    base = schemas.registry.get(struct.base)
    above = _inherited(schemas, base) if isinstance(base, ir.Struct) else {}
    return above | {one.spec_name: one for one in struct.fields}


def _refuse_clashes(schemas: Schemas, struct: ir.Struct, pointer: str) -> None:
    names: dict[str, str] = {}
    for one in struct.fields:
        other = names.setdefault(one.name, one.spec_name)
        if other != one.spec_name:
            schemas.context.refuse(
                f"{pointer}/properties/{pointer_part(one.spec_name)}",
                f'properties "{other}" and "{one.spec_name}" both become the field {one.name}',
                "name one in the configuration: "
                f'rename.properties."{struct.spec_name}.{one.spec_name}" = "..."',
            )

"""Objects: properties become fields, allOf becomes inheritance or a merge, the rest become maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vcgen import ir
from vcgen.building.alternatives import distributed
from vcgen.building.clashes import settled_fields
from vcgen.building.constraints import both, facts_of
from vcgen.building.context import is_component
from vcgen.building.limits import strictest
from vcgen.building.openapi import Node, Reference, Schema, is_never, is_shapeless
from vcgen.building.subschemas import (
    Part,
    alternatives_of,
    declared,
    has_properties,
    is_deprecated,
    is_plain_object,
    once,
    property_pointer,
    required_of,
    types_others,
    without,
)
from vcgen.building.unions import narrower, optional, without_null
from vcgen.text import naming

if TYPE_CHECKING:
    from vcgen.building.schemas import Schemas


def object_type(schemas: Schemas, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
    """Return the type of a schema with properties or allOf."""
    parts = list(schemas.parts.of(schema, pointer))
    return merged(schemas, parts, schema.description, pointer, spec_name)


def merged(
    schemas: Schemas, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
) -> ir.Type:
    """Return the type of the values that are valid for every part."""
    parts = once(parts)
    for index, (part, at) in enumerate(parts):
        if isinstance(part, Schema) and alternatives_of(part):
            beside = [*parts[:index], *parts[index + 1 :]]
            return distributed(schemas, (part, at), beside, doc, pointer, spec_name)
    bases = [(part, at) for part, at in parts if isinstance(part, Reference)]
    rest = [(part, at) for part, at in parts if isinstance(part, Schema)]
    if len(bases) == 1 and _adds_nothing(schemas, bases[0], rest):
        # A component that adds nothing is its base, and not all that its base may be.
        type_ = schemas.class_of(*bases[0]) if is_component(pointer) else None
        return type_ or schemas.type_of(*bases[0], spec_name)
    types = [schemas.class_of(*base) for base in bases]
    if _is_object(schemas, types) or any(has_properties(part) for part, _ in rest):
        _promise(schemas, parts, doc, pointer, spec_name)
        return ir.Type(ir.TypeKind.CLASS, schemas.class_name(spec_name, pointer))
    types += [schemas.type_of(*part, spec_name) for part in rest if not is_shapeless(part[0])]
    return _common(schemas, types, pointer)


def map_type(schemas: Schemas, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
    """Return the type of an object without properties of its own."""
    extra = schema.additionalProperties
    value = ir.ANY
    if isinstance(extra, Schema | Reference):
        value = schemas.type_of(extra, f"{pointer}/additionalProperties", f"{spec_name}.value")
    return ir.Type(ir.TypeKind.MAP, arguments=(value,))


def _is_object(schemas: Schemas, types: Sequence[ir.Type]) -> bool:
    """Tell whether the values that all types have are those of an object class."""
    classes = [type_ for type_ in types if schemas.registry.is_object(without_null(type_))]
    maps = [type_ for type_ in types if without_null(type_).kind is ir.TypeKind.MAP]
    return bool(classes) and len(classes) + len(maps) == len(types)


def _adds_nothing(
    schemas: Schemas, base: tuple[Reference, str], rest: Sequence[tuple[Schema, str]]
) -> bool:
    """Tell whether the parts beside a base only repeat what it says already."""
    is_plain = all(is_plain_object(part) for part, _ in rest)
    if not is_plain or types_others(schemas.context, rest):
        return False
    found = declared(schemas.context, rest)
    required = required_of(rest)
    # All that a base and its own bases have takes its time to look up.
    known = declared(schemas.context, [base]) if found or required else {}
    return all(name in known and known[name][0] == node for name, (node, _) in found.items()) and (
        all(known[name][1] for name in required if name in known)
    )


def _common(schemas: Schemas, types: Sequence[ir.Type], pointer: str) -> ir.Type:
    """Return the type of the values that all types have."""
    common: ir.Type | None = ir.ANY
    for type_ in types:
        common = common and narrower(common, type_, schemas.registry)
    return common or schemas.unsupported(pointer, "allOf of types that have no value in common")


def _promise(
    schemas: Schemas, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
) -> None:
    """Have the class of an object made once its bases can be."""
    name = schemas.class_name(spec_name, pointer)
    is_open = types_others(schemas.context, parts)

    def build() -> None:
        others = _others(schemas, parts, pointer, spec_name) if is_open else None
        limits = strictest(
            *(schemas.limiting.own(one).items() for one, _ in parts if isinstance(one, Schema))
        )
        head = schemas.context.docs.of_class(doc), is_deprecated(parts)
        plain = ir.Struct(name, spec_name, "", (), *head, others, limits)
        own = list(_fields(schemas, parts, spec_name))
        bases = list(_bases(schemas, parts))
        struct = _assemble(schemas, plain, bases, own, parts, pointer)
        _refuse_undecodable(schemas, struct, pointer)
        schemas.registry.define(struct, pointer)

    schemas.registry.promise(name, pointer, build, is_open=is_open)


def _bases(schemas: Schemas, parts: Sequence[Part]) -> Iterator[ir.Struct]:
    for part, at in parts:
        if isinstance(part, Schema):
            if not is_plain_object(part):
                rest = without(part, "properties", "additionalProperties")
                _refuse_mixture(schemas, without_null(schemas.type_of(rest, at, at)), at)
            continue
        type_ = without_null(schemas.class_of(part, at))
        if struct := schemas.registry.struct(type_):
            yield struct
        elif schemas.registry.is_object(type_):
            # If there is a class of that name, it is another's, and the clash is refused.
            if schemas.registry.get(type_.name) is None:
                schemas.unsupported(at, "a schema that extends itself")
        else:
            _refuse_mixture(schemas, type_, at)


def _refuse_mixture(schemas: Schemas, type_: ir.Type, pointer: str) -> None:
    """Refuse what says of an object that it is something else."""
    if type_ != ir.ANY and type_.kind is not ir.TypeKind.MAP:
        schemas.unsupported(pointer, "allOf of an object and something else")


def _others(schemas: Schemas, parts: Sequence[Part], pointer: str, spec_name: str) -> ir.Type:
    """Return the type of the properties that no part declares."""
    types: list[ir.Type] = []
    for part, at in parts:
        if isinstance(part, Reference):
            type_ = without_null(schemas.class_of(part, at))
            struct = schemas.registry.struct(type_)
            types += type_.arguments if type_.kind is ir.TypeKind.MAP else ()
            types += [struct.others] if struct and struct.others else []
        elif isinstance(node := part.additionalProperties, Schema | Reference):
            at = f"{at}/additionalProperties"
            types.append(schemas.type_at(node, at, f"{spec_name}.value"))
    return _common(schemas, types, pointer)


def _fields(schemas: Schemas, parts: Sequence[Part], spec_name: str) -> Iterator[ir.Field]:
    required = required_of(parts)
    for schema, pointer in parts:
        properties = schema.properties if isinstance(schema, Schema) else None
        for spec_field, node in (properties or {}).items():
            at = property_pointer(pointer, spec_field)
            owner = schemas.owners.get(pointer, spec_name)
            type_ = schemas.type_at(node, at, f"{owner}.{spec_field}")
            access = _access(node)
            yield ir.Field(
                naming.field_name(spec_field),
                spec_field,
                type_,
                spec_field in required and not access,
                schemas.context.docs.of_value(node.description),
                takes_null=ir.NONE in (type_, *type_.arguments) or type_ == ir.ANY,
                access=access,
                is_listed=spec_field in required,
                **facts_of(schemas.context, schemas.limiting, node, type_),
            )


def _access(node: Node) -> str:
    """Return which way alone a property goes, "" if it goes both."""
    if not isinstance(node, Schema):
        return ""
    return "read" if node.readOnly else "write" if node.writeOnly else ""


def _assemble(
    schemas: Schemas,
    struct: ir.Struct,
    bases: list[ir.Struct],
    own: list[ir.Field],
    parts: Sequence[Part],
    pointer: str,
) -> ir.Struct:
    """Return the class: it extends its one base, unless it says otherwise of a field there."""
    inherited: dict[str, ir.Field] = {}
    for base in bases:
        for above in reversed(schemas.registry.lineage(base)):
            _add(schemas, inherited, above.fields)
    merged = dict(inherited)
    _add(schemas, merged, own)
    required, banned = required_of(parts), _banned(schemas, parts)
    found = {key: one for key, one in merged.items() if key not in banned}
    tightened = [_tightened(one, key in required) for key, one in found.items()]
    fields = settled_fields(schemas.context, struct, tightened, inherited, pointer)
    is_same = all(key in fields and _is_same(fields[key], one) for key, one in inherited.items())
    if len(bases) == 1 and bases[0].others == struct.others and is_same:
        fields = {key: one for key, one in fields.items() if key not in inherited}
        return replace(struct, base=bases[0].name, fields=tuple(fields.values()))
    own_base = ir.OPEN_MODEL if struct.others else ir.MODEL
    return replace(struct, base=own_base, fields=tuple(fields.values()))


def _banned(schemas: Schemas, parts: Iterable[Part]) -> set[str]:
    """Return the properties that an object cannot have."""
    return {
        name
        for part, at in parts
        if isinstance(part, Schema)
        for name, node in (part.properties or {}).items()
        if is_never(schemas.context.resolve_part((node, at))[0])
    }


def _add(schemas: Schemas, fields: dict[str, ir.Field], more: Iterable[ir.Field]) -> None:
    """Add fields to others; what is said twice of one holds together."""
    for one in more:
        other = fields.get(one.spec_name)
        fields[one.spec_name] = _both(schemas, other, one) if other else one


def _both(schemas: Schemas, first: ir.Field, second: ir.Field) -> ir.Field:
    one, other = without_null(first.type), without_null(second.type)
    takes_null = first.takes_null and second.takes_null
    common = narrower(one, other, schemas.registry) or other
    return replace(
        second,
        type=optional(common) if takes_null else common,
        required=first.required or second.required,
        doc=second.doc or first.doc,
        takes_null=takes_null,
        access=first.access or second.access,
        is_listed=first.is_listed or second.is_listed,
        **both(first, second),
    )


def _is_same(one: ir.Field, other: ir.Field) -> bool:
    """Tell whether two fields are written alike."""
    return one is other or (one.shape, one.docstring) == (other.shape, other.docstring)


def _tightened(one: ir.Field, is_required: bool) -> ir.Field:
    """Return a field as it is in the class: None where it may be absent, and where it is null."""
    required = one.required or (is_required and not one.is_one_way)
    has_none = ir.NONE in one.type.alternatives
    if required is one.required and has_none is ((one.takes_null and has_none) or not required):
        return one  # what most classes take over from their bases
    type_ = one.type if one.takes_null else without_null(one.type)
    is_listed = one.is_listed or is_required
    type_ = type_ if required else optional(type_)
    return replace(one, type=type_, required=required, is_listed=is_listed)


def _refuse_undecodable(schemas: Schemas, struct: ir.Struct, pointer: str) -> None:
    for one in struct.fields:
        if one.is_renamed and any(c in '"\\' or c < " " for c in one.spec_name):
            schemas.context.refuse(
                property_pointer(pointer, one.spec_name),
                "a property whose name holds a quote, backslash or control character cannot be "
                "decoded",
                "leave out the operations that reach this place",
            )

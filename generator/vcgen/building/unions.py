"""Alternatives (oneOf, anyOf, lists of types, discriminators) become unions."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen import ir
from vcgen.building.registry import Registry
from vcgen.records import replace

# The scalars that JSON writes as strings: no decoder could tell two of them apart.
_STRINGS = frozenset(
    {"AwareDatetime", "Decimal", "IsoDuration", "UUID", "bytes", "date", "str", "time"}
)

_INT, _FLOAT = ir.Type(ir.TypeKind.SCALAR, "int"), ir.Type(ir.TypeKind.SCALAR, "float")
_DURATION = ir.Type(ir.TypeKind.SCALAR, "IsoDuration")


def join(types: Iterable[ir.Type]) -> ir.Type:
    """Return the union of types: each once, None last, and anything makes it anything."""
    every = [part for type_ in types for part in type_.alternatives]
    if len(every) < 2:
        return every[0] if every else ir.NONE
    parts = dict.fromkeys(every)
    if ir.ANY in parts:
        return ir.ANY
    ordered = [part for part in parts if part != ir.NONE]
    ordered += [ir.NONE] if ir.NONE in parts else []
    if len(ordered) == 1:
        return ordered[0]
    return ir.Type(ir.TypeKind.UNION, arguments=tuple(ordered))


def optional(type_: ir.Type) -> ir.Type:
    """Return the type that also takes None."""
    return join((type_, ir.NONE))


def without_none(type_: ir.Type) -> tuple[ir.Type, ...]:
    """Return the alternatives of a type that are not None."""
    return tuple(part for part in type_.alternatives if part != ir.NONE)


def without_null(type_: ir.Type) -> ir.Type:
    """Return a type as it is where it is not None."""
    return join(without_none(type_)) if type_.kind is ir.TypeKind.UNION else type_


def as_argument(type_: ir.Type) -> ir.Type:
    """Return a type as an argument has it: what takes a float takes an integer."""
    parts = type_.alternatives
    return join(part for part in parts if part != _INT) if _FLOAT in parts else type_


def is_told_apart(types: Iterable[ir.Type], registry: Registry) -> bool:
    """Tell whether the JSON decoder can see from a value alone which of the types it has."""
    # The decoder does not know a duration by itself.
    kinds = ["alias" if one == _DURATION else _wire_kind(one, registry) for one in types]
    return len(kinds) == 1 or ("alias" not in kinds and len(set(kinds)) == len(kinds))


def narrower(one: ir.Type, other: ir.Type, registry: Registry) -> ir.Type | None:
    """Return the type of the values that both types have, None where we have no such type."""
    for first, second in ((one, other), (other, one)):
        parts = without_none(second)
        if second == ir.ANY or first == second:
            return first
        if all(_is_among(part, parts, registry) for part in without_none(first)):
            takes_none = ir.NONE in first.arguments and ir.NONE in second.arguments
            return first if takes_none else without_null(first)
    return None


def _is_among(type_: ir.Type, parts: tuple[ir.Type, ...], registry: Registry) -> bool:
    """Tell whether every value of a type is one of the other types, too."""
    if type_ in parts or any(_lists_all_of(part, type_, registry) for part in parts):
        return True
    kind = _wire_kind(type_, registry)
    wider = {
        "string": ir.Type(ir.TypeKind.SCALAR, "str"),
        "int": ir.Type(ir.TypeKind.SCALAR, "int"),
        "object": ir.Type(ir.TypeKind.MAP, arguments=(ir.ANY,)),
        "array": ir.Type(ir.TypeKind.LIST, arguments=(ir.ANY,)),
    }
    number = ir.Type(ir.TypeKind.SCALAR, "float")
    return wider.get(kind) in parts or (kind == "int" and number in parts)


def _lists_all_of(type_: ir.Type, other: ir.Type, registry: Registry) -> bool:
    """Tell whether an enumeration lists all the values of another."""
    whole, part = registry.enum(type_), registry.enum(other)
    if whole is None or part is None:
        return False
    return {one.value for one in part.members} <= {one.value for one in whole.members}


def absorbed(types: Iterable[ir.Type], registry: Registry) -> tuple[ir.Type, ...]:
    """Return alternatives without those that an open enumeration beside them has already."""
    parts = tuple(types)
    enums = {part: found for part in parts if (found := registry.enum(part))}
    kinds = {part: enum.scalar.name for part, enum in enums.items()}
    names = {part.name for part in parts}
    return tuple(
        replace(part, takes_any=True) if kinds.get(part) in names else part
        for part in parts
        if part.name not in kinds.values()
    )


def _wire_kind(type_: ir.Type, registry: Registry) -> str:
    match type_.kind:
        case ir.TypeKind.LIST:
            return "array"
        case ir.TypeKind.MAP:
            return "object"
        case ir.TypeKind.SCALAR:
            return "string" if type_.name in _STRINGS else type_.name
        case _:
            definition = registry.enum(type_)
    if definition:
        return "int" if definition.is_integer else "string"
    # A name that is not known yet is that of a type which is being made.
    return "object" if registry.is_object(type_) else "alias"

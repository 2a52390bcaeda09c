"""Alternatives (oneOf, anyOf, lists of types, discriminators) become unions."""

from __future__ import annotations

from collections.abc import Iterable

from generator import ir
from generator.building.registry import Registry

# The scalars that JSON writes as strings: no decoder could tell two of them apart.
_STRINGS = frozenset(
    {"AwareDatetime", "Decimal", "UUID", "bytes", "date", "str", "time", "timedelta"}
)


def join(types: Iterable[ir.Type]) -> ir.Type:
    """Return the union of types: each once, None last, and anything makes it anything."""
    parts: dict[ir.Type, None] = {}
    for type_ in types:
        inside = type_.arguments if type_.kind is ir.TypeKind.UNION else (type_,)
        parts.update(dict.fromkeys(inside))
    if not parts:
        return ir.NONE
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
    parts = type_.arguments if type_.kind is ir.TypeKind.UNION else (type_,)
    return tuple(part for part in parts if part != ir.NONE)


def is_told_apart(types: Iterable[ir.Type], registry: Registry) -> bool:
    """Tell whether the JSON decoder can see from a value alone which of the types it has."""
    kinds = [_wire_kind(type_, registry) for type_ in types]
    return len(kinds) == 1 or ("alias" not in kinds and len(set(kinds)) == len(kinds))


def _wire_kind(type_: ir.Type, registry: Registry) -> str:
    match type_.kind:
        case ir.TypeKind.LIST:
            return "array"
        case ir.TypeKind.MAP:
            return "object"
        case ir.TypeKind.SCALAR:
            return "string" if type_.name in _STRINGS else type_.name
        case _:
            definition = registry.get(type_.name)
    if isinstance(definition, ir.EnumClass):
        return "int" if definition.is_integer else "string"
    return "alias" if isinstance(definition, ir.UnionClass) else "object"

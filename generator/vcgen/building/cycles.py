"""Circles: alternatives that are, by way of others, among themselves become one list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vcgen import ir
from vcgen.building.context import Context
from vcgen.text.pointers import escaped

_Unions = Mapping[str, ir.UnionClass]
_MAP = ir.Type(ir.TypeKind.MAP, arguments=(ir.ANY,))


def without_cycles(
    context: Context, definitions: Iterable[ir.Definition]
) -> tuple[ir.Definition, ...]:
    """Return the classes, and no union that is one of its own alternatives.

    What a list or an object has inside comes back to an end; a cycle of names does not.
    """
    found = tuple(definitions)
    unions = {one.name: one for one in found if isinstance(one, ir.UnionClass)}
    made = [_unwound(one, unions) if isinstance(one, ir.UnionClass) else one for one in found]
    for one in made:
        if isinstance(one, ir.UnionClass) and not one.types:
            context.refuse(
                f"#/components/schemas/{escaped(one.spec_name)}",
                "a schema that refers only to itself is not supported yet",
                "exclude the operations that reach this place",
            )
    return tuple(made)


def _unwound(union: ir.UnionClass, unions: _Unions) -> ir.UnionClass:
    """Return a union with the alternatives of all that are in a cycle with it for its own."""
    cycle = {name for name in _within(union, unions) if union.name in _within(unions[name], unions)}
    if not cycle:
        return union
    members = [union, *(unions[name] for name in unions if name in cycle - {union.name})]
    types = dict.fromkeys(one for member in members for one in member.types)
    kept = [one for one in types if one.name not in cycle]
    # Where nothing else fits, the last one has to.
    return replace(union, types=tuple(sorted(kept, key=lambda one: one == _MAP)))


def _within(union: ir.UnionClass, unions: _Unions) -> set[str]:
    """Return the unions among the alternatives of one, and among theirs."""
    found: set[str] = set()
    waiting = [union]
    while waiting:
        names = {one.name for one in waiting.pop().types if one.name in unions} - found
        found |= names
        waiting += (unions[name] for name in names)
    return found

"""Circles: alternatives that are, by way of others, among themselves become one list of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Set

from vcgen import ir
from vcgen.building.context import Context
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text.pointers import escaped

_Unions = Mapping[str, ir.UnionClass]


def without_cycles(
    context: Context, definitions: Iterable[ir.Definition]
) -> tuple[ir.Definition, ...]:
    """Return the classes, and no union that is one of its own alternatives.

    What a list or an object has inside comes back to an end; a cycle of names does not.
    """
    found = tuple(definitions)
    unions = {one.name: one for one in found if isinstance(one, ir.UnionClass)}
    cycles = _cycles(unions)
    made = [
        _unwound(one, unions, cycles[one.name]) if isinstance(one, ir.UnionClass) else one
        for one in found
    ]
    for one in made:
        if isinstance(one, ir.UnionClass) and not one.types:
            context.refuse(
                f"#/components/schemas/{escaped(one.spec_name)}",
                "a schema that refers only to itself is not supported yet",
                EXCLUDE,
            )
    return tuple(made)


def _unwound(union: ir.UnionClass, unions: _Unions, cycle: Set[str]) -> ir.UnionClass:
    """Return a union with the alternatives of all that are in a cycle with it for its own."""
    if not cycle:
        return union
    members = [union, *(unions[name] for name in unions if name in cycle - {union.name})]
    types = dict.fromkeys(one for member in members for one in member.types)
    kept = [one for one in types if one.name not in cycle]
    # Where nothing else fits, the last one has to.
    return replace(union, types=tuple(sorted(kept, key=lambda one: one == ir.ANY_MAP)))


def _cycles(unions: _Unions) -> Mapping[str, Set[str]]:
    """Return those that are in a cycle with each union, itself included; none if it is in none.

    They are the strongly connected components of the graph of alternatives, found in linear time
    (Kosaraju and Sharir).
    """
    inner = {
        name: [one.name for one in union.types if one.name in unions]
        for name, union in unions.items()
    }
    outer: dict[str, list[str]] = {name: [] for name in inner}
    for name, found in inner.items():
        for one in found:
            outer[one].append(name)
    cycles: dict[str, Set[str]] = {}
    for name in reversed(_by_end(inner)):
        if name not in cycles:
            component = _reached(name, outer, cycles)
            is_cycle = len(component) > 1 or name in inner[name]
            cycles |= dict.fromkeys(component, component if is_cycle else frozenset[str]())
    return cycles


def _by_end(graph: Mapping[str, list[str]]) -> list[str]:
    """Return the nodes of a graph, each after what is first reached from it."""
    order: list[str] = []
    seen: set[str] = set()
    for root in graph:
        waiting = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while waiting:
            name, rest = waiting[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                order.append(name)
                waiting.pop()
            else:
                seen.add(following)
                waiting.append((following, iter(graph[following])))
    return order


def _reached(start: str, graph: Mapping[str, list[str]], without: Container[str]) -> Set[str]:
    """Return what is reached from a node of a graph, by nodes that are not left out."""
    found = {start}
    waiting = [start]
    while waiting:
        new = {one for one in graph[waiting.pop()] if one not in found and one not in without}
        found |= new
        waiting += new
    return found

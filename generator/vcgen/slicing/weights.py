"""Weights: the schemas of a slice through which most of the others are reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from heapq import nlargest
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.records import Record
from vcgen.slicing.opaque import is_object
from vcgen.slicing.reaching import SCHEMAS, Unit, subtypes, targets, units

# A client of fewer schemas is short enough, and so is one of a few for each operation.
_MANY = 100
_MANY_FOR_ONE = 20
# How many are proposed, out of how many that refer to most others, and the share of all
# schemas that each must leave out.
_MOST = 4
_CONSIDERED = 200
_WORTH = 0.05


class Proposal(Record):
    """Schemas without whose insides a client would be much shorter.

    Attributes:
        schemas: How many schemas the operations reach.
        names: Those that would best be opaque, the most important first.
        left: How many would be reached then.
    """

    schemas: int
    names: tuple[str, ...]
    left: int


def proposed(tree: Mapping[str, Any]) -> Proposal | None:
    """Return which schemas of a slice to make opaque, None where none is worth it.

    What an operation takes or returns itself is none of these.
    """
    parts = dict(units(tree))
    graph = {unit: {*targets(node)} for unit, node in parts.items()}
    for base, subtype in subtypes(tree):
        graph[base].add(subtype)
    begin = [unit for unit in parts if unit[0] == "paths"]
    every = _schemas(_reached(graph, begin, ()))
    operations = sum(len(unit) == 3 for unit in begin)
    if len(every) < max(_MANY, _MANY_FOR_ONE * operations):
        return None
    direct = _reached(graph, begin, every)
    view = DocumentView(tree)
    possible = [one for one in every - direct if is_object(view.resolve(parts[one]))]
    candidates = nlargest(_CONSIDERED, sorted(possible), key=lambda one: len(graph[one]))
    chosen: list[Unit] = []
    left = len(every)
    while len(chosen) < _MOST:
        counts = {
            one: len(_schemas(_reached(graph, begin, {*chosen, one})))
            for one in candidates
            if one not in chosen
        }
        best = min(counts, key=lambda one: counts[one], default=None)
        if best is None or left - counts[best] < _WORTH * len(every):
            break
        chosen.append(best)
        left = counts[best]
    names = tuple(one[-1] for one in chosen)
    return Proposal(len(every), names, left) if names else None


def _schemas(reached: Iterable[Unit]) -> set[Unit]:
    return {one for one in reached if one[:2] == SCHEMAS}


def _reached(
    graph: Mapping[Unit, Iterable[Unit]], begin: Iterable[Unit], closed: Collection[Unit]
) -> set[Unit]:
    """Return what is reached, but not through what is closed."""
    waiting = [*begin]
    found = {*waiting}
    for unit in waiting:  # which grows on the way
        for one in () if unit in closed else graph.get(unit, ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found

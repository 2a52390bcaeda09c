"""The bundle: the root document as its edits have it, and the components that were brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vcgen.errors import Diagnostic
from vcgen.reading.bundling.edits import Claim, Drop, Edits, Inline, Problem, Spot, Write
from vcgen.reading.bundling.files import Files, Place
from vcgen.records import replace
from vcgen.text.pointers import Keys, pointer_to

# Parts within parts; each of them may be nested as deep as a file may be.
_DEEPEST = 100
# What is inlined twice inlines what it refers to twice: without a bound this never ends.
_MOST_INLINED = 10_000


class Joiner:
    """Copies nodes with their edits; what has none is shared with the files.

    Attributes:
        origins: Where the nodes were copied from whose place is not the one that their parent's
            implies, by their keys in the bundle.
        problems: Why a reference could not be followed, by its pointer in the bundle.
        claims: What the copies rely on.
    """

    def __init__(self, files: Files, edits: Edits) -> None:
        self.origins: dict[Keys, Place] = {}
        self.problems: dict[str, Problem] = {}
        self.claims: dict[Claim, None] = {}
        self._files = files
        self._edits = edits
        self._inlined = 0

    def bundle(self, components: Mapping[Keys, Place]) -> dict[str, Any]:
        """Return the tree of the root document, with the components at their keys."""
        tree = dict(self.copy(Place(self._files.root, ()), ()))
        by_collection: dict[Keys, list[tuple[str, Place]]] = {}
        for keys, place in sorted(components.items(), key=lambda item: _order(item, self._files)):
            by_collection.setdefault(keys[:-1], []).append((keys[-1], place))
        for collection, entries in by_collection.items():
            node = tree
            for key in collection:
                inner = node.get(key)
                node[key] = dict(inner) if isinstance(inner, Mapping) else {}
                node = node[key]
            for name, place in entries:
                node[name] = self.copy(place, (*collection, name))
        return tree

    def copy(self, place: Place, at: Keys, inlined: frozenset[Place] = frozenset()) -> Any:
        """Return the node at `place` as it is at `at` in the bundle."""
        if place.keys != at or place.file is not self._files.root:
            self.origins[at] = place
        return self._copy(self._files.node(place), self._edits.at(place), place, at, inlined)

    def _copy(
        self, node: Any, spot: Spot | None, place: Place, at: Keys, inlined: frozenset[Place]
    ) -> Any:
        if spot is None:
            return node
        if isinstance(spot.edit, Write):
            return self._written(spot.edit, at)
        if isinstance(spot.edit, Inline):
            return self._inline(node, spot, spot.edit, place, at, inlined)
        return self._edited(node, spot, place, at, inlined)

    def _edited(
        self, node: Any, spot: Spot, place: Place, at: Keys, inlined: frozenset[Place]
    ) -> Any:
        copy = list(node) if isinstance(node, list) else dict(node)
        for key, below in spot.below.items():
            index: Any = int(key) if isinstance(copy, list) else key
            if isinstance(below.edit, Drop):
                del copy[index]
            elif isinstance(copy, list) or key in copy:
                copy[index] = self._copy(copy[index], below, place.child(key), (*at, key), inlined)
        return copy

    def _written(self, edit: Write, at: Keys) -> str:
        if edit.claim is not None:
            self.claims[edit.claim] = None
        if edit.problem is not None:
            self.problems[pointer_to(at)] = edit.problem
        return edit.value

    def _inline(
        self,
        node: Mapping[str, Any],
        spot: Spot,
        edit: Inline,
        place: Place,
        at: Keys,
        inlined: frozenset[Place],
    ) -> Any:
        self._inlined += 1
        problem = self._obstacle(edit.target, at, inlined)
        if problem is not None:
            self.problems[pointer_to((*at, "$ref"))] = Problem(problem, place.child("$ref"))
            return {**node, "$ref": edit.target.uri}
        own = {key: value for key, value in node.items() if key != "$ref"}
        own = self._edited(own, replace(spot, edit=None), place, at, inlined)
        inlined |= {edit.target}
        if edit.within_all_of:
            parts = own.get("allOf")
            parts = list(parts) if isinstance(parts, list) else []
            part = self.copy(edit.target, (*at, "allOf", str(len(parts))), inlined)
            return {**own, "allOf": [*parts, part]}
        content = self.copy(edit.target, at, inlined)
        if not own or not isinstance(content, Mapping):
            return content
        self.origins |= {(*at, key): place.child(key) for key in own}
        return {**content, **own}

    def _obstacle(self, target: Place, at: Keys, inlined: frozenset[Place]) -> Diagnostic | None:
        if target in inlined:
            message = f'"{target.uri}" is recursive, but is not a component'
            return Diagnostic(message, hint="move it to the components of that file")
        if len(at) + len(inlined) > _DEEPEST or self._inlined > _MOST_INLINED:
            message = f'"{target.uri}" is one of too many parts that refer to other parts'
            return Diagnostic(message, hint="move them to the components of their files")
        return None


def origin(origins: Mapping[Keys, Place], keys: Iterable[str]) -> Place | None:
    """Return where the node at `keys` was copied from, or None if it is in the root document."""
    above, tail = tuple(keys), Keys()
    while above not in origins:
        if not above:
            return None
        above, tail = above[:-1], (above[-1], *tail)
    return origins[above].child(*tail)


def _order(item: tuple[Keys, Place], files: Files) -> tuple[str, list[int]]:
    """Return what sorts components as their files have them, whatever refers to them first."""
    place = item[1]
    positions = []
    for length, key in enumerate(place.keys):
        around = files.node(Place(place.file, place.keys[:length]))
        positions.append(list(around).index(key) if isinstance(around, Mapping) else int(key))
    return place.file.relative, positions

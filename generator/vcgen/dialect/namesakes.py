"""What tells the operations of one operationId apart."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property


class Namesakes:
    """The operations that have one first tag and one operationId, by path and method.

    Each is looked at once, for a document may have thousands of one operationId.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], None] = {}

    def add(self, place: tuple[str, str]) -> None:
        """Add an operation."""
        self._places[place] = None

    @cached_property
    def first(self) -> tuple[str, str]:
        """The one with the shortest path; of several, the one that the document has first."""
        return min(self._places, key=lambda one: (one[0].count("/"), len(one[0])))

    def shares(self, place: tuple[str, str]) -> bool:
        """Tell whether an operation is one of several."""
        return len(self._places) > 1 and place in self._places

    def told_apart(self, place: tuple[str, str]) -> str:
        """Return what an operation has that the first one has not, and no other."""
        told = self._different(place)
        return told if self._told[told] == 1 else _words(f"{place[0]} {place[1]}")

    @cached_property
    def _told(self) -> Counter[str]:
        return Counter(self._different(one) for one in self._places if one != self.first)

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(self.first[0].split("/"))

    def _different(self, place: tuple[str, str]) -> str:
        """Return what is different about a path, or else the method."""
        parts = place[0].split("/")
        return _words(" ".join(part for part in parts if part not in self._parts)) or place[1]


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "_", text).strip("_")

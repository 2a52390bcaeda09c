"""What changes in the nodes of a file on their way into the bundle; the files stay as they are."""

from __future__ import annotations

from vcgen.dialect import Kind
from vcgen.errors import Diagnostic
from vcgen.reading.bundling.files import File, Place
from vcgen.records import Record, State, field


class Problem(Record):
    """Why a reference cannot be followed; it is located when somebody asks."""

    diagnostic: Diagnostic
    place: Place


class Claim(Record):
    """The wish of a node to be the component of that kind and name."""

    kind: Kind
    name: str
    place: Place


class Write(Record):
    """Another value in place of the one that stands there.

    Attributes:
        value: The value. For a reference that cannot be followed it is no internal one, so that
            whoever reaches it stops.
        claim: What it relies on, if it refers to a component that was brought in.
        problem: Why the reference cannot be followed.
    """

    value: str
    claim: Claim | None = None
    problem: Problem | None = None


class Inline(Record):
    """The node at `target` in place of a reference to it.

    Attributes:
        target: Where the node is.
        within_all_of: Whether what stands beside the reference holds as well as the node does;
            else it replaces parts of it.
    """

    target: Place
    within_all_of: bool = False


class Drop(Record):
    """Nothing: the key goes too."""


Edit = Write | Inline | Drop


class Spot(State):
    """A node with edits at or below it."""

    edit: Edit | None = None
    below: dict[str, Spot] = field(default_factory=dict)


class Edits:
    """The edits of every file, by place."""

    def __init__(self) -> None:
        self._roots: dict[File, Spot] = {}

    def __bool__(self) -> bool:
        return bool(self._roots)

    def put(self, place: Place, edit: Edit) -> None:
        """Have the node at `place` edited."""
        spot = self._roots.setdefault(place.file, Spot())
        for key in place.keys:
            spot = spot.below.setdefault(key, Spot())
        spot.edit = edit

    def at(self, place: Place) -> Spot | None:
        """Return the edits at and below a place, or None if there are none."""
        spot = self._roots.get(place.file)
        for key in place.keys:
            if spot is None:
                return None
            spot = spot.below.get(key)
        return spot

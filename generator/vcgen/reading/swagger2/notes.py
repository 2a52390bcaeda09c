"""What is noted during a conversion: where nodes went, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from vcgen.errors import Diagnostic, SpecError
from vcgen.text.pointers import child

T = TypeVar("T")

# What stands in a document where a node was refused: no node, and not null, which some documents
# have where nothing was meant.
REFUSED: Final = ()


class Spot(NamedTuple):
    """A place in both documents.

    Attributes:
        source: JSON pointer of the node in the Swagger document.
        target: JSON pointer of what it becomes in the OpenAPI document.
    """

    source: str
    target: str

    def inside(self, key: object) -> Spot:
        """Return the place of what `key` holds, in both."""
        source = child(self.source, key)
        # Most nodes keep their place.
        target = source if self.target == self.source else child(self.target, key)
        return Spot(source, target)

    def becoming(self, *keys: object) -> Spot:
        """Return the place that the node has further inside in the OpenAPI document."""
        target = self.target
        for key in keys:
            target = child(target, key)
        return Spot(self.source, target)


class Notes:
    """Collects what `Converted` tells.

    Attributes:
        origins: Where a node came from, for those whose place is not what their parent's implies;
            see `Converted.origin` for what is implied.
        refused: Why the node at a pointer of the OpenAPI document is `REFUSED`.
        repaired: What was repaired in the node at a pointer of the OpenAPI document.
    """

    def __init__(self) -> None:
        self.origins: dict[str, str] = {}
        self.refused: dict[str, Diagnostic] = {}
        self.repaired: dict[str, dict[Diagnostic, None]] = {}

    def moved(self, spot: Spot) -> None:
        """Note that a node has its place elsewhere now."""
        self.origins[spot.target] = spot.source

    def repair(self, spot: Spot, message: str) -> None:
        """Note what was repaired in a node."""
        self.repaired.setdefault(spot.target, {})[Diagnostic(message, spot.source)] = None

    def attempt(self, spot: Spot, make: Callable[[], T]) -> T | tuple[()]:
        """Return what `make` makes for that place, or `REFUSED` where it refuses to."""
        try:
            return make()
        except SpecError as error:
            self.refused[spot.target] = error.diagnostics[0]
            return REFUSED

"""What was copied of a document: another slice of it need not be walked where it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect import Repair
from vcgen.errors import Diagnostic
from vcgen.records import State, field


class Copied(State):
    """A node as it was copied with all that it holds, and what was found on the way.

    Attributes:
        node: The node.
        copy: Its copy.
        size: How many nodes were copied.
        reached: Where the components are that it needs, by section and name.
        tags: Names of the tags in use.
        inherits_security: Whether an operation relies on the security of the whole document.
        repairs: What the dialect repaired.
        problems: Why what was reached cannot be used.
        inlined: For a place that is written out where it is referred to, those places.
    """

    node: Mapping[str, Any]
    copy: Any = None
    size: int = 0
    reached: dict[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[str, ...]]
    )
    tags: set[str] = field(default_factory=set[str])
    inherits_security: bool = False
    repairs: dict[Repair, None] = field(default_factory=dict[Repair, None])
    problems: dict[Diagnostic, None] = field(default_factory=dict[Diagnostic, None])
    inlined: dict[str, set[str]] = field(default_factory=dict[str, set[str]])


class Copies:
    """The nodes of one document that slices of it have copied.

    Slices share them, so that nobody may change what is in a slice.
    """

    def __init__(self) -> None:
        self._found: dict[object, dict[str, Copied]] = {}

    def where(self, *known: object) -> dict[str, Copied]:
        """Return what was copied where the same was known, by JSON pointer; it is added to."""
        return self._found.setdefault(known, {})

"""Evidence: what is wrong with a document by what was seen, and how often, where and in what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from vcgen.records import State, field


class Kind(StrEnum):
    """What can be wrong."""

    MISSING = "a required property is missing"
    NULL = "null"
    TYPE = "another type"
    FORMAT = "another format"
    VALUE = "a value that is not listed"
    UNDECLARED = "a property that is not declared"
    STATUS = "a status that is not declared"
    MEDIA_TYPE = "a media type that is not declared"


class Problem(NamedTuple):
    """One thing that is wrong with a document.

    Attributes:
        kind: What.
        pointer: JSON pointer of the node that has it wrong, in the slice.
        detail: The name of the property, the type or the value that was seen, the status, the media
            type; "" if there is no more to say.
    """

    kind: Kind
    pointer: str
    detail: Any = ""


class Finding(NamedTuple):
    """A problem, and where in a body it showed.

    Attributes:
        problem: The problem.
        path: JSON path in the body; `[*]` stands for indexes and for keys of maps.
    """

    problem: Problem
    path: str


class Evidence(State):
    """What a problem was seen in.

    Attributes:
        exchanges: How many exchanges.
        operations: Of which operations, such as `GET /path`.
        paths: Where in the bodies.
        sample: For what is not declared at all, one schema under which all of it is right.
        like: For the same, the `$ref` of schemas of the document under which all of it is right.
    """

    exchanges: int = 0
    operations: dict[str, None] = field(default_factory=dict[str, None])
    paths: dict[str, None] = field(default_factory=dict[str, None])
    sample: Mapping[str, Any] | None = None
    like: dict[str, None] | None = None

    def add(self, operation: str, paths: Iterable[str]) -> None:
        """Note another exchange."""
        self.exchanges += 1
        self.operations[operation] = None
        self.paths.update(dict.fromkeys(paths))

    @property
    def text(self) -> str:
        """A sentence that says so, without any value."""
        count = f"{self.exchanges} exchange{'s' if self.exchanges > 1 else ''}"
        where = ", ".join(self.paths)
        said = f"Seen in {count} of {', '.join(self.operations)}"
        return f"{said}, at {where}." if where else f"{said}."

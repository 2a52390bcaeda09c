"""Deviations: where a reply differs from what the API declares."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from logging import getLogger

_log = getLogger(__package__ or __name__)

# How many different deviations a client logs; each is logged once.
MOST_LOGGED = 1000


@dataclass(frozen=True)
class Deviation:
    """A place where a reply differs from what the API declares.

    It holds no value of the reply.

    Attributes:
        operation: The method and the path, as the API declares them.
        path: The JSON path, with `[*]` for each index and each key of a map.
        expected: The declared type.
        received: The JSON type that came, or what else is different.
    """

    operation: str
    path: str
    expected: str
    received: str

    def __str__(self) -> str:
        what = f"expected {self.expected}, received {self.received}"
        return f"{self.operation}: {self.path}: {what}"


_collecting: ContextVar[list[Deviation] | None] = ContextVar("collecting", default=None)


@contextmanager
def recorded_deviations() -> Generator[list[Deviation]]:
    """Collect the deviations of the replies that are read in a `with` block."""
    found: list[Deviation] = []
    token = _collecting.set(found)
    try:
        yield found
    finally:
        _collecting.reset(token)


@dataclass(frozen=True)
class Reading:
    """How a client reads what differs from the document.

    Attributes:
        strict: Whether a deviation is an `UnexpectedResponse`.
        logged: The deviations that were logged already.
    """

    strict: bool = False
    logged: set[Deviation] = field(default_factory=set[Deviation])

    def report(self, deviations: Iterable[Deviation]) -> None:
        """Hand deviations to the caller who collects them; log those that are new."""
        collected = _collecting.get()
        for one in deviations:
            if collected is not None:
                collected.append(one)
            if one not in self.logged and len(self.logged) < MOST_LOGGED:
                self.logged.add(one)
                _log.warning("the reply differs from the document: %s", one)

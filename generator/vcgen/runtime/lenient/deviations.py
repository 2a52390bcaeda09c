"""Deviations: where a response differs from the API document."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from logging import getLogger

from msgspec import Struct, field

log = getLogger(__package__ or __name__)

# How many different deviations a client logs; each is logged once.
MOST_LOGGED = 1000


class Deviation(Struct, frozen=True):
    """A place where a response differs from the API document.

    It holds no value from the response.

    Attributes:
        operation: The method and the path template of the operation.
        path: The JSON path, with `[*]` for each index and each key of a map.
        expected: The documented type.
        received: The JSON type in the response, or another difference.
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
    """Collect the deviations of the responses that are read in a `with` block."""
    found: list[Deviation] = []
    token = _collecting.set(found)
    try:
        yield found
    finally:
        _collecting.reset(token)


class Reading(Struct, frozen=True):
    """How a client reads responses that differ from the API document.

    Attributes:
        strict: Whether a deviation raises `UnexpectedResponse`.
        logged: The deviations that are already logged.
    """

    strict: bool = False
    logged: set[Deviation] = field(default_factory=set[Deviation])

    def report(self, deviations: Iterable[Deviation]) -> None:
        """Add deviations to those that the caller collects; log each one once.

        Raises:
            ValueError: There is one, and the client is strict.
        """
        collected = _collecting.get()
        for one in deviations:
            if self.strict:
                raise ValueError(str(one).removeprefix(f"{one.operation}: "))
            if collected is not None:
                collected.append(one)
            if one not in self.logged and len(self.logged) < MOST_LOGGED:
                self.logged.add(one)
                log.warning("the response differs from the API document: %s", one)

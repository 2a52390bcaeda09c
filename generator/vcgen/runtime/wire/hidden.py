"""Secrets: no tool that shows the variables of a frame shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.runtime.wire.basics import T


class Hidden(str):
    """A text that its `repr` does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class Masked:
    """Base of what may hold secrets: its `repr`, and that of rich, shows no values."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


def hidden(value: T) -> T:
    """Return a value with its texts hidden: a text, or several."""
    given: Any = value
    if issubclass(type(value), str):
        given = Hidden(value)
    elif issubclass(type(value), bytes):
        given = Hidden(given.decode(errors="surrogateescape"))
    elif issubclass(type(value), (tuple, list)):
        given = tuple(hidden(one) for one in given)
    elif issubclass(type(value), Mapping):
        given = {name: hidden(one) for name, one in given.items()}
    made: T = given
    return made

"""Values that the JSON decoder leaves to their classes."""

from __future__ import annotations

from typing import Any


class StandIn(type):
    """A class that stands for what the decoder does not know: `__decode__` reads it."""

    def __instancecheck__(cls, _: object) -> bool:
        # The decoder checks what it was given: `__decode__` has seen to it.
        return True


def decode_hook(type_: Any, value: Any) -> Any:
    """Return a value as a type that reads itself. Called by the decoder.

    Raises:
        ValueError: It is no such value.
    """
    return type_.__decode__(value)

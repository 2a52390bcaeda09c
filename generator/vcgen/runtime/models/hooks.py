"""Decoding of types that the JSON decoder does not know."""

from __future__ import annotations

from typing import Any


class StandIn(type):
    """A type that the JSON decoder does not know; `__decode__` decodes it."""

    def __instancecheck__(cls, _: object) -> bool:
        # The decoder checks what it was given: `__decode__` has seen to it.
        return True


def decode_hook(type_: Any, value: Any) -> Any:
    """Decode a value with the `__decode__` of its type. Called by the decoder.

    Raises:
        ValueError: The value does not fit the type.
    """
    return type_.__decode__(value)

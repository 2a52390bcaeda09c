"""Checks of what is sent: values that would arrive as something else are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import NoReturn

from msgspec import to_builtins

from vcgen.runtime.wire.basics import T


def checked(value: T) -> T:
    """Return a value that can be sent.

    Raises:
        TypeError: It holds something that cannot be sent, such as an open file.
        ValueError: It holds a datetime without offset (RFC 3339, section 4.4), or a
            number that JSON does not have (RFC 8259, section 6).
    """
    plain = to_builtins(value, builtin_types=(datetime,), enc_hook=refuse)
    waiting: list[object] = [plain]
    for one in waiting:
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, (float, datetime)):
            check_scalar(one)
    return value


def refuse(value: object) -> NoReturn:
    """Raise TypeError: it cannot be sent. Called by the encoder."""
    what = f"{type(value).__name__} cannot be sent here"
    raise TypeError(f"{what}: give a value, such as the bytes of a file")


def check_scalar(value: float | datetime) -> None:
    """Raise ValueError if a number or a moment cannot be sent."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            what = "give a datetime with a time zone, as datetime.now(UTC) is"
            raise ValueError(f"{value.isoformat()} has no offset: {what}")
    elif not isfinite(value):
        raise ValueError(f"{value} cannot be sent: give a finite number")

"""Checks of what is sent, with objects that keep properties without a field."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import Any

from msgspec import to_builtins

from vcgen.runtime.models.open import OTHERS


def checked(value: Any) -> Any:
    """Return the plain form of a value that can be sent.

    An additional property gives way to a field of the same name.

    Raises:
        ValueError: It holds a datetime without offset (RFC 3339, section 4.4), or a
            number that JSON does not have (RFC 8259, section 6).
    """
    waiting: list[Any] = [to_builtins(value, builtin_types=(datetime,))]
    for one in waiting:
        if isinstance(one, dict):
            if OTHERS in one:
                others: dict[str, Any] = one.pop(OTHERS)
                for name, inner in others.items():
                    one.setdefault(name, inner)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, float) and not isfinite(one):
            raise ValueError(f"{one} cannot be sent: give a finite number")
        elif isinstance(one, datetime) and one.utcoffset() is None:
            what = "give a datetime with a time zone, as datetime.now(UTC) is"
            raise ValueError(f"{one.isoformat()} has no offset: {what}")
    return waiting[0]

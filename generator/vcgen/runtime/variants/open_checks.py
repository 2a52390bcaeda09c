"""Checks of what is sent, with objects that keep properties without a field."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from msgspec import to_builtins

from vcgen.runtime.models.open import OTHERS
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.checks import check_scalar, refuse


def checked(value: T) -> T:
    """Return the plain form of a value that can be sent.

    An additional property gives way to a field of the same name.

    Raises:
        TypeError: It holds something that cannot be sent, such as an open file.
        ValueError: It holds a datetime without offset (RFC 3339, section 4.4), or a
            number that JSON does not have (RFC 8259, section 6).
    """
    plain = to_builtins(value, builtin_types=(datetime,), enc_hook=refuse)
    waiting: list[Any] = [plain]
    for one in waiting:
        if isinstance(one, dict):
            found = cast("dict[str, Any]", one)
            for name, inner in found.pop(OTHERS, {}).items():
                found.setdefault(name, inner)
            waiting += found.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, (float, datetime)):
            check_scalar(one)
    made: T = waiting[0]
    return made

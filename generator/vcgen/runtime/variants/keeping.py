"""JSON with objects that keep properties they have no field for."""

from __future__ import annotations

from typing import Any

import msgspec

from vcgen.runtime.models.open import has_unknown, keep, keeps
from vcgen.runtime.wire.basics import T


def decode(content: bytes | msgspec.Raw, *, type: type[T] | Any) -> T:
    """Decode JSON as a value of a type."""
    type_: Any = type
    value: T = declared(content, type_)
    if keeps(type_) and has_unknown(content, type_):
        keep(type_, [value], [msgspec.json.decode(content)], "$")
    return value


def declared(content: bytes | msgspec.Raw, type_: Any) -> Any:
    """Decode the properties that have fields."""
    return msgspec.json.decode(content, type=type_)

"""JSON with values that the decoder does not know."""

from __future__ import annotations

from typing import Any

import msgspec

from vcgen.runtime.models.hooks import decode_hook
from vcgen.runtime.wire.basics import T


def decode(content: bytes | msgspec.Raw, *, type: type[T] | Any) -> T:
    """Decode JSON as a value of a type."""
    value: T = msgspec.json.decode(content, type=type, dec_hook=decode_hook)
    return value

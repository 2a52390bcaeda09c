"""JSON with objects that keep properties, and members of enumerations."""

from __future__ import annotations

from typing import Any

import msgspec

from vcgen.runtime.models.accepting import is_decoding


def declared(content: bytes | msgspec.Raw, type_: Any) -> Any:
    """Decode the properties that have fields."""
    token = is_decoding.set(True)
    try:
        return msgspec.json.decode(content, type=type_)
    finally:
        is_decoding.reset(token)

"""JSON with both, and with values that the decoder does not know."""

from __future__ import annotations

from typing import Any

import msgspec

from vcgen.runtime.models.accepting import is_decoding
from vcgen.runtime.models.hooks import decode_hook


def declared(content: bytes | msgspec.Raw, type_: Any) -> Any:
    """Decode the properties that have fields."""
    token = is_decoding.set(True)
    try:
        return msgspec.json.decode(content, type=type_, dec_hook=decode_hook)
    finally:
        is_decoding.reset(token)

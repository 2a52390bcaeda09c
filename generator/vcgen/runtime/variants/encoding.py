"""JSON with values that the encoder does not know."""

from __future__ import annotations

from typing import Any

import msgspec

from vcgen.runtime.models.open import encode_open


def encode(value: object) -> bytes:
    """Encode a value as JSON."""
    return msgspec.json.encode(value, enc_hook=encode_open)


def to_builtins(value: object, **options: Any) -> Any:
    """Convert a value to dictionaries, lists and plain values."""
    return msgspec.to_builtins(value, enc_hook=encode_open, **options)

"""Conversions to types which the decoder leaves to their classes."""

from __future__ import annotations

from typing import Any

from msgspec import convert

from vcgen.runtime.models.hooks import decode_hook


def strictly(value: Any, declared: Any) -> Any:
    """Return a value as a type, or raise ValueError if it is none."""
    return convert(value, declared, dec_hook=decode_hook)

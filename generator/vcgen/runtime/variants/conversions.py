"""Conversions to types that the JSON decoder does not know."""

from __future__ import annotations

from typing import Any

from msgspec import convert

from vcgen.runtime.models.hooks import decode_hook


def strictly(value: Any, declared: Any) -> Any:
    """Convert a value strictly, or raise ValueError."""
    return convert(value, declared, dec_hook=decode_hook)

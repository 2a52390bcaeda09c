"""Unions in which some models keep properties without a field."""

from __future__ import annotations

from typing import Any

from msgspec import convert

from vcgen.runtime.models.hooks import decode_hook
from vcgen.runtime.models.open import keep


def decoded_as(type_: Any, value: Any) -> Any:
    """Decode a value as an alternative, or raise ValidationError."""
    found = convert(value, type_, dec_hook=decode_hook)
    keep(type_, [found], [value], "$")
    return found

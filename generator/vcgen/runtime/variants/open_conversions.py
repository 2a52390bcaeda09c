"""Additional properties of types that the JSON decoder does not know."""

from __future__ import annotations

from typing import Any

from msgspec import convert

from vcgen.runtime.models.hooks import decode_hook


def converted(value: Any, type_: type[Any]) -> Any:
    """Convert JSON data to a type, or raise ValidationError."""
    return convert(value, type_, dec_hook=decode_hook)

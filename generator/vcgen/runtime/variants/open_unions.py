"""Unions in which some models keep properties without a field."""

from __future__ import annotations

from typing import Any, cast

from msgspec import Struct, convert

from vcgen.runtime.models.hooks import decode_hook
from vcgen.runtime.models.open import OpenModel, keep
from vcgen.runtime.models.unions import names_of, size_of


def decoded_as(type_: Any, value: Any) -> Any:
    """Decode a value as an alternative, or raise ValidationError."""
    found = convert(value, type_, dec_hook=decode_hook)
    keep(type_, [found], [value], "$")
    return found


def strangeness_of(value: Any, decoded: Any) -> int:
    """Count what of a value is unknown; what is lost counts twice.

    So do all properties of a value that an alternative knows nothing of.
    """
    if isinstance(decoded, Struct):
        properties = cast("dict[str, Any]", value)
        names = names_of(type(decoded))
        is_known = isinstance(decoded, OpenModel) and not names.keys().isdisjoint(value)
        lost = 1 if is_known else 2
        kept = {key: getattr(decoded, name) for key, name in names.items()}
        return sum(
            strangeness_of(one, kept[key]) if key in kept else lost * size_of(one)
            for key, one in properties.items()
        )
    if isinstance(decoded, dict):
        pairs = cast("dict[str, Any]", decoded).items()
        return sum(1 + strangeness_of(value[key], item) for key, item in pairs)
    if isinstance(decoded, list):
        items = cast("list[object]", decoded)
        return sum(strangeness_of(value[i], item) for i, item in enumerate(items))
    return int(not getattr(decoded, "is_known", True))

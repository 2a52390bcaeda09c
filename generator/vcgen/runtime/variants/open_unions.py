"""Unions in which some models keep unknown properties."""

from __future__ import annotations

from typing import Any, cast

from msgspec import Struct

from vcgen.runtime.models.open import OpenModel, encode_open
from vcgen.runtime.models.unions import names_of


def strangeness_of(value: Any, decoded: Any) -> int:
    """Count the unknown properties of a value; those that are lost count twice."""
    if isinstance(decoded, Struct):
        properties = cast("dict[str, Any]", value)
        names = names_of(type(decoded))
        kept = {key: getattr(decoded, name) for key, name in names.items()}
        return sum(
            strangeness_of(properties[key], kept[key]) if key in kept else 2
            for key in properties
        )
    if isinstance(decoded, OpenModel):
        pairs, others = encode_open(decoded).items(), decoded.additional_properties
        return sum(
            (key in others) + strangeness_of(value[key], item) for key, item in pairs
        )
    if isinstance(decoded, dict):
        pairs = cast("dict[str, Any]", decoded).items()
        return sum(1 + strangeness_of(value[key], item) for key, item in pairs)
    if isinstance(decoded, list):
        items = cast("list[object]", decoded)
        return sum(strangeness_of(value[i], item) for i, item in enumerate(items))
    return int(not getattr(decoded, "is_known", True))

"""Multipart forms of models that keep unknown properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import UNSET, Struct
from msgspec.structs import fields

from vcgen.runtime.models.open import OpenModel, encode_open


def items_of(value: object) -> Iterable[tuple[str, Any]]:
    """Return the fields of an object by their JSON names."""
    if isinstance(value, Struct):
        pairs = ((one.encode_name, getattr(value, one.name)) for one in fields(value))
        return [(name, inner) for name, inner in pairs if inner is not UNSET]
    if isinstance(value, OpenModel):
        value = encode_open(value)
    return cast("dict[str, Any]", value).items()

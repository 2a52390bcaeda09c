"""Multipart forms of models that keep properties without a field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import UNSET, Struct
from msgspec.structs import fields

from vcgen.runtime.models.open import OTHERS


def items_of(value: object) -> Iterable[tuple[str, Any]]:
    """Return the fields of an object by their JSON names."""
    if not isinstance(value, Struct):
        return cast("dict[str, Any]", value).items()
    pairs = ((one.encode_name, getattr(value, one.name)) for one in fields(value))
    found = {name: inner for name, inner in pairs if inner is not UNSET}
    others: dict[str, Any] = found.pop(OTHERS, {})
    return {**found, **others, **found}.items()

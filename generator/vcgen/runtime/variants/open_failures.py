"""Bodies of errors whose classes keep properties without a field."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields


def documented(value: Any) -> dict[str, Any]:
    """Return the documented properties of an object; or another value."""
    if not isinstance(value, Struct):
        return {"": value}
    # The API documents properties without a field if it says of which type they are.
    kept = ("additional_properties", dict[str, Any])
    names = {one.name for one in fields(value) if (one.name, one.type) != kept}
    return {name: one for name, one in asdict(value).items() if name in names}

"""Errors with a property that holds their kind."""

from __future__ import annotations

from msgspec import Raw

from vcgen.runtime.errors import ApiError
from vcgen.runtime.tables import DISCRIMINATORS, KINDS
from vcgen.runtime.wire.answers import decode_or_none


def kind_of(content: bytes) -> tuple[type[ApiError] | None, bytes]:
    """Return the kind of an error, if any, and the object that describes it."""
    names = [text_property(content, name) for name in DISCRIMINATORS]
    return next((KINDS[name] for name in names if name in KINDS), None), content


def text_property(content: bytes, name: str) -> str:
    """Return a property of a JSON object; empty if it is not a string."""
    properties: dict[str, Raw] = decode_or_none(content, dict[str, Raw]) or {}
    return decode_or_none(bytes(properties.get(name, b"")), str) or ""

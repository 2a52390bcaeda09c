"""Durations in ISO 8601."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import ValidationError, convert

from vcgen.runtime.models.hooks import StandIn

_ISO_TIME = r"T(?=.)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?"
_ISO_DURATION = re.compile(rf"[+-]?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?({_ISO_TIME})?")


def decode_duration(value: Any) -> timedelta | str:
    """Parse a duration; return its text if it has years or months.

    Raises:
        ValueError: It is not a duration of ISO 8601.
    """
    text = value if isinstance(value, str) else ""
    weeks = re.fullmatch(r"P(\d+)W", text)
    try:
        return convert(f"P{int(weeks[1]) * 7}D" if weeks else value, timedelta)
    except ValidationError as error:
        if _ISO_DURATION.fullmatch(text):
            return text
        raise ValueError(str(error)) from error


if TYPE_CHECKING:
    IsoDuration: TypeAlias = timedelta | str
    """A duration; its text where it has years or months, that no timedelta holds."""
else:
    IsoDuration = StandIn(
        "IsoDuration",
        (),
        {"__decode__": staticmethod(decode_duration), "__keeps_text__": True},
    )

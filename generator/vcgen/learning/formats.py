"""Formats: which texts the generated client takes for what a format says."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from uuid import UUID

_DURATION = re.compile(r"[+-]?P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?([\d.,]+S)?)?)")


def _moment(text: str) -> None:
    # RFC 3339, section 5.6: with a time, and with an offset.
    if datetime.fromisoformat(text).tzinfo is None or "T" not in text.upper().replace(" ", "T"):
        raise ValueError("no offset")


def _duration(text: str) -> None:
    if not _DURATION.fullmatch(text):
        raise ValueError("no duration")


def _base64(text: str) -> None:
    base64.b64decode(text, validate=True)


_CHECKS: dict[str, Callable[[str], object]] = {
    "date-time": _moment,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "duration": _duration,
    "uuid": UUID,
    "byte": _base64,
}
# What a format that does not fit may be in truth: these are told apart from any other text.
_GUESSES = ("date-time", "date", "uuid")


def fits(text: str, form: str) -> bool:
    """Tell whether a text is what a format says; of formats that are no type, all are."""
    check = _CHECKS.get(form)
    if check is None:
        return True
    try:
        check(text)
    except (ValueError, binascii.Error):
        return False
    return True


def common(texts: Iterable[str]) -> str:
    """Return the format that texts have in common, or ""."""
    every = list(texts)
    return next((form for form in _GUESSES if all(fits(one, form) for one in every)), "")

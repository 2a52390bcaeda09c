"""Scalars that are written in another way than the API declares."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import convert

_DATE = r"(\d{4}-\d\d-\d\d)"
_TIME = r"(\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
_OFFSET = r"([Zz]|[+-]\d\d(?::?\d\d)?)?(?:\[[\w/+-]+\])?"  # and its name
# What no number of JSON is, as ProtoJSON, Effect, Smithy and OData write it.
NON_FINITE = frozenset({"NaN", "Infinity", "-Infinity", "INF", "-INF"})
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_MOMENT = re.compile(rf"{_DATE}(?:[Tt ]{_TIME}\s*{_OFFSET})?")


class Unreadable(ValueError):
    """The value is not of the documented kind."""


def strictly(value: Any, declared: Any) -> Any:
    """Convert a value strictly, or raise ValueError."""
    return convert(value, declared)


def scalar(value: Any, type_: Any) -> tuple[Any, bool]:
    """Convert a value to a scalar type; return whether it was written as documented.

    Raises:
        Unreadable: It cannot be converted.
    """
    try:
        return strictly(value, type_), True
    except ValueError:
        pass
    plain = get_args(type_)[0] if get_origin(type_) is Annotated else type_
    if isinstance(value, str) and getattr(plain, "__keeps_text__", False):
        return value, False
    for kind, repair in REPAIRS:
        if isinstance(plain, type) and issubclass(plain, kind):
            try:
                read = strictly(repair(value), type_)
            except (ValueError, OverflowError) as error:
                raise Unreadable(str(error)) from None
            # To JSON Schema, 1.0 is an integer.
            is_integer = kind is int and isinstance(value, float)
            return read, is_integer or (kind is float and value in NON_FINITE)
    raise Unreadable(type(value).__name__)


def _integer(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d{1,40}\s*", value):
        return int(value)
    raise Unreadable


def _number(value: Any) -> float:
    if isinstance(value, str):
        return float(value)
    raise Unreadable


def _boolean(value: Any) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(value, str | int) and (text := str(value).lower()) in known:
        return known[text]
    raise Unreadable


def _text(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return msgspec.json.encode(value).decode()
    raise Unreadable


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Unreadable
    text = re.sub(r"[\s=]", "", value).replace("-", "+").replace("_", "/")
    return b64decode(text + "=" * (-len(text) % 4), validate=True)


def _moment(value: Any) -> datetime:
    """Parse a date-time: UTC without an offset, a leap second as the next second.

    A date alone is its midnight. Flask writes dates as HTTP has them. A number counts
    from 1970: seconds, or milliseconds as in Java.
    """
    # A smaller number may mean that there is no time.
    if type(value) in {int, float} and value >= 1e8:
        seconds = value / 1000 if value > 1e11 else value
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    if isinstance(value, str) and _HTTP_DATE.fullmatch(value):
        return parsedate_to_datetime(value)
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise Unreadable
    day, minute, second, fraction, offset = found.groups()
    leap = second == "60"
    second = "59" if leap else second or "00"
    text = f"{day}T{minute or '00:00'}:{second}.{(fraction or '')[:6]:0<6}"
    moment = datetime.fromisoformat(text + (offset or "Z").upper())
    return moment.replace(microsecond=0) + timedelta(seconds=1) if leap else moment


def _day(value: Any) -> date:
    if isinstance(value, str):
        if _HTTP_DATE.fullmatch(value):
            return parsedate_to_datetime(value).date()
        return date.fromisoformat(value[:10])
    raise Unreadable


# The first whose class fits is used: to Python, a bool is an int. A package has its
# own, for the scalars that are in it.
REPAIRS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (bool, _boolean),
    (int, _integer),
    (float, _number),
    (str, _text),
    (bytes, _bytes),
    (datetime, _moment),
    (date, _day),
)

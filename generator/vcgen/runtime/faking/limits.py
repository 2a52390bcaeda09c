"""Limits that an API document sets to values, beside their types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import UNSET, Struct
from msgspec.json import encode
from msgspec.structs import fields

from vcgen.runtime.faking.reading import is_list, is_map

LIMITS: dict[str, dict[str, Any]] = {}
"""Limits of arguments (`resource.operation.argument`), classes and fields."""


def is_multiple(value: float, limit: float) -> bool:
    """Return whether a number is a multiple of another, as they are written."""
    return not Decimal(str(value)) % Decimal(str(limit))


def matches(text: str, pattern: str) -> bool:
    """Return whether a text matches; so does any if Python has no such pattern."""
    with suppress(re.error):
        return re.search(pattern, text, re.ASCII) is not None
    return True


def is_listed(value: object, texts: tuple[str, ...]) -> bool:
    """Return whether a value is one of those that are listed as JSON."""
    return value in [msgspec.json.decode(text) for text in texts]


def are_unique(items: list[Any]) -> bool:
    """Return whether no item is there twice."""
    return len({encode(item) for item in items}) == len(items)


# What each keyword is about, and what it demands (JSON Schema, 2020-12, section 6).
KEYWORDS: Mapping[str, tuple[Any, Callable[[Any, Any], bool]]] = {
    "maximum": ((int, float, Decimal), lambda value, limit: value <= limit),
    "minimum": ((int, float, Decimal), lambda value, limit: value >= limit),
    "exclusiveMaximum": ((int, float, Decimal), lambda value, limit: value < limit),
    "exclusiveMinimum": ((int, float, Decimal), lambda value, limit: value > limit),
    "multipleOf": ((int, float, Decimal), is_multiple),
    "maxLength": (str, lambda value, limit: len(value) <= limit),
    "minLength": (str, lambda value, limit: len(value) >= limit),
    "pattern": (str, matches),
    "maxItems": (list, lambda value, limit: len(value) <= limit),
    "minItems": (list, lambda value, limit: len(value) >= limit),
    "uniqueItems": (list, lambda value, _: are_unique(value)),
    "maxProperties": (dict, lambda value, limit: len(value) <= limit),
    "minProperties": (dict, lambda value, limit: len(value) >= limit),
    "enum": ((str, int, float), is_listed),
}


def excesses(value: Any, limits: Mapping[str, Any], at: str) -> Iterator[str]:
    """Yield what a value has that the API document does not allow.

    Args:
        value: The value.
        limits: Its limits; those of what is in it are called `items.` or `values.`.
        at: What it is called.
    """
    own: Mapping[str, Any] = {}
    plain = value
    if isinstance(value, Struct):
        own = LIMITS.get(type(value).__name__, {})
        inner = [(one.encode_name, getattr(value, one.name)) for one in fields(value)]
        plain = {name: one for name, one in inner if one not in (None, UNSET)}
    for keyword, limit in {**limits, **own}.items():
        about, allows = KEYWORDS.get(keyword, ((), is_listed))
        is_concerned = isinstance(plain, about) and not isinstance(plain, bool)
        if is_concerned and not allows(plain, limit):
            yield f"{at}: {keyword} is {limit}, and this is {in_words(plain)}"
    if not getattr(value, "is_known", True):
        yield f"{at}: {value!r} is not listed"
    yield from excesses_in(value, limits, at)


def excesses_in(value: Any, limits: Mapping[str, Any], at: str) -> Iterator[str]:
    """Yield what is not allowed in what a value holds."""
    if isinstance(value, Struct):
        for one in fields(value):
            inner = limits_of(type(value), one.name)
            held = getattr(value, one.name)
            if "readOnly" in inner and held not in (None, UNSET):
                yield f"{at}.{one.name}: it is read-only, and was sent"
            yield from excesses(held, inner, f"{at}.{one.name}")
    elif is_list(value):
        for index, item in enumerate(value):
            yield from excesses(item, limits_inside("items", limits), f"{at}[{index}]")
    elif is_map(value):
        for key, item in value.items():
            yield from excesses(item, limits_inside("values", limits), f"{at}[{key!r}]")


def limits_inside(place: str, limits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the limits of what is in a value."""
    start = f"{place}."
    return {k.removeprefix(start): v for k, v in limits.items() if k.startswith(start)}


def limits_of(struct: type[Struct], field: str) -> Mapping[str, Any]:
    """Return the limits of a field of a class, which a base may have declared."""
    names = (f"{base.__name__}.{field}" for base in struct.__mro__)
    found = [LIMITS[name] for name in names if name in LIMITS]
    return found[0] if found else {}


def in_words(value: Any) -> str:
    """Return a value as a message shows it: of a long one, the length."""
    text = repr(value)
    return f"{len(value)} long" if len(text) > 60 else text

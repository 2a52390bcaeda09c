"""Values in paths, queries, headers and cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast
from urllib.parse import quote

from msgspec import to_builtins
from msgspec.json import encode

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.settings import check_header


def put_segment(draft: Draft, name: str, value: object, text: str) -> None:
    """Put a value into the path as text.

    Raises:
        ValueError: It is None, or the text names another resource.
    """
    if value is None or text in {"", ".", ".."}:
        what = value if value is None else text
        raise ValueError(
            f"{name} must not be {what!r}: it would address another resource"
        )
    draft.url = draft.url.replace(f"{{{name}}}", text)


def put_pairs(draft: Draft, pairs: Iterable[str]) -> None:
    """Put pairs into the query."""
    for pair in pairs:
        draft.url += f"{'&' if '?' in draft.url else '?'}{pair}"


def put_header(draft: Draft, name: str, text: str) -> None:
    """Put a text into a header, or raise ValueError if a header cannot hold it."""
    check_header(name, text)
    draft.headers[name] = text


def put_cookie(draft: Draft, pair: str) -> None:
    """Add a pair to the cookies."""
    others = draft.headers.get("Cookie")
    draft.headers["Cookie"] = f"{others}; {pair}" if others else pair


def pairs_of(name: str, value: object, safe: str = "") -> Iterator[str]:
    """Yield the escaped pairs of a value; an array has one for each item.

    So has an array in an object, as Spring's `sort` is. An object in one is JSON.
    """
    plain = plain_of(value)
    if isinstance(plain, dict):
        for key, one in plain.items():
            inner = cast("Plain", one)
            flat = text_of(inner) if isinstance(inner, dict) else inner
            yield from pairs_of(key, flat, safe)
    elif isinstance(plain, list):
        yield from (f"{quote(name, safe=safe)}={quoted(one, safe)}" for one in plain)
    elif plain is not None:
        yield f"{quote(name, safe=safe)}={quoted(plain, safe)}"


def text_of(value: object) -> str:
    """Return a scalar value as text, a whole number as `5` and not as `5.0`.

    To a server with one type of numbers, as in JavaScript, an id is a `number`.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        value = int(value)  # as far as ECMAScript writes all digits
    return encode(value).decode()


def quoted(value: object, safe: str = "") -> str:
    """Return a scalar value as escaped text."""
    return quote(text_of(value), safe=safe)


def joined(value: object, text: Callable[[object], str] = text_of) -> str:
    """Return a value as text: items of an array, keys and values of an object."""
    plain = plain_of(value)
    if isinstance(plain, dict):
        plain = [part for item in plain.items() for part in item]
    return ",".join(map(text, plain)) if isinstance(plain, list) else text(plain)


def plain_of(value: object) -> Plain:
    """Convert a value to plain JSON values, without null inside it (RFC 6570)."""
    plain: Plain = to_builtins(checked(value))
    if isinstance(plain, dict):
        return {key: one for key, one in plain.items() if one is not None}
    if isinstance(plain, (list, tuple)):
        return [one for one in plain if one is not None]
    return plain

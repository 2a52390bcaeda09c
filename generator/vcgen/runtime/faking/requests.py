"""What a request carries, taken apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import unquote

import httpx2
from msgspec import Struct

# A name, and a value that is still escaped: its separators are not.
Pair: TypeAlias = "tuple[str, str]"


class Sent(Struct, frozen=True):
    """What of a request may hold arguments.

    Attributes:
        path: The path, escaped.
        segments: What stands for each variable of the path, escaped.
    """

    path: str
    segments: Mapping[str, str]
    query: Sequence[Pair]
    cookies: Sequence[Pair]
    headers: httpx2.Headers
    content: bytes


def sent_in(
    request: httpx2.Request, template: str, long: Collection[str]
) -> Sent | None:
    """Take a request apart; return None if its path does not fit a template.

    The variables in `long` may have several segments.
    """
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    first, *texts = re.split(r"\{[^{}]*\}", template)
    names, pattern = re.findall(r"\{([^{}]*)\}", template), re.escape(first)
    for name, text in zip(names, texts, strict=True):
        pattern += ("(.+)" if name in long else "([^/]+)") + re.escape(text)
    match = re.search(f"{pattern}$", path)
    if match is None:
        return None
    return Sent(
        path,
        dict(zip(names, match.groups(), strict=True)),
        pairs_in(query, "&"),
        pairs_in(request.headers.get("Cookie", ""), "; "),
        request.headers,
        request.content,
    )


def pairs_in(text: str, separator: str) -> list[Pair]:
    """Return the pairs of a query, of cookies, or of a form."""
    parts = (one.partition("=") for one in text.split(separator) if one)
    return [(unquote(name), value) for name, _, value in parts]

"""What a request carries, taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def sent_in(request: httpx2.Request, template: str) -> Sent | None:
    """Take a request apart; return None if its path does not fit a template."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    parts = re.split(r"(\{[^{}]*\})", template)
    pattern = "".join("([^/]+)" if p[:1] == "{" else re.escape(p) for p in parts)
    match = re.search(f"{pattern}$", path)
    if match is None:
        return None
    names = [part[1:-1] for part in parts if part[:1] == "{"]
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

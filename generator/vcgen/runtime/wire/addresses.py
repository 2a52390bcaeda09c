"""Addresses: where the server is."""

from __future__ import annotations

from urllib.parse import quote

import httpx2
from msgspec import Struct


class Choice(Struct, frozen=True):
    """A part of a URL that the caller chooses; `signs` are allowed in it."""

    name: str
    value: str | None
    signs: str = ""

    def __str__(self) -> str:
        if self.value is None:
            raise ValueError(f"give {self.name}, or base_url")
        is_plain = quote(self.value, safe=self.signs) == self.value
        if not is_plain or {".", ".."}.intersection(self.value.split("/")):
            raise ValueError(f"{self.name} cannot be {self.value!r}")
        return self.value


def locate(base_url: str | None, host: str | None, *parts: object) -> str:
    """Return the base URL: the caller's, or the API's own on the caller's host.

    Raises:
        ValueError: Neither or both are given, or one of them is malformed.
    """
    if (host is None) == (base_url is None):
        raise ValueError("give either host or base_url")
    if host is not None and (not host or quote(host, safe=".:-[]") != host):
        raise ValueError("host must be a name or an address, optionally with a port")
    text = joined_url(*parts) if base_url is None else base_url
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        # Its message can hold a part of the URL, which can hold a password.
        raise ValueError("host or base_url is malformed") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError("base_url must begin with https:// (or http://) and a host")
    if url.port is not None and not 0 < url.port < 65536:
        raise ValueError("the port must be between 1 and 65535")
    if url.userinfo or "?" in text or "#" in text:
        raise ValueError(
            "base_url must end with its path, and must not hold credentials"
        )
    return text.rstrip("/")


def joined_url(*parts: object) -> str:
    """Join the parts of a URL."""
    return "".join(map(str, parts))

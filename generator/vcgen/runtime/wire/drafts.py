"""Drafts: requests that are being made up, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx2


@dataclass
class Draft:
    """A request that is being made up; what may be secret of it is not shown.

    Attributes:
        path: The path as the API declares it.
        url: The URL so far, which begins as the path.
        headers: The headers by name.
        options: What else the HTTP library is told: the body.
    """

    method: str
    path: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(
        default_factory=lambda: {"Accept": "application/json"}, repr=False
    )
    options: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    def signed(self, base_url: str, credentials: Iterable[Sendable]) -> Draft:
        """Return the request for a server, with what proves who calls."""
        draft = replace(self, url=base_url + self.url, headers=dict(self.headers))
        for one in credentials:
            one.put(draft)
        return draft

    def request(self, build: Callable[..., httpx2.Request]) -> httpx2.Request:
        """Return the request, as an HTTP client builds it.

        Raises:
            ValueError: It is too long.
        """
        try:
            return build(self.method, self.url, headers=self.headers, **self.options)
        except httpx2.InvalidURL as error:
            raise ValueError(f"{self.method} {self.path}: {error}") from None


class Sendable(Protocol):
    """Something that a request carries."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError where that cannot be."""
        ...

"""Drafts: requests that are built step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import httpx2
from msgspec import Struct, field
from msgspec.structs import replace

from vcgen.runtime.wire.hidden import Masked
from vcgen.runtime.wire.settings import Settings, timeout_of

# By RFC 9110, section 9.2.2; and QUERY, which is newer.
IDEMPOTENT = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "QUERY", "TRACE"})

# What a request to another server may have, beside what describes its body.
PLAIN_HEADERS = frozenset(
    {"accept", "accept-encoding", "host", "transfer-encoding", "user-agent"}
)


class Draft(Masked, Struct):
    """A request that is being built; secrets are not in its `repr`.

    Attributes:
        path: The path template of the operation.
        url: The URL so far, which starts as the path.
        headers: The headers by name.
        options: Other arguments for the HTTP library: the body.
        settings: How to send the request.
        has_key: Whether a header lets the server recognise repeated requests.
        secret_query: The names of query parameters that hold credentials.
        uploads: What its body is made of, beside bytes.
        is_ours: Whether it goes to the API, and not to another origin by a redirect.
    """

    method: str
    path: str
    url: str
    headers: dict[str, str] = field(
        default_factory=lambda: {"Accept": "application/json"}
    )
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    settings: Settings = Settings("")
    has_key: bool = False
    secret_query: frozenset[str] = frozenset()
    uploads: tuple[Any, ...] = ()
    is_ours: bool = True

    @property
    def is_idempotent(self) -> bool:
        """Whether to send it twice does the same as to send it once."""
        return self.has_key or self.method in IDEMPOTENT

    @property
    def is_kept(self) -> bool:
        """Whether its body can be sent again: an iterator is empty by then."""
        return all(one.is_kept for one in self.uploads)

    def signed(self, base_url: str, credentials: Iterable[Sendable]) -> Draft:
        """Return the request for a server, with credentials."""
        draft = replace(self, url=base_url + self.url, headers=dict(self.headers))
        for one in credentials:
            one.put(draft)
        for name, text in self.settings.headers.items():
            if name.lower() not in map(str.lower, draft.headers):
                draft.headers[name] = text
        if self.settings.timeout is not None:
            draft.options = {
                **self.options,
                "timeout": timeout_of(self.settings.timeout),
            }
        return draft

    def request(self, http: Any) -> httpx2.Request:
        """Build the request with an HTTP client of either flavour.

        Raises:
            ValueError: It is too long.
        """
        try:
            request = built(self, http.build_request)
            if http.params and "?" in self.url:
                request.url = extended(self.url, http.params)
        except httpx2.InvalidURL as error:
            raise ValueError(f"{self.method} {self.path}: {error}") from None
        if self.uploads and "content" in self.options:
            # The HTTP library would read it as an iterator.
            request.stream = self.options["content"]
        return request if self.is_ours else stripped(request, self.url)


def built(draft: Draft, build: Callable[..., httpx2.Request]) -> httpx2.Request:
    """Return a request, as an HTTP client builds it."""
    return build(draft.method, draft.url, headers=draft.headers, **draft.options)


def extended(url: str, params: httpx2.QueryParams) -> httpx2.URL:
    """Return a URL with those parameters of an HTTP client that it does not have.

    The HTTP library would replace its query by them.
    """
    whole = httpx2.URL(url)
    for name in whole.params:
        params = params.remove(name)
    query = "&".join(filter(None, (whole.query.decode(), str(params))))
    return whole.copy_with(query=query.encode())


def stripped(request: httpx2.Request, url: str) -> httpx2.Request:
    """Return a request without credentials: the API's, or those of the HTTP client."""
    request.url = httpx2.URL(url)
    headers = request.headers.multi_items()
    request.headers = httpx2.Headers(
        [
            (name, text)
            for name, text in headers
            if name in PLAIN_HEADERS or is_of_body(name)
        ]
    )
    return request


def is_of_body(name: str) -> bool:
    """Return whether a header describes a body."""
    return name.lower().startswith("content-")


class Sendable(Protocol):
    """A part of a request."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if it cannot be sent."""
        ...

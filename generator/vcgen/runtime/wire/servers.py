"""Servers of single calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

from vcgen.runtime.wire.addresses import locate
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call, DeclaringCall
from vcgen.runtime.wire.connections import Connection, exchange
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.sessions import SessionConnection


class PlacedCall(Call[T], frozen=True, kw_only=True):
    """A call with its own server: a URL, or a path on the default host."""

    server: str


class PlacedDeclaringCall(DeclaringCall[T], frozen=True, kw_only=True):
    """A call with its own server and error bodies of its own."""

    server: str


class PlacedConnection(Connection):
    """A connection for calls with different servers.

    Attributes:
        servers: The base URL of each named server.
    """

    servers: Mapping[str, str]

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call to its server, and return the response.

        Raises:
            ValueError: The caller must provide the URL of the server.
        """
        # Structs have one base: the two calls that have a server share none.
        server: str = getattr(call, "server", "")
        if not server:
            return super().response(call, draft)
        base_url = self.servers[server]
        if "{" in base_url:
            raise ValueError(f"give servers={{{server!r}: 'https://...'}}")
        return exchange(call, draft.signed(base_url, self.credentials_for(call)))


class PlacedSessionConnection(SessionConnection, PlacedConnection):
    """A connection with a session, for calls with different servers."""


def placed(
    base_url: str, own: Mapping[str, str], given: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the base URL of each named server.

    Args:
        base_url: The base URL of the other calls.
        own: The URLs in the API document, by name.
        given: The URLs of the caller, by name.

    Raises:
        ValueError: The API has no server of this name, or the URL is malformed.
    """
    found = {
        name: str(httpx2.URL(base_url).join(url)) if url.startswith("/") else url
        for name, url in own.items()
    }
    for name, url in (given or {}).items():
        if name not in own:
            raise ValueError(f"unknown server {name}, known: {', '.join(own)}")
        found[name] = locate(url, None)
    return {name: url.rstrip("/") for name, url in found.items()}

"""Servers: calls that do not go to the server of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from vcgen.runtime.wire.addresses import locate
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call, DeclaringCall
from vcgen.runtime.wire.connections import Connection, exchange
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.sessions import SessionConnection


@dataclass(frozen=True, kw_only=True)
class PlacedCall(Call[T]):
    """A call with a server of its own: a URL, or a path on the host of the others."""

    server: str


@dataclass(frozen=True, kw_only=True)
class PlacedDeclaringCall(PlacedCall[T], DeclaringCall[T]):
    """A call with a server of its own that declares the bodies of its errors."""


class PlacedConnection(Connection):
    """A connection some of whose calls have servers of their own.

    Attributes:
        servers: The base URL for each of these.
    """

    servers: Mapping[str, str]

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call to its server, and return the response.

        Raises:
            ValueError: The URL of the server has parts that the caller has to say.
        """
        if not isinstance(call, PlacedCall):
            return super().response(call, draft)
        base_url = self.servers[call.server]
        if "{" in base_url:
            raise ValueError(f"give servers={{{call.server!r}: 'https://...'}}")
        return exchange(call, draft.signed(base_url, self.credentials_for(call)))


class PlacedSessionConnection(SessionConnection, PlacedConnection):
    """A connection with a session, some of whose calls have servers of their own."""


def placed(
    base_url: str, own: Mapping[str, str], given: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the base URL of each server that calls have for themselves.

    Args:
        base_url: That of the other calls.
        own: What the API says of each.
        given: What the caller says instead.

    Raises:
        ValueError: The caller's is none of these, or no URL.
    """
    found = {
        name: str(httpx2.URL(base_url).join(url)) if url.startswith("/") else url
        for name, url in own.items()
    }
    for name, url in (given or {}).items():
        if name not in own:
            raise ValueError(f"servers can be {', '.join(own)}, and not {name}")
        found[name] = locate(url, None)
    return {name: url.rstrip("/") for name, url in found.items()}

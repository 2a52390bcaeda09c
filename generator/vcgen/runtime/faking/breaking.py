"""Responses that break off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx2
from msgspec import Struct


class BrokenBody(Struct, httpx2.SyncByteStream, httpx2.AsyncByteStream, frozen=True):
    """The first half of a body; then the connection drops."""

    content: bytes

    def __iter__(self) -> Iterator[bytes]:
        yield self.content[: len(self.content) // 2]
        raise httpx2.RemoteProtocolError("the connection was dropped within the body")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for half in self:
            yield half


def broken_off(whole: httpx2.Response) -> httpx2.Response:
    """Return a response that breaks off in the middle of its body."""
    body = BrokenBody(whole.content)
    return httpx2.Response(whole.status_code, headers=whole.headers, stream=body)

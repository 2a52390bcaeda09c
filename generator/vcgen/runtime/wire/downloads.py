"""Downloads: binary bodies that the caller reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Self

import httpx2

from vcgen.runtime.wire.readers import Unread
from vcgen.runtime.wire.transport import transport_errors


class Download:
    """A response body; read it, or iterate over it, inside a `with` block."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response
        self.headers = response.headers

    def read(self) -> bytes:
        """Return the whole body."""
        with transport_errors(self._response.request):
            return self._response.read()

    async def aread(self) -> bytes:
        """Return the whole body, with the asynchronous client."""
        with transport_errors(self._response.request):
            return await self._response.aread()

    def __iter__(self) -> Iterator[bytes]:
        with transport_errors(self._response.request):
            yield from self._response.iter_bytes()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with transport_errors(self._response.request):
            async for chunk in self._response.aiter_bytes():
                yield chunk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._response.aclose()


@dataclass(frozen=True)
class Binary(Unread):
    """A binary body that the caller reads."""

    def read(self, response: httpx2.Response, /) -> Download:
        """Return the body, unread."""
        return Download(response)

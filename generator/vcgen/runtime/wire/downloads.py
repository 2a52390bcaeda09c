"""Downloads: binary bodies that the caller reads."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self
from uuid import uuid4

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

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, which appears once it is whole, and close it.

        Raises:
            TransportError: The connection was lost.
            OSError: The file cannot be written.
        """
        with self, written(path) as file:
            for chunk in self:
                file.write(chunk)

    async def asave(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, with the asynchronous client; see `save`.

        Raises:
            TransportError: The connection was lost.
            OSError: The file cannot be written.
        """
        import asyncio  # imported here, since it takes long

        async with self:
            with written(path) as file:
                async for chunk in self:
                    await asyncio.to_thread(file.write, chunk)

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


@contextmanager
def written(path: str | os.PathLike[str]) -> Generator[BinaryIO]:
    """Write a file beside its place, and move it there if all went well."""
    beside = Path(f"{os.fspath(path)}.{uuid4().hex[:8]}.part")
    try:
        with beside.open("xb") as file:
            yield file
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


class Binary(Unread, frozen=True):
    """A binary body that the caller reads."""

    def read(self, response: httpx2.Response, /) -> Download:
        """Return the body, unread."""
        return Download(response)

"""Uploads: content that is sent in parts, from where it is."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, TypeAlias, TypeGuard, cast

import httpx2

from vcgen.runtime.wire.bodies import Body
from vcgen.runtime.wire.drafts import Draft

Uploadable: TypeAlias = (
    bytes | os.PathLike[str] | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
)
# Bytes that are read of a file at a time.
CHUNK = 65536


class UploadBody(Body, frozen=True):
    """Bytes, a file that is open in binary mode, a path, or an iterator of bytes."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request.

        Raises:
            TypeError: It is of another kind.
            OSError: The file cannot be read.
        """
        if self.value is None:
            return
        draft.headers["Content-Type"] = self.media_type
        # The source of a `File`, if it is one.
        content = getattr(self.value, "source", self.value)
        if is_bytes(content):
            draft.options["content"] = bytes(content)
            return
        upload = upload_of(content)
        draft.options["content"] = upload
        draft.uploads += (upload,)
        if upload.length is not None:
            draft.headers["Content-Length"] = str(upload.length)


class AsyncUpload(httpx2.AsyncByteStream):
    """An asynchronous iterator of bytes."""

    length = None
    is_kept = False

    def __init__(self, content: AsyncIterable[bytes]) -> None:
        self._content = content

    def check(self) -> None:
        """Raise TypeError: the synchronous client cannot send it."""
        raise TypeError("an asynchronous iterator needs the asynchronous client")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._content:
            yield checked_part(part)


class Upload(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A file, a path, or an iterator of bytes.

    Attributes:
        length: How many bytes there are, if that is known.
        is_kept: Whether it can be sent again: an iterator is empty by then.
    """

    def __init__(self, content: os.PathLike[str] | IO[bytes] | Iterable[bytes]) -> None:
        self._content = content
        self._start = 0
        self.length: int | None = None
        self.is_kept = not isinstance(content, Iterator)
        if isinstance(content, os.PathLike):
            self.is_kept = Path(content).is_file()
            self.length = Path(content).stat().st_size if self.is_kept else None
        elif is_file(content):
            file = cast("IO[bytes]", content)
            self.is_kept = file.seekable()
            if self.is_kept:
                self._start = file.tell()
                self.length = file.seek(0, os.SEEK_END) - self._start
                file.seek(self._start)

    def check(self) -> None:
        """Do nothing: both clients can send it."""

    def parts(self) -> Iterator[bytes]:
        """Yield the bytes, from the start."""
        content = self._content
        if isinstance(content, os.PathLike):
            with Path(content).open("rb") as opened:
                yield from parts_of_file(opened)
        elif is_file(content):
            file = cast("IO[bytes]", content)
            if self.is_kept:
                file.seek(self._start)
            yield from parts_of_file(file)
        else:
            yield from filter(None, map(checked_part, content))

    def __iter__(self) -> Iterator[bytes]:
        return self.parts()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import asyncio  # imported here, since it takes long

        parts = self.parts()
        while part := await asyncio.to_thread(next, parts, b""):
            yield part


def upload_of(content: object) -> Upload | AsyncUpload:
    """Return content as the HTTP library sends it.

    Raises:
        TypeError: It cannot be sent.
        OSError: The file cannot be read.
    """
    if isinstance(content, AsyncIterable):
        return AsyncUpload(cast("AsyncIterable[bytes]", content))
    what = "bytes, a file, a path or an iterator of bytes"
    if isinstance(content, str):
        raise TypeError(f"give {what}, not text: a path is a pathlib.Path")
    if isinstance(content, io.TextIOBase):
        raise TypeError(f"give {what}: open the file in binary mode, 'rb'")
    if not is_uploadable(content):
        raise TypeError(f"give {what}, not {type(content).__name__}")
    return Upload(cast("Any", content))


def is_uploadable(content: object) -> bool:
    """Tell whether something can be read part by part."""
    if is_file(content):
        return True
    return isinstance(content, (os.PathLike, Iterable)) and not isinstance(
        content, dict
    )


def is_file(content: object) -> bool:
    """Tell whether something can be read like a file."""
    return hasattr(content, "read")


def is_bytes(content: object) -> TypeGuard[bytes]:
    """Tell whether something is bytes, or the like."""
    return isinstance(content, (bytes, bytearray, memoryview))


def parts_of_file(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file, from where it is."""
    return iter(lambda: checked_part(file.read(CHUNK)), b"")


def checked_part(part: object) -> bytes:
    """Return a part of an upload, or raise TypeError if it is not bytes."""
    if not is_bytes(part):
        raise TypeError(f"an upload is of bytes, and got {type(part).__name__}")
    return bytes(part)

"""Streams: responses whose items are read as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from math import inf
from typing import Any, Generic, Self

import httpx2
from msgspec import Raw, Struct
from msgspec.json import decode, encode

from vcgen.runtime.errors import UnexpectedResponse
from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.lenient.walk import reread
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.readers import Unread, media_type_of
from vcgen.runtime.wire.splitting import EventFields, Separated, Splitter, fields_of
from vcgen.runtime.wire.transport import transport_errors, unexpected

# What ends a stream of JSON if its server marks the end.
DONE = "[DONE]"
# The type of events that have none (HTML, section 9.2.6).
MESSAGE = "message"


class ItemStream(Generic[T]):
    """Items of a response, as they arrive; iterate over it inside a `with` block.

    The response is closed at the end of the block, or of the iteration.
    """

    def __init__(
        self,
        response: httpx2.Response,
        splitter: Splitter,
        read: Callable[[bytes], list[T] | None],
    ) -> None:
        self._response = response
        self._splitter = splitter
        self._read = read
        self._is_over = False
        self.headers = response.headers

    def __iter__(self) -> Iterator[T]:
        with self, transport_errors(self._response.request):
            for chunk in self._response.iter_bytes():
                yield from self._values(chunk)
                if self._is_over:
                    return
            yield from self._values(None)

    async def __aiter__(self) -> AsyncIterator[T]:
        async with self:
            with transport_errors(self._response.request):
                async for chunk in self._response.aiter_bytes():
                    for value in self._values(chunk):
                        yield value
                    if self._is_over:
                        return
                for value in self._values(None):
                    yield value

    def _values(self, chunk: bytes | None) -> Iterator[T]:
        """Yield the values that are complete with a chunk, or with the end.

        Raises:
            UnexpectedResponse: An item is too long, or not what the API documents.
        """
        split, item = self._splitter, b""
        try:
            for item in split.end() if chunk is None else split.feed(chunk):
                values = self._read(item)
                if values is None:
                    self._is_over = True
                    return
                yield from values
        except (ValueError, RecursionError) as error:
            raise broken(self._response, str(error), item) from None

    def close(self) -> None:
        """Close the response."""
        self._response.close()

    async def aclose(self) -> None:
        """Close the response."""
        await self._response.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class Items(Unread, Generic[T], frozen=True):
    """A body of items."""

    type: type[T] | Any

    def read(self, response: httpx2.Response, /) -> ItemStream[T]:
        """Return the items, of which each is as documented."""
        return self.open(response, "", Reading(strict=True))

    def open(
        self, response: httpx2.Response, operation: str, reading: Reading
    ) -> ItemStream[T]:
        """Return the items.

        Raises:
            ValueError: The body is of another kind.
        """
        if not self.fits(response):
            raise ValueError("the body is not a stream of items")
        # Who made the response in a test may have set no limit.
        splitter = self.splitter(response.extensions.get("max_response", inf))

        def read(item: bytes) -> list[T] | None:
            texts = self.texts(item)
            if texts is None:
                return None
            if not texts:
                return []
            return [value_of_item(texts, self.type, operation, reading)]

        return ItemStream(response, splitter, read)

    def splitter(self, most: float) -> Splitter:
        """Return what finds the items."""
        raise NotImplementedError  # each kind of body has its own

    def texts(self, item: bytes) -> list[bytes] | None:
        """Return the JSON that an item can stand for, the likely one first.

        There is none if the item has no data; None is the end of the stream.
        """
        return [item]


class LineItems(Items[T], frozen=True):
    """Items of JSON, each in a line."""

    def fits(self, response: httpx2.Response, /) -> bool:
        """Return whether the body is what the API documents, as its media type says."""
        return media_type_of(response) != "text/html"

    def splitter(self, most: float) -> Splitter:
        """Return what finds the items."""
        return Separated(most, b"\n")

    def texts(self, item: bytes) -> list[bytes] | None:
        """Return the JSON that a line can stand for: where it is a string, its text."""
        text = item.decode(errors="replace")
        return [item, encode(text)] if self.type is str else [item]


class SequenceItems(LineItems[T], frozen=True):
    """Items of JSON, each after a record separator (RFC 7464)."""

    def splitter(self, most: float) -> Splitter:
        """Return what finds the items."""
        return Separated(most, b"\x1e")


class EventItems(Items[T], frozen=True):
    """The data of server-sent events (HTML, section 9.2): JSON, or text."""

    def fits(self, response: httpx2.Response, /) -> bool:
        """Return whether the body is what the API documents, as its media type says."""
        return media_type_of(response) in {"", "text/event-stream", "text/plain"}

    def splitter(self, most: float) -> Splitter:
        """Return what finds the items."""
        return EventFields(most)

    def texts(self, item: bytes) -> list[bytes] | None:
        """Return the JSON that the data can stand for."""
        fields = fields_of(item)
        if self.type is str:
            return [encode(fields["data"])] if "data" in fields else []
        data = str(fields.get("data", ""))
        if not data:
            return []
        return None if data == DONE else [data.encode(), encode(data)]


class WholeEventItems(EventItems[T], frozen=True):
    """Server-sent events (HTML, section 9.2): objects of data, event, id and retry."""

    def texts(self, item: bytes) -> list[bytes] | None:
        """Return the JSON that the event can stand for: its data are JSON, or text.

        An event that has no type is a `message` where one is required.
        """
        fields = fields_of(item)
        if "data" not in fields:
            return []
        data = str(fields["data"]).encode()
        known = [fields]
        if "event" not in fields:
            known.append({**fields, "event": MESSAGE})
        texts = [encode({**one, "data": Raw(data)}) for one in known]
        plain = [encode(one) for one in known]
        with suppress(ValueError, RecursionError):
            decode(data, type=dict[str, Any] | list[Any])
            # They do not fit where a text is declared, but the text fits anything.
            return texts + plain
        return plain + texts


def value_of_item(
    texts: list[bytes], type_: type[T] | Any, operation: str, reading: Reading
) -> T:
    """Return the value of an item, from the first text that fits.

    A plain dictionary is what is left where the item is no object of a class.

    Raises:
        ValueError: None does.
    """
    value: T
    unknown: list[T] = []
    for text in texts:
        with suppress(ValueError, RecursionError):
            value = decode(text, type=type_)
            kind: type = type(value)
            if issubclass(kind, Struct) or not (unknown or kind is dict):
                return value
            unknown.append(value)
    if unknown:
        return unknown[0]
    value, deviations = reread_item(texts, type_, operation)
    reading.report(deviations)
    return value


def reread_item(
    texts: list[bytes], type_: Any, operation: str
) -> tuple[Any, list[Deviation]]:
    """Return a value that no text fits, from the one whose own properties differ least.

    Raises:
        ValueError: None can be read.
    """
    found: list[tuple[Any, list[Deviation]]] = []
    problem: ValueError | None = None
    for text in texts:
        try:
            found.append(reread(text, type_, operation))
        except ValueError as error:
            problem = problem or error
    if problem and not found:
        raise problem
    return min(found, key=lambda one: sum(d.path.count(".") < 2 for d in one[1]))


def broken(response: httpx2.Response, reason: str, item: bytes) -> UnexpectedResponse:
    """Return the error for an item that cannot be read."""
    return unexpected(response, f"{reason} (in an item of a stream)", item)

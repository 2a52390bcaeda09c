"""Splitting: the items of a stream, of which bytes come in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct, field

BOM = b"\xef\xbb\xbf"
# A line with a field of an event, or a comment.
FIELD = re.compile(rb"(data|event|id|retry)?(:|$)")


class Splitter(Protocol):
    """Finds the items of a stream; each holds some bytes at most."""

    def feed(self, chunk: bytes, /) -> Iterator[bytes]:
        """Yield the items that are complete with a chunk.

        Raises:
            ValueError: An item is too long.
        """
        ...

    def end(self) -> Iterator[bytes]:
        """Yield the item that the end of the stream completes."""
        ...


class Separated(Struct):
    """Items with a separator between them; white space is not an item."""

    most: float
    separator: bytes
    rest: bytearray = field(default_factory=bytearray)

    def feed(self, chunk: bytes, /) -> Iterator[bytes]:
        """Yield the items that are complete with a chunk."""
        first, *others = chunk.split(self.separator)
        for part in others:
            self._add(first)
            yield from self.end()
            first = part
        self._add(first)

    def _add(self, part: bytes) -> None:
        self.rest += part
        if len(self.rest) > self.most:
            raise ValueError(f"more than {self.most} bytes, which is max_response")

    def end(self) -> Iterator[bytes]:
        """Yield the item that the end of the stream completes."""
        item = bytes(self.rest).removeprefix(BOM).strip()
        self.rest.clear()
        if item:
            yield item


class EventFields(Struct):
    """The fields of events (HTML, section 9.2.6), each event as lines of `name: value`.

    Attributes:
        is_cut: Whether the last chunk ended within the end of a line.
        begun: The lines of the event that is not complete.
        is_strange: Whether there are lines, and none of them is of an event.
    """

    most: float
    is_cut: bool = False
    rest: bytearray = field(default_factory=bytearray)
    begun: list[bytes] = field(default_factory=list[bytes])
    size: int = 0
    is_strange: bool | None = None

    def feed(self, chunk: bytes, /) -> Iterator[bytes]:
        """Yield the events that are complete with a chunk."""
        text = chunk.removeprefix(b"\n") if self.is_cut else chunk
        if chunk:
            self.is_cut = chunk.endswith(b"\r")
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        first, *others = text.split(b"\n")
        for part in others:
            self._add(first)
            yield from self._line()
            first = part
        self._add(first)

    def _add(self, part: bytes) -> None:
        self.rest += part
        self.size += len(part)
        if self.size > self.most:
            raise ValueError(f"more than {self.most} bytes, which is max_response")

    def _line(self) -> Iterator[bytes]:
        line = bytes(self.rest).removeprefix(BOM)
        self.rest.clear()
        if line:
            self._look_at(line)
            self.begun.append(line)
            return
        event = b"\n".join(self.begun)
        self.begun, self.size = [], 0
        if event:
            yield event

    def end(self) -> Iterator[bytes]:
        """Yield nothing: an event ends with an empty line.

        Raises:
            ValueError: The stream has lines, and none is of an event.
        """
        self._look_at(self.rest.removeprefix(BOM))
        if self.is_strange:
            raise ValueError("the body has no line of an event")
        return iter(())

    def _look_at(self, line: bytes | bytearray) -> None:
        if line and self.is_strange is not False:
            self.is_strange = not FIELD.match(line)


def fields_of(event: bytes) -> dict[str, str | int]:
    """Return the fields of an event; `data` is there if any line is `data`."""
    found: dict[str, str | int] = {}
    for line in event.decode(errors="replace").split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            found["data"] = f"{found['data']}\n{value}" if "data" in found else value
        elif name == "retry" and value.isascii() and value.isdigit():
            found["retry"] = int(value)
        elif name == "event" or (name == "id" and "\0" not in value):
            found[name] = value
    return found

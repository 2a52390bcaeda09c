"""A JSON text that is read in pieces, to get at the items of one array in it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from math import inf
from typing import IO, Any

_PIECE = 1 << 20  # bytes
# The longest item, in characters: what is longer holds a body that nobody wants to see.
MAX_ITEM = 32_000_000
_SPACE = re.compile(r"[ \t\r\n]*")
# What matters to find the end of a value: where strings begin, and where things open and close.
_MARK = re.compile(r'["{}\[\]]')
_DEPTHS = {"{": 1, "[": 1, "}": -1, "]": -1}
_IN_STRING = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\s]*")


class _Scan:
    """Looks for the end of a value, piece by piece.

    Attributes:
        is_done: Whether it is found.
    """

    def __init__(self) -> None:
        self.is_done = False
        self._depth = 0
        self._is_string = False

    def end(self, text: str, at: int) -> int:
        """Return how far a text belongs to the value, as far as that is known."""
        while at < len(text):
            if self._is_string:
                match = _IN_STRING.match(text, at)
                at = match.end() if match else at
                if text[at : at + 1] != '"':
                    return at  # the rest of the string, or of an escape, is in the next piece
                self._is_string = False
            else:
                mark = _MARK.search(text, at)
                if mark is None:
                    return len(text)
                at = mark.start()
                self._is_string = text[at] == '"'
                self._depth += _DEPTHS.get(text[at], 0)
            at += 1
            if not self._is_string and self._depth == 0:
                self.is_done = True
                return at
        return at


class TooLarge(Exception):
    """The text is larger than it may be."""


class JsonStream:
    """Reads a JSON text from its beginning to its end, once."""

    def __init__(self, file: IO[bytes], most: float = inf) -> None:
        """Begin at the start of a file.

        Args:
            file: The text, in UTF-8.
            most: How many bytes it may have.
        """
        self._file = file
        self._left = most
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._at = 0
        self._is_over = False

    def items(self, *keys: str) -> Iterator[Any]:
        """Yield the items of the array that keys lead to, from the root.

        Items that are too long are passed over.

        Raises:
            ValueError: There is no such array, or this is no JSON.
        """
        for key in keys:
            self._enter(key)
        if self._next() != "[":
            raise ValueError(f"{keys[-1]} is not an array")
        self._at += 1
        while (found := self._next()) != "]":
            text = self._value()
            if text is not None:
                yield _loaded(text)
            found = self._next()
            if found == ",":
                self._at += 1
            elif found != "]":
                raise ValueError("a comma is missing between two items")

    def _enter(self, wanted: str) -> None:
        """Go on to the value of a key of the object that comes next."""
        if self._next() != "{":
            raise ValueError(f"there is no object with the key {wanted!r}")
        self._at += 1
        while self._next() == '"':
            key = json.loads(self._value() or '""')
            if self._next() != ":":
                raise ValueError("a colon is missing after a key")
            self._at += 1
            if key == wanted:
                return
            self._value()
            if self._next() == ",":
                self._at += 1
        raise ValueError(f"there is no key {wanted!r}")

    def _next(self) -> str:
        """Return the next character that is no white space; it stays the next one."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise ValueError("the text ends too soon")

    def _more(self) -> bool:
        """Read another piece, and forget what was read before; tell whether there was one."""
        if self._is_over:
            return False
        data = self._file.read(_PIECE)
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self._is_over = not data
        self._text = self._text[self._at :] + self._decoder.decode(data, final=not data)
        self._at = 0
        return True

    def _value(self) -> str | None:
        """Read the value that comes next; return its text, or None if it is too long."""
        first = self._next()
        if first not in '"{[':
            return self._scalar()
        pieces: list[str] = []
        length, scan = 0, _Scan()
        while True:
            end = scan.end(self._text, self._at)
            length += end - self._at
            if length <= MAX_ITEM:
                pieces.append(self._text[self._at : end])
            else:
                pieces.clear()
            self._at = end
            if scan.is_done:
                return "".join(pieces) if length <= MAX_ITEM else None
            if not self._more():
                raise ValueError("the text ends too soon")

    def _scalar(self) -> str:
        """Read a number, true, false or null."""
        while True:
            match = _SCALAR.match(self._text, self._at)
            end = match.end() if match else self._at
            if end < len(self._text) or not self._more():
                text = self._text[self._at : end]
                if not text:
                    raise ValueError("a value is missing")
                self._at = end
                return text


def _loaded(text: str) -> Any:
    """Return the value of a text.

    Raises:
        ValueError: It is no JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("an item is nested too deeply") from None

"""The trees of a YAML text as py-yaml12 has them, of a large one entry by entry.

py-yaml12 holds a tree of its own until Python has one, and this takes twice the memory of Python's.
So a large text is read in pieces: it is cut where a line begins with a key of an outer mapping.

What py-yaml12 knows before such a line is the same whether the text goes on or ends. If the line is
in the middle of a text, a list or a mapping in braces, the piece before it is not YAML: then the
text is read at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml12

# How many characters are read at once. An entry of twice as many is cut itself.
PIECE = 100_000

_KEY = r"""(?:[\w/$.][^\n:#'"]*|'[^'\n]*'|"[^"\\\n]*"):[ \r\n]"""
# The first key of a mapping, what may stand before it, and its indentation.
_BEFORE = re.compile(rf"(?:---[ \t]*\r?\n)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)(?={_KEY})")


def trees(text: str) -> list[Any]:
    """Return the trees of the documents of a text that is known to be harmless.

    Raises:
        ValueError: py-yaml12 does not understand the text.
    """
    tree = _entries(text, 0, len(text))
    return parse_strictly(text) if tree is None else [tree]


def parse_strictly(text: str) -> list[Any]:
    """Return the trees of the documents of a text, read at once.

    Raises:
        ValueError: py-yaml12 does not understand the text.
    """
    try:
        return list(yaml12.parse_yaml(text, multi=True))
    except TypeError as error:
        # py-yaml12 0.2 forgets to wrap a list that is a key and has a tag.
        raise ValueError(error) from None


def _entries(text: str, start: int, end: int, outer: int = -1) -> dict[Any, Any] | None:
    """Return the entries of a mapping, or None if they are not known to be all that it has.

    Args:
        text: The text.
        start: Where the line begins after which the mapping does, or its first line.
        end: Where the line begins that comes after it.
        outer: The indentation of what it is the value of.
    """
    before = _BEFORE.match(text, start, end)
    if before is None or len(before[1]) <= outer:
        return None
    found: dict[Any, Any] = {}
    count = 0
    for piece in _pieces(text, before.start(1), end, before[1]):
        part = _large_entry(text, *piece, len(before[1])) or _mapping(_piece(text, *piece))
        if part is None:
            return None
        count += len(part)
        found.update(part)
    return found if count == len(found) else None


def _pieces(text: str, start: int, end: int, indent: str) -> Iterator[tuple[int, int]]:
    """Yield where pieces begin and end, each of one entry or more."""
    key = re.compile(rf"\n{indent}(?={_KEY})")
    last = start
    for place in (*(one.start() + 1 for one in key.finditer(text, start, end)), end):
        if place - start > PIECE and last > start:
            yield start, last
            start = last
        last = place
    yield start, end


def _large_entry(text: str, start: int, end: int, indent: int) -> dict[Any, Any] | None:
    """Return an entry whose value is a mapping that is large and can be cut, else None."""
    first = text.find("\n", start, end) + 1
    if end - start <= 2 * PIECE or not text[start:first].rstrip(" \r\n").endswith(":"):
        return None
    entry = _mapping(text[start:first])
    if entry is None or [*entry.values()] != [None]:
        return None
    value = _entries(text, first, end, indent)
    return value and dict.fromkeys(entry, value)


def _piece(text: str, start: int, end: int) -> str:
    """Return a piece of a text, with a comment as its last line.

    Where nothing follows, py-yaml12 0.2 takes an empty text of a block for a line break.
    """
    piece = text[start:end]
    return f"{piece}#" if piece.endswith("\n") else piece


def _mapping(text: str) -> dict[Any, Any] | None:
    """Return the mapping that a text is, or None."""
    try:
        documents = parse_strictly(text)
    except ValueError:
        return None
    return documents[0] if len(documents) == 1 and type(documents[0]) is dict else None

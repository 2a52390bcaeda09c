"""The lines of a TOML text on which its keys and values stand: `tomllib` tells none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'(?P<skip>[ \t\r\n]+|#[^\n]*)|(?P<basic>"""(?:\\.|[^\\])*?"{3,5}|"(?:\\.|[^"\\\n])*")'
    r"|(?P<literal>'''.*?'{3,5}|'[^'\n]*')|(?P<sign>[\[\]{},=.])"
    r"|(?P<bare>[^\s\[\]{},=.#\"']+)",
    re.DOTALL,
)


@lru_cache(maxsize=8)  # each declaration of a file asks
def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, on which each key and each item of an array stands.

    Args:
        text: What `tomllib` has read without complaint.
    """
    return _Reader(text).lines


class _Reader:
    """Goes through the text once; of what is no key, only where it ends matters."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._tokens = list(_tokens(text))
        self._next = 0
        table: Path = ()
        while self._next < len(self._tokens):
            if self._sees("["):
                table = self._header()
            else:
                self._pair(table)

    @property
    def _line(self) -> int:
        return self._tokens[self._next][2]

    def _sees(self, sign: str) -> bool:
        return self._tokens[self._next][:2] == ("sign", sign)

    def _take(self) -> str:
        kind, text, _ = self._tokens[self._next]
        self._next += 1
        return _unquoted(kind, text)

    def _skip(self, sign: str) -> bool:
        found = self._sees(sign)
        self._next += found
        return found

    def _key(self) -> list[str]:
        parts = [self._take()]
        while self._skip("."):
            parts.append(self._take())
        return parts

    def _header(self) -> Path:
        line = self._line
        self._skip("[")
        is_array = self._skip("[")
        path: Path = ()
        *parents, last = self._key()
        for part in parents:
            path = self._latest((*path, part))
        path = (*path, last)
        self.lines.setdefault(path, line)
        if is_array:
            self._counts[path] = self._counts.get(path, -1) + 1
            self._skip("]")
        self._skip("]")
        path = self._latest(path)
        self.lines.setdefault(path, line)
        return path

    def _latest(self, path: Path) -> Path:
        """Return a table; of an array of tables, the last."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _pair(self, table: Path) -> None:
        line = self._line
        path = (*table, *self._key())
        self._skip("=")
        self.lines[path] = line
        self._value(path)

    def _value(self, path: Path) -> None:
        self.lines.setdefault(path, self._line)
        if self._skip("["):
            index = 0
            while not self._skip("]"):
                self._value((*path, index))
                self._skip(",")
                index += 1
        elif self._skip("{"):
            while not self._skip("}"):
                self._pair(path)
                self._skip(",")
        else:
            self._take()
            while self._next < len(self._tokens) and self._skip("."):
                self._take()  # the rest of a number


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "skip":
            yield found.lastgroup or "", found[0], line
        line += found[0].count("\n")


def _unquoted(kind: str, text: str) -> str:
    if kind == "literal":
        return text.strip("'")
    if kind == "basic":
        # Keys with escapes are rare, and of those an escaped quote is the likeliest.
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    return text

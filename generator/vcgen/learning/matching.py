"""Matching: which operation of a document an exchange is of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from vcgen.records import Record
from vcgen.slicing import OperationKey
from vcgen.text import templates

_VARIABLE = re.compile(r"\{([^{}]*)\}")


class _Route(Record):
    """What the requests of an operation look like."""

    key: OperationKey
    path: re.Pattern[str]
    query: frozenset[tuple[str, str]]
    literal: int

    @property
    def rank(self) -> tuple[int, int]:
        """How much of a request it names: of two that match, the more precise one is meant."""
        return len(self.query), self.literal


class Routes:
    """The operations of a document, by what their requests look like."""

    def __init__(self, operations: Iterable[OperationKey], base: str) -> None:
        """Take operations.

        Args:
            operations: All of a document.
            base: The path that its server has in front of theirs, such as `/api`, or "".
        """
        self._routes: dict[str, list[_Route]] = {}
        for key in operations:
            self._routes.setdefault(key.method.upper(), []).append(_route(key, base))

    def match(self, method: str, url: str) -> OperationKey | None:
        """Return the operation that a request is of, or None."""
        parts = parts_of(url)
        query = {*parse_qsl(parts.query, keep_blank_values=True)}
        found = [
            route
            for route in self._routes.get(method, ())
            if route.query <= query and route.path.fullmatch(parts.path)
        ]
        return max(found, key=lambda route: route.rank).key if found else None


def parts_of(url: str) -> SplitResult:
    """Return the parts of a URL; one that is malformed is a path as a whole."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def shown(method: str, url: str) -> str:
    """Return what a request of no known operation is called: without values, as far as one sees."""
    segments = parts_of(url).path.split("/")
    return f"{method} {'/'.join(map(_segment, segments))}"


def _segment(text: str) -> str:
    is_word = re.fullmatch(r"[A-Za-z_~.-]*", unquote(text)) is not None and len(text) <= 40
    return text if is_word else "{}"


def _route(key: OperationKey, base: str) -> _Route:
    path, fixed = templates.split(key.path)
    long = {
        templates.name_of(one)
        for one in templates.variables(key.path)
        if templates.spans_segments(one)
    }
    # The names of variables stand between the other pieces.
    literals = _VARIABLE.split(base + path)[::2]
    patterns = [".+" if one in long else "[^/]+" for one in _VARIABLE.findall(base + path)]
    pattern = "".join(
        _literal(piece) + variable
        for piece, variable in zip(literals, [*patterns, ""], strict=True)
    )
    query = frozenset(parse_qsl(fixed, keep_blank_values=True))
    return _Route(key, re.compile(pattern), query, sum(map(len, literals)))


def _literal(piece: str) -> str:
    """Return a pattern for a piece of a path, whether it is percent-encoded or not."""
    return "".join(
        f"(?:{re.escape(c)}|%{ord(c):02X}|%{ord(c):02x})" if c in ":~$@!()" else re.escape(c)
        for c in piece
    )

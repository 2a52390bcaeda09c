"""Parts: a line broken at a pair of brackets: head, body and tail."""

from __future__ import annotations

from collections.abc import Set

from vcgen.records import Record
from vcgen.writing.printing.grammar import COMMA
from vcgen.writing.printing.lines import Line, comma, ends_with_comma
from vcgen.writing.printing.tokens import Token


class CannotSplit(Exception):
    """A line cannot be broken in this way."""


class Parts(Record):
    """A line broken at a pair of brackets."""

    head: Line
    body: Line
    tail: Line
    opening: Token
    closing: Token

    @property
    def lines(self) -> list[Line]:
        """The parts that hold anything."""
        return [part for part in (self.head, self.body, self.tail) if part.tokens]

    @property
    def is_optional(self) -> bool:
        """Whether the brackets are not written yet."""
        return not self.opening.text and not self.closing.text


def last_parts(line: Line, omitted: Set[Token]) -> Parts:
    """Return a line broken at its last brackets that are not omitted.

    Raises:
        CannotSplit: There are none, or nothing would be gained.
    """
    tokens = line.tokens
    places = {token: index for index, token in enumerate(tokens)}
    for last in range(len(tokens) - 1, -1, -1):
        token = tokens[last]
        if token.kind == "closing" and token not in omitted:
            first = places.get(token.partner, -1) if token.partner else -1
            if first == last - 1:
                continue  # there is nothing between them
            if first < 0:
                raise CannotSplit
            return parts_at(line, first, last)
    raise CannotSplit


def parts_at(line: Line, first: int, last: int) -> Parts:
    """Return a line broken at the brackets at two places."""
    opening, closing = line.tokens[first], line.tokens[last]
    inside = line.tokens[first + 1 : last]
    if _needs_comma(inside, line, opening) and not ends_with_comma(inside):
        inside.append(comma(opening.level + 1))
    body = Line(inside, line.depth + 1, opening.level + 1, is_inside=True)
    body.must_split = _is_list(body, opening)
    return Parts(
        Line(line.tokens[: first + 1], line.depth, line.level, is_head=True),
        body,
        Line(line.tokens[last:], line.depth, line.level, is_tail=True),
        opening,
        closing,
    )


def _needs_comma(inside: list[Token], line: Line, opening: Token) -> bool:
    """Tell whether what is in brackets gets a comma, even if it is one item."""
    if not inside:
        return False
    if line.is_import:
        return True
    if not line.is_definition or opening.text != "(":
        return False
    has_commas = any(one.kind == "comma" and one.level == opening.level + 1 for one in inside)
    return not has_commas and not _follows_arrow(line, opening)


def _follows_arrow(line: Line, opening: Token) -> bool:
    """Tell whether brackets stand in what a function returns."""
    before = line.tokens[: line.tokens.index(opening)]
    return any(one.text == "->" for one in before)


def _is_list(body: Line, opening: Token) -> bool:
    """Tell whether what is in brackets gets a line for each item, whether or not they fit."""
    has_end = ends_with_comma(body.tokens)
    inner = body.delimiters[:-1] if has_end else body.delimiters
    if not inner or max(one.priority for one in inner) != COMMA:
        return False
    return has_end or not opening.is_trailer

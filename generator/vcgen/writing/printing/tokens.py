"""Tokens: the words, operators and brackets of a statement, each with what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
    | (?P<string>[bBfFrR]{0,2}(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))(?!["'])
    | (?P<number>\d[\w.]*)
    | (?P<name>\w+)
    | (?P<opening>[(\[{])
    | (?P<closing>[)\]}])
    | (?P<comma>,)
    | (?P<operator>\.\.\.|->|:=|(?:\*\*|//|>>|<<|[-+*/%&|^@=!<>])=?|[.:~])
    """,
    re.X,
)


class Token:
    """A part of a statement.

    Brackets without text stand where brackets may be added.

    Attributes:
        text: As it is written.
        kind: `string`, `number`, `name`, `opening`, `closing`, `comma` or `operator`.
        gap: The space before it, where it does not begin a line.
        level: In how many brackets it stands.
        priority: How gladly a line is broken behind it; 0 where that cannot be.
        partner: The other bracket of a pair.
        is_trailer: Whether it opens what a call or a subscript is given.
        is_magic: Whether it closes what has a comma at its end, and so has a line for each item.
    """

    __slots__ = ("gap", "is_magic", "is_trailer", "kind", "level", "partner", "priority", "text")

    def __init__(self, text: str, kind: str, gap: str = "") -> None:
        self.text = text
        self.kind = kind
        self.gap = gap
        self.level = 0
        self.priority = 0
        self.partner: Token | None = None
        self.is_trailer = False
        self.is_magic = False

    @property
    def width(self) -> int:
        """The columns that it takes, with the space before it."""
        return len(self.gap) + len(self.text)


class Unclaimed(Exception):
    """A statement holds what the printer does not know."""


def tokens_of(statement: str) -> list[Token]:
    """Return the tokens of a statement; where it was broken into lines does not count.

    Raises:
        Unclaimed: It holds a comment, a string of several lines, or anything else of no kind here.
    """
    found: list[Token] = []
    gap, place = "", 0
    while place < len(statement):
        match = _TOKEN.match(statement, place)
        if match is None:
            raise Unclaimed(statement[place:])
        place = match.end()
        kind, text = match.lastgroup or "", match[0]
        if kind == "space":
            gap = _gap(text, found)
            continue
        joins = kind == "closing" or (text == "." and gap == "\n")
        found.append(Token(text, kind, "" if joins else gap.replace("\n", " ")))
        gap = ""
    return found


def _gap(space: str, before: list[Token]) -> str:
    """Return what is between two tokens: a break of the line means a space, but not in brackets."""
    if before and before[-1].kind == "opening":
        return ""
    return "\n" if "\n" in space else " "


def copied(tokens: Iterable[Token]) -> list[Token]:
    """Return tokens of their own that say the same."""
    copies: dict[Token, Token] = {}
    for token in tokens:
        made = copies[token] = Token(token.text, token.kind, token.gap)
        made.level, made.priority = token.level, token.priority
        made.is_trailer, made.is_magic = token.is_trailer, token.is_magic
        if token.partner in copies:
            made.partner = copies[token.partner]
            copies[token.partner].partner = made
    return list(copies.values())

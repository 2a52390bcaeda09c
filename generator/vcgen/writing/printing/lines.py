"""Lines: tokens that stand beside each other, and how much room they take."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining, east_asian_width

from vcgen.records import State
from vcgen.writing.printing.grammar import COMMA
from vcgen.writing.printing.tokens import Token

INDENT = "    "


class Line(State):
    """A line of a statement, which may be too long.

    Attributes:
        tokens: What stands in it.
        depth: How far it is indented.
        level: In how many brackets of the statement it stands.
        is_inside: Whether it is all that stands in some brackets, or an item of it.
        is_tail: Whether it begins with what closes the line before.
        must_split: Whether each item gets a line of its own even if they all fit.
    """

    tokens: list[Token]
    depth: int
    level: int = 0
    is_inside: bool = False
    is_tail: bool = False
    is_head: bool = False
    must_split: bool = False

    def __str__(self) -> str:
        first, *others = self.tokens
        text = "".join([one.gap + one.text for one in others])
        return f"{INDENT * self.depth}{first.text}{text}"

    @property
    def paired(self) -> Iterable[Token]:
        """The brackets that are of interest for how the line is broken."""
        if self.is_tail:
            return ()
        if not self.is_head:
            return self.tokens
        here = set(self.tokens)
        return [token for token in self.tokens if token.partner in here]

    @property
    def is_magic(self) -> bool:
        """Whether brackets in it have a comma at their end."""
        return any(token.is_magic for token in self.paired)

    @property
    def is_definition(self) -> bool:
        """Whether it begins a function."""
        return self.tokens[0].text == "def" or (
            self.tokens[0].text == "async" and self.tokens[1].text == "def"
        )

    @property
    def returns_items(self) -> bool:
        """Whether what a function returns has a comma at the end of some brackets."""
        texts = [token.text for token in self.tokens]
        arrow = texts.index("->") if "->" in texts else len(texts)
        return any(token.is_magic for token in self.tokens[arrow:])

    @property
    def is_import(self) -> bool:
        """Whether it imports names from a module."""
        return self.tokens[0].text == "from" and not self.is_inside

    @property
    def delimiters(self) -> list[Token]:
        """The tokens behind which it can be broken, the last one of all left out."""
        return [one for one in self.tokens if one.level == self.level and one.priority > 0]

    def fits(self, limit: int) -> bool:
        """Tell whether it is not too long."""
        return width(str(self)) <= limit


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else not combining(c) for c in text)


def ends_with_comma(tokens: list[Token]) -> bool:
    """Tell whether the last of some tokens is a comma between items."""
    return bool(tokens) and tokens[-1].kind == "comma"


def comma(level: int) -> Token:
    """Return a comma at the end of items."""
    token = Token(",", "comma")
    token.level, token.priority = level, COMMA
    return token

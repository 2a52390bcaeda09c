"""Blocks: a description as Markdown divides it into paragraphs, items of lists, and what is fixed.

What is read is what vendors write: CommonMark with loose indentation, among it some HTML. Lists
nest as in CommonMark (section 5.2); code between fences (4.5) and rows of tables are kept as they
are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from vcgen.records import Record, State, field
from vcgen.text.markup import plain

FENCE = re.compile(r"\s*(`{3,}|~{3,})[^`]*$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_HEADING = re.compile(r"#{1,6}\s")
_QUOTE = re.compile(r">(?:\s+|$)")
# A thematic break, or the line below a heading (CommonMark 4.1 and 4.3).
_RULE = re.compile(r"-{2,}|={2,}|(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,}")
# What stands for a description that nobody wrote, such as `-` or `...`.
NOTHING = " -.,:;!?*_=~#>"
_MARKER = re.compile(r"\s*([-*+\u2022]|\d+[.)])\s+(?=\S)")
# An item stands at least so far right of the one that it is part of.
_NESTING = 2


class Block(Record):
    """A part of a description.

    Attributes:
        text: A paragraph or an item on one line; lines that stand as they are.
        marker: What an item begins with, such as `-` or `2.`; "" for anything else.
        indent: Columns before it: a list inside an item, and whatever else is part of one.
        is_fixed: Whether its lines stand as they are: code, tables.
    """

    text: str
    marker: str = ""
    indent: int = 0
    is_fixed: bool = False

    @property
    def shown(self) -> str:
        """The block as it is written."""
        margin = " " * self.indent
        if self.is_fixed:
            lines = (f"{margin}{line}".rstrip() for line in self.text.split("\n"))
            return "\n".join(lines)
        return f"{margin}{self.marker}{' ' * bool(self.marker)}{self.text}"


@lru_cache(maxsize=16384)  # the same text is a summary here and a description there
def blocks(text: str | None) -> tuple[Block, ...]:
    """Return the blocks of a description, without markup inside their lines."""
    reader = _Reader()
    lines: list[str] = []
    rest = iter((text or "").splitlines())
    for line in rest:
        if fence := FENCE.match(line):
            reader.read("\n".join(lines))
            lines.clear()
            reader.fence(line, _fenced(rest, fence[1]), fence[1])
        else:
            lines.append(line)
    reader.read("\n".join(lines))
    return tuple(one for one in reader.found if one.text.strip(NOTHING))


def _fenced(rest: Iterator[str], fence: str) -> list[str]:
    """Take the lines up to the fence that closes a block of code, or all if none does."""
    closing = re.compile(rf"\s*{re.escape(fence)}{re.escape(fence[0])}*\s*$")
    return list(takewhile(lambda line: not closing.match(line), rest))


class _Item(Record):
    """An item that is open: the column of its marker, and where its content is written."""

    column: int
    content: int


class _Reader(State):
    """Reads lines in turn.

    Attributes:
        found: The blocks so far.
    """

    found: list[Block] = field(default_factory=list[Block])
    _items: list[_Item] = field(default_factory=list[_Item])
    _is_open: bool = False

    def read(self, text: str) -> None:
        """Read text that holds no code between fences."""
        for line in plain(text).splitlines():
            self._line(line)
        self._is_open = False

    def fence(self, opening: str, lines: list[str], fence: str) -> None:
        """Read a block of code; one that is never closed is closed here."""
        own = _indent(opening)
        inside = [line[min(own, _indent(line)) :].expandtabs(4) for line in lines]
        whole = "\n".join([opening.strip(), *inside, fence])
        self.found.append(Block(whole, indent=self._leave(own), is_fixed=True))

    def _line(self, line: str) -> None:
        content, own = " ".join(line.split()), _indent(line)
        if not content or _RULE.fullmatch(content):
            self._is_open = False
        elif _ROW.match(line):
            self._row(line.strip().expandtabs(4), own)
        elif (marker := _MARKER.match(line)) and self._may_begin(marker[1], own):
            self._item(marker[1], " ".join(line[marker.end() :].split()), own)
        elif self._continues(content, own):
            last = self.found[-1]
            more = _QUOTE.sub("", content) if _QUOTE.match(last.text) else content
            self.found[-1] = Block(f"{last.text} {more}".strip(), last.marker, last.indent)
        elif shown := _unlike_fence(content):
            self.found.append(Block(shown, indent=self._leave(own)))
            self._is_open = not _HEADING.match(content)

    def _row(self, row: str, own: int) -> None:
        last = self.found[-1] if self.found and self._is_open else Block("")
        if last.is_fixed:
            self.found[-1] = Block(f"{last.text}\n{row}", indent=last.indent, is_fixed=True)
        else:
            self.found.append(Block(row, indent=self._leave(own), is_fixed=True))
        self._is_open = True

    def _may_begin(self, marker: str, own: int) -> bool:
        """Tell whether an item may begin here: in a paragraph, no list begins with a 7."""
        in_list = bool(self._items) and own >= self._items[0].column
        return not (self._is_open and marker[0].isdigit()) or in_list or marker[:-1] in {"0", "1"}

    def _item(self, marker: str, text: str, own: int) -> None:
        indent = self._leave(own)
        self._items.append(_Item(own, indent + len(marker) + 1))
        self.found.append(Block(text, marker, indent))
        self._is_open = True

    def _continues(self, content: str, own: int) -> bool:
        """Tell whether a line goes on with what is open.

        What stands further left than the bullets before it is no part of their list.
        """
        if not self._is_open or self.found[-1].is_fixed or _HEADING.match(content):
            return False
        if _QUOTE.match(content) and not _QUOTE.match(self.found[-1].text):
            return False
        return not (self._items and own < self._items[-1].column)

    def _leave(self, own: int) -> int:
        """Leave the items that a line at a column is no part of; return where it is written."""
        while self._items and own < self._items[-1].column + _NESTING:
            self._items.pop()
        return self._items[-1].content if self._items else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unlike_fence(text: str) -> str:
    """Return a line that begins no code, whatever was left of its markup."""
    return text.lstrip(" `~") if FENCE.match(text) else text

"""Statements: a module as it was rendered, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcgen.records import State
from vcgen.writing.printing.literals import DOCSTRING, STRING

# A statement that is a text, or has few brackets in brackets: nearly all of them.
_PLAIN = rf"""[^"'#()\[\]{{}}]++|{DOCSTRING}|{STRING}"""
_INNER = rf"[(\[{{](?:{_PLAIN})*+[)\]}}]"
_MIDDLE = rf"[(\[{{](?:{_PLAIN}|{_INNER})*+[)\]}}]"
_OUTER = rf"[(\[{{](?:{_PLAIN}|{_MIDDLE})*+[)\]}}]"
_STATEMENT = re.compile(
    rf"""\ *+(?:
        (?P<text>{DOCSTRING} | \#[^\n]*+)
        | (?:[^"'\#()\[\]{{}}\n]++ | {DOCSTRING} | {STRING} | {_OUTER})*+ (?:\#[^\n]*+)?
    )\n""",
    re.X | re.S,
)
# What any statement is made of.
_PART = re.compile(
    rf"""
    [^"'\#()\[\]{{}}\n]+
    | (?P<text>{DOCSTRING})
    | (?P<string>{STRING})
    | (?P<comment>\#[^\n]*)
    | (?P<opening>[(\[{{])
    | (?P<closing>[)\]}}])
    | (?P<end>\n)
    """,
    re.X | re.S,
)


class Statement(State):
    """A statement, without what belongs to it as a block.

    Attributes:
        text: As it is written, without its indentation; with line breaks, if it has any.
        depth: How far it is indented.
        blank: How many empty lines stand before it.
        is_text: Whether it is a string, or a comment, and nothing else.
    """

    text: str
    depth: int
    blank: int
    is_text: bool

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment."""
        return self.text.startswith("#")

    @property
    def is_decorator(self) -> bool:
        """Whether it decorates what follows."""
        return self.text.startswith("@")

    @property
    def is_function(self) -> bool:
        """Whether it begins a function."""
        return self.text.startswith(("def ", "async def "))

    @property
    def is_class(self) -> bool:
        """Whether it begins a class."""
        return self.text.startswith("class ")

    @property
    def is_definition(self) -> bool:
        """Whether it begins a class or a function."""
        return self.text.startswith(("class ", "def ", "async def "))

    @property
    def is_import(self) -> bool:
        """Whether it imports a module, or names from one."""
        return self.text.startswith(("import ", "from "))

    @property
    def opens_block(self) -> bool:
        """Whether a block follows."""
        return self.text.endswith(":")


def statements_of(module: str) -> Iterator[Statement]:
    """Yield the statements of a module, in order."""
    module = f"{module}\n"
    start = blank = 0
    while start < len(module):
        found = _STATEMENT.match(module, start)
        end, is_text = (found.end(), bool(found["text"])) if found else _end(module, start)
        line = module[start : end - 1]
        text = line.lstrip(" ")
        if text:
            yield Statement(text.rstrip(), (len(line) - len(text)) // 4, blank, is_text)
            blank = 0
        else:
            blank += 1
        start = end


def _end(module: str, start: int) -> tuple[int, bool]:
    """Return where the statement ends that begins at a place, and whether it is a text."""
    level, is_text = 0, False
    for match in _PART.finditer(module, start):
        kind = match.lastgroup
        if kind == "opening":
            level += 1
        elif kind == "closing":
            level -= 1
        elif kind == "text" or kind == "comment":
            is_text = is_text or (not level and not module[start : match.start()].strip())
        elif kind == "end" and not level:
            return match.end(), is_text
    return len(module), is_text

"""Reflowing: the text of the run-time as if it had been written for lines of another length."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from vcgen.writing.docstrings import docstring, fill
from vcgen.writing.printing import joined
from vcgen.writing.printing.statements import Statement, statements_of
from vcgen.writing.style import USUAL

_SECTION = re.compile(r"\w+:$")
_HANG = 4


def reflowed(text: str, line_length: int) -> str:
    """Return definitions of the run-time with their prose wrapped anew, and their code unbroken.

    The printer then breaks what is still too long.

    Args:
        text: The definitions, as black has them at the usual length.
        line_length: How many columns a line may have.
    """
    lines: list[str] = []
    for is_comment, group in groupby(statements_of(text), lambda one: one.is_comment):
        several = list(group)
        written = _comments(several, line_length) if is_comment else _code(several, line_length)
        lines += written
    return "\n".join(lines)


def _comments(comments: list[Statement], line_length: int) -> Iterator[str]:
    """Yield the lines of comments that stand below one another, those of each paragraph joined."""
    paragraph: list[Statement] = []
    for one in [*comments, None]:
        is_next = one is None or one.blank > 0 or (paragraph and one.depth != paragraph[0].depth)
        # What begins with a capital letter below the end of a sentence is said of something else.
        if paragraph and (is_next or paragraph[-1].text.endswith(".")):
            yield from [""] * paragraph[0].blank
            margin = "    " * paragraph[0].depth + "# "
            words = " ".join(each.text.removeprefix("#").strip() for each in paragraph)
            yield from fill(words, line_length, margin, margin)
            paragraph = []
        if one is not None:
            paragraph.append(one)


def _code(statements: Iterable[Statement], line_length: int) -> Iterator[str]:
    for one in statements:
        yield from [""] * one.blank
        margin = "    " * one.depth
        if one.is_text:
            said = unwrapped(inspect.cleandoc(one.text.removeprefix('"""').removesuffix('"""')))
            # Quotes that were no end of the text before are none now.
            yield margin + docstring(said, len(margin), line_length).replace('\\"', '"')
        else:
            yield margin + joined(one, USUAL.line_length)


def unwrapped(text: str) -> str:
    """Return prose whose paragraphs and entries are one line each."""
    lines: list[str] = []
    hang = 0
    for line in text.split("\n"):
        margin = len(line) - len(line.lstrip())
        before = lines[-1] if lines else ""
        if before and line and margin == hang and not _SECTION.match(before):
            lines[-1] = f"{before} {line.lstrip()}"
            continue
        lines.append(line)
        # What goes on below an entry of a section hangs.
        hang = margin + _HANG if margin else 0
    return "\n".join(lines)

"""Docstrings: text and sections as a literal that formatters leave alone.

The text is Markdown whose paragraphs and items of lists are lines, which are wrapped here. Code
between fences and rows of tables stand as they are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from vcgen import ir
from vcgen.writing.style import USUAL

_FENCE = re.compile(r"\s*(`{3,}|~{3,})[^`]*$")
_ROW = re.compile(r"\s*\|.*\|$")
_MARKER = re.compile(r"(?:[-*+\u2022]|\d+[.)])\s+(?=\S)")
_SECTION = re.compile(r"(?:Args|Attributes|Raises):$")
_HANG = 4


def docstring(said: str | ir.Documented, indent: int = 0, width: int = USUAL.line_length) -> str:
    """Return what is said of something as a docstring.

    Args:
        said: A text, or a node with a docstring, and sections perhaps.
        indent: Columns before each line.
        width: Columns of a line, these included.
    """
    text = said if isinstance(said, str) else said.docstring
    sections = () if isinstance(said, str) else said.sections
    room = width - indent
    inert = _inert(text, is_last=not sections)
    # A quote of the text does not touch those of the literal, which take columns of the first line.
    opening = '""" ' if inert.startswith('"') else '"""'
    lines = list(_wrapped(inert, room, taken=len(opening)))
    for section in sections:
        lines += ["", f"{section.title}:"]
        for name, about in section.entries:
            lines += _entry(name, _inert(about), room)
    if len(lines) == 1:
        alone = lines[0]
        # The closing quotes may not fit on it either, and then need a line of their own.
        lines = list(_wrapped(alone, len(alone) + len(opening) - 1, taken=len(opening)))
        if len(alone) + len(opening) + 3 <= room or len(lines) == 1:
            return f'{opening}{alone}"""'
    first, *others = lines
    # Formatters move all but the first line until the leftmost stands at the margin.
    body = textwrap.dedent("\n".join(others)).split("\n")
    margin = " " * indent
    return "\n".join(
        [f"{opening}{first}", *(f"{margin}{line}".rstrip() for line in body), f'{margin}"""']
    )


def _entry(name: str, about: str, room: int) -> Iterator[str]:
    """Yield the lines of an entry of a section: what follows its first line hangs below it."""
    first, *others = about.split("\n")
    if _FENCE.match(first) or _ROW.match(first) or _MARKER.match(first):
        first, others = "", [first, *others]
    yield from fill(f"{name}: {first}".rstrip(), room, " " * _HANG, " " * 2 * _HANG)
    for line in _wrapped("\n".join(others), room - 2 * _HANG) if others else ():
        yield f"{'' if not line else ' ' * 2 * _HANG}{line}"


def _wrapped(text: str, width: int, taken: int = 0) -> Iterator[str]:
    """Yield the lines of a text; `taken` columns of the first are in use already."""
    fence = ""
    in_section = False
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if fence or opening or _ROW.match(line):
            is_end = bool(fence and opening and opening[1].startswith(fence))
            fence = "" if is_end else fence or (opening[1] if opening else "")
            yield line.rstrip()
        else:
            content = line.lstrip()
            own = line[: len(line) - len(content)]
            in_section = bool(_SECTION.match(line)) or (in_section and (bool(own) or not line))
            marker = _MARKER.match(content)
            hang = marker.end() if marker else _HANG if in_section and len(own) == _HANG else 0
            yield from fill(content, width, own, own + " " * hang, taken)
        taken = 0


def fill(text: str, width: int, first: str, others: str, taken: int = 0) -> list[str]:
    """Wrap a paragraph, given what stands before its first line and before the others.

    What is between its words are spaces. A word that is longer than a line has one of its own.
    """
    lines: list[str] = []
    margin, room = first, width - len(first) - taken
    rest = text.strip()
    while len(rest) > room:
        # A line of so many columns may have a space behind it.
        end = rest.rfind(" ", 0, max(room, 0) + 1)
        end = rest.find(" ") if end < 0 else end
        if end < 0:
            break
        lines.append(margin + rest[:end].rstrip())
        margin, room, rest = others, width - len(others), rest[end:].lstrip()
    return [*lines, margin + rest]


def _inert(text: str, *, is_last: bool = False) -> str:
    """Make text inert inside a docstring: no escape, no quote that could end it, no control."""
    text = text.strip("\n ")
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
    if '"' not in text and "\\" not in text:
        return text
    quotes = r'"{2,}|"\Z' if is_last else r'"{2,}'
    return re.sub(quotes, lambda found: r"\"" * len(found[0]), text.replace("\\", "\\\\"))

"""Prose: the descriptions of a document as paragraphs and sentences of plain text."""

from __future__ import annotations

import re
from html import unescape

# The vendor's CommonMark: `__bold__`, `*emphasis*` around names, and HTML tags.
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_STRONG = re.compile(r"(\*{2,3}|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*`])\*(?=[\w{/])([^*`\n]+?)(?<=[\w})\]])\*(?![\w*])")
_BULLET = re.compile(r"\s*(?:[-*+\u2022]|\d+[.)])\s+")
# A sentence ends at a stop before a capital, but not after an abbreviation.
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.!?](?=\s+[A-Z`*'\"(]|\s*$)")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the paragraphs of a description, each on one line; a list item is one of its own."""
    found: list[str] = []
    open_paragraph = False
    for line in _plain(text or "").splitlines():
        if not line.strip():
            open_paragraph = False
        elif bullet := _BULLET.match(line):
            found.append("- " + _one_line(line[bullet.end() :]))
            open_paragraph = True
        elif open_paragraph:
            found[-1] += " " + _one_line(line)
        else:
            found.append(_one_line(line))
            open_paragraph = True
    return tuple(found)


def sentence(text: str | None) -> str:
    """Return the first sentence of a description, with a capital and a full stop."""
    first = next(iter(paragraphs(text)), "").removeprefix("- ")
    if end := _SENTENCE_END.search(first):
        first = first[: end.end()]
    if not first:
        return ""
    first = first[0].upper() + first[1:]
    return first if first[-1] in ".!?" else first.rstrip(" ,;:") + "."


def clean(text: str | None) -> str:
    """Return a description as plain text: paragraphs apart, list items on lines of their own."""
    result = ""
    for paragraph in paragraphs(text):
        follows_item = paragraph.startswith("- ") and result.rpartition("\n")[2].startswith("- ")
        result += ("\n" if follows_item else "\n\n") + paragraph
    return result.strip()


def headed(text: str | None) -> str:
    """Return a description as plain text with its first sentence on a line of its own."""
    first, _, others = clean(text).partition("\n")
    summary = sentence(first) if not first.startswith("- ") else ""
    rest = first[len(summary) :].strip() if len(summary) <= len(first) else ""
    return "\n\n".join(part for part in (summary, rest, others.strip()) if part)


def _plain(text: str) -> str:
    text = unescape(_TAGS.sub("", text))
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())

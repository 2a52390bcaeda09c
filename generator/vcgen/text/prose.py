"""Prose: the descriptions of a document as paragraphs and sentences of plain text."""

from __future__ import annotations

import re
from html import unescape

# What stands between backticks is code, in which nothing below is markup.
_CODE = re.compile(r"(`+(?:[^`\n]|\n(?!\s*\n))+`+)")
# Tags of HTML, known by their names: `<host>` is no tag but a place to be filled in.
_ATTRIBUTES = r"""(?:\s+[\w:-]+=(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?>"""
_ITEM = re.compile(rf"<li{_ATTRIBUTES}", re.IGNORECASE)
_BLOCK = re.compile(
    rf"</?(?:p|br|hr|div|[oud]l|d[dt]|h[1-6]|pre|blockquote|table|tr|th|td){_ATTRIBUTES}",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"</?(?:a|abbr|b|big|code|em|font|i|kbd|li|s|samp|small|span|strong|su[bp]|tt|u|var)"
    rf"{_ATTRIBUTES}",
    re.IGNORECASE,
)
# Javadoc's inline tags, which VMware's documents before 9.0 are full of: `{@link Info#name}`.
_JAVADOC = re.compile(r"\{@(?:\w+\.)*(\w+)(?:[ >]+#?([^{}]*))?\}")
_REFERRING = frozenset({"basename", "link", "member", "name"})
# The same as their authors mistyped them: `{link Info}`, `@{term x}`, `{#member x}`, `{@term x)`.
_MISTYPED = re.compile(
    r"@?\{[@#]?(?:\w+\.)*(code|link|literal|member|name|term)[ >]+#?([^{}()]*)[})]"
)
# CommonMark: `**bold**`, `__bold__` (but not inside a word), `*emphasis*` around names.
_STRONG = re.compile(r"(\*{2,3}|(?<!\w)__)(?=\S)(.+?)(?<=\S)\1(?!(?<=_)\w)")
_EMPHASIS = re.compile(r"(?<![\w*`])\*(?=[\w{/])([^*`\n]+?)(?<=[\w})\]:])\*(?![\w*])")
_BULLET = re.compile(r"(\s*)(?:[-*+\u2022]|\d+[.)])\s+(?=\S)")
# A sentence ends at a stop before a capital, but not after an abbreviation.
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.!?](?=\s+[A-Z`*'\"(]|\s*$)")
# A name such as `vCenter` or `dns_servers` keeps its small letter at the start of a sentence.
_PLAIN_WORD = re.compile(r"[^\W\d_A-Z]+(?=[\s,;'\u2019-]|[.:!?]?(?:\s|$))")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the paragraphs of a description, each on one line; a list item is one of its own."""
    found: list[str] = []
    is_open = False
    indent = 0
    for line in _plain(text or "").splitlines():
        content = _one_line(line)
        own = len(line) - len(line.lstrip())
        if not content:
            is_open = False
        elif bullet := _BULLET.match(line):
            found.append("- " + _one_line(line[bullet.end() :]))
            is_open, indent = True, own
        # What stands further left than the bullets before it is no part of their list.
        elif is_open and own >= indent:
            found[-1] += " " + content
        else:
            found.append(content)
            is_open, indent = True, 0
    return tuple(found)


def sentence(text: str | None) -> str:
    """Return the first sentence of a description, with a capital and a full stop."""
    return _summary(next(iter(paragraphs(text)), "").removeprefix("- "))[0]


def clean(text: str | None) -> str:
    """Return a description as plain text: paragraphs apart, list items on lines of their own."""
    result = ""
    for paragraph in paragraphs(text):
        follows_item = paragraph.startswith("- ") and result.rpartition("\n")[2].startswith("- ")
        result += ("\n" if follows_item else "\n\n") + paragraph
    return result.strip()


def headed(text: str | None) -> str:
    """Return a description as plain text with its first sentence on a line of its own."""
    whole = clean(text)
    if whole.startswith("- "):
        return whole
    first, _, others = whole.partition("\n")
    return "\n\n".join(part for part in (*_summary(first), others.strip()) if part)


def _summary(paragraph: str) -> tuple[str, str]:
    """Split a paragraph into its first sentence, with a capital and a full stop, and the rest."""
    end = _SENTENCE_END.search(paragraph)
    stop = end.end() if end else len(paragraph)
    first, rest = paragraph[:stop].rstrip(" ,;:"), paragraph[stop:].strip()
    if not first:
        return "", rest
    if _PLAIN_WORD.match(first):
        first = first[0].upper() + first[1:]
    return first if first[-1] in ".!?" else first + ".", rest


def _plain(text: str) -> str:
    # `split` returns what is between the matches at even places, the matches at odd ones.
    parts = _CODE.split(text)
    return "".join(part if index % 2 else _bare(part) for index, part in enumerate(parts))


def _bare(text: str) -> str:
    text = _MISTYPED.sub(_text_of_tag, _JAVADOC.sub(_text_of_tag, text))
    text = _ITEM.sub("\n- ", text)
    text = unescape(_INLINE.sub("", _BLOCK.sub("\n\n", text)))
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))


def _text_of_tag(tag: re.Match[str]) -> str:
    name, text = tag.groups()
    return (text.replace("#", ".") if name in _REFERRING else text) if text else name


def _one_line(text: str) -> str:
    return " ".join(text.split())

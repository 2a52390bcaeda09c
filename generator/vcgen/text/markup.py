"""Markup: what HTML, Markdown and Javadoc say inside a line, as plain text."""

from __future__ import annotations

import re
from html import unescape

# What stands between backticks is code, in which nothing below is markup.
_CODE = r"`+(?:[^`\n]|\n(?!\s*\n))+`+"
_SPLIT_CODE = re.compile(f"({_CODE})")
# `[text](address)` and `![text](address)`; the text may hold code and brackets in pairs.
_LINK = re.compile(
    rf"(?P<code>{_CODE})"
    r"|!?\[(?P<text>(?:[^\[\]`\n]|\n(?!\s*\n)|`[^`\n]*`|\[[^\[\]\n]*\]){1,300})\]"
    r"\(\s*<?(?P<address>[^()\s<>]{1,500}(?:\([^()\s<>]*\)[^()\s<>]*)?)>?\s*\)"
)
_ANCHOR = re.compile(
    r"""<a\s(?:[^<>]*\s)?href=(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>(.{0,500}?)</a\s*>""",
    re.IGNORECASE | re.DOTALL,
)
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
# Names that may as well be places to be filled in: these are tags where one of them ends, too.
_PAIRED = re.compile(
    r"</?(article|aside|caption|caution|center|details|figcaption|figure|important|note|section"
    rf"|summary|t(?:body|foot|head)|tip|warning|cite|del|ins|mark){_ATTRIBUTES}",
    re.IGNORECASE,
)
_IN_LINE = frozenset({"cite", "del", "ins", "mark"})
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


def plain(text: str) -> str:
    """Return text without its markup: a link is its text and its address, code stays as it is.

    Blocks of HTML become paragraphs, and items of its lists begin with "- ".
    """
    # Most texts have none of it, and there are tens of thousands of them.
    if "](" in text:
        text = _LINK.sub(_of_link, text)
    if "</" in text:
        text = _ANCHOR.sub(_of_anchor, text)
    if "`" not in text:
        return _bare(text)
    # `split` returns what is between the matches at even places, the matches at odd ones.
    parts = enumerate(_SPLIT_CODE.split(text))
    return "".join(part if index % 2 else _bare(part) for index, part in parts)


def _bare(text: str) -> str:
    if "{" in text:
        text = _MISTYPED.sub(_of_tag, _JAVADOC.sub(_of_tag, text))
    if "<" in text:
        text = _INLINE.sub("", _BLOCK.sub("\n\n", _ITEM.sub("\n- ", text)))
    if "</" in text:
        text = _without_pairs(text)
    text = unescape(text)
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    return text


def _without_pairs(text: str) -> str:
    """Return text without the tags that end in it, too."""
    ended = {one[1].lower() for one in _PAIRED.finditer(text) if one[0].startswith("</")}

    def replaced(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name not in ended:
            return tag[0]
        return "" if name in _IN_LINE else "\n\n"

    return _PAIRED.sub(replaced, text)


def _of_link(link: re.Match[str]) -> str:
    return link["code"] or _addressed(link["text"], link["address"])


def _of_anchor(anchor: re.Match[str]) -> str:
    return _addressed(anchor[3], anchor[1] or anchor[2] or "")


def _addressed(text: str, address: str) -> str:
    if not address:
        return text
    is_same = text.strip() in {address, address.partition(":")[2].lstrip("/")}
    return address if is_same else f"{text} ({address})"


def _of_tag(tag: re.Match[str]) -> str:
    name, text = tag.groups()
    return (text.replace("#", ".") if name in _REFERRING else text) if text else name

"""Prose: the descriptions of a document, as text for a docstring.

The text is Markdown: a paragraph or an item of a list is one line, to be wrapped by whoever writes
it; code between fences, and rows of tables, are lines that stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vcgen.text.blocks import NOTHING, Block, blocks

# A sentence ends at a stop before a capital, but not after an abbreviation.
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.!?](?=\s+[A-Z`*'\"(]|\s*$)")
# A name such as `vCenter` or `dns_servers` keeps its small letter at the start of a sentence.
_PLAIN_WORD = re.compile(r"[^\W\d_A-Z]+(?=[\s,;'\u2019-]|[.:!?]?(?:\s|$))")
# "This property was added in vSphere API 7.0.3.0", whose name has a few words and a number.
_SINCE = re.compile(
    r"(?:\b(?:added|introduced|available|new) (?:in|since|from)|\(since) (?:the )?[*_]*"
    r"((?:[A-Za-z][\w-]* ){0,4}v?\d+(?:\.\d+)+)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:#{1,6}|>)\s+")


def sentence(text: str | Iterable[Block] | None) -> str:
    """Return the first sentence of a description, with a capital and a full stop."""
    said = (block.text for block in _read(text) if not block.is_fixed)
    return _summary(next(said, ""))[0]


def summary(text: str | Iterable[Block] | None) -> str:
    """Return the first sentence of a description, and since when there is what it describes."""
    found = _read(text)
    said, since = sentence(found), since_of(found)
    return said if not since or since in said else f"{said} Since {since}.".lstrip()


def since_of(text: str | Iterable[Block] | None) -> str:
    """Return the release in which something was added, as the description calls it, or ""."""
    found = _SINCE.search(" ".join(block.text for block in _read(text)))
    return found[1] if found else ""


def clean(text: str | None) -> str:
    """Return a description: paragraphs apart, items of a list on lines of their own."""
    return joined(blocks(text))


def joined(parts: Iterable[Block]) -> str:
    """Return blocks as one text."""
    result = ""
    before = Block("")
    for block in parts:
        gap = "\n" if block.marker and before.marker else "\n\n"
        result += (gap if result else "") + block.shown
        before = block
    return result


def headed(text: str | None) -> str:
    """Return a description with its first sentence on a line of its own."""
    return _headed(blocks(text))


def spoken(text: str | Iterable[Block] | None) -> str:
    """Return a description that begins as a sentence does, to go on behind a name."""
    found = _read(text)
    if not found or not _is_paragraph(found[0]):
        return joined(found)
    first, rest = _summary(found[0].text, goes_on=len(found) > 1)
    start = " ".join(filter(None, (first, rest)))
    return joined([Block(start), *found[1:]] if start else found[1:])


def described(summary: str | None, description: str | None) -> str:
    """Return what an operation says of itself: the summary, then what the description adds.

    What one of the two says in the words of the other is said once.
    """
    head, body = blocks(summary), blocks(description)
    if not head or not body or not _is_paragraph(body[0]):
        return "\n\n".join(filter(None, (_headed(head), joined(body) if head else _headed(body))))
    said, first = _words(joined(head)), _words(_summary(body[0].text)[0])
    if _begins(said, _words(joined(body))):
        return _headed(head)
    if _begins(_words(joined(body)), said):
        return _headed(body)
    if _begins(said, first):
        rest = _summary(body[0].text)[1]
        body = (Block(rest), *body[1:]) if rest else body[1:]
    return f"{_headed(head)}\n\n{joined(body)}"


def _read(text: str | Iterable[Block] | None) -> tuple[Block, ...]:
    return blocks(text) if isinstance(text, str | None) else tuple(text)


def _headed(found: tuple[Block, ...]) -> str:
    if not found or not _is_paragraph(found[0]):
        return joined(found)
    first, rest = _summary(found[0].text, goes_on=len(found) > 1)
    start = [Block(part) for part in (first, rest) if part]
    return joined([*start, *found[1:]])


def _is_paragraph(block: Block) -> bool:
    return not (block.marker or block.is_fixed)


def _summary(paragraph: str, *, goes_on: bool = False) -> tuple[str, str]:
    """Split a paragraph into its first sentence, with a capital and a full stop, and the rest.

    Where something follows the paragraph, a colon at its end leads to that.
    """
    paragraph = _LEADS.sub("", paragraph, count=1) if _LEADS.match(paragraph) else paragraph
    start = len(paragraph) - len(paragraph.lstrip(NOTHING))
    end = _SENTENCE_END.search(paragraph, start)
    stop = end.end() if end else len(paragraph)
    first, rest = paragraph[:stop].rstrip(" ,;:"), paragraph[stop:].strip()
    if not first:
        return "", rest
    if _PLAIN_WORD.match(first):
        first = first[0].upper() + first[1:]
    if first[-1] in ".!?":
        return first, rest
    return first + (":" if goes_on and not rest and paragraph.endswith(":") else "."), rest


def _words(text: str) -> str:
    """Return what is said, however it is written."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _begins(text: str, start: str) -> bool:
    """Tell whether a text begins with the words of another."""
    return f"{text} ".startswith(f"{start} ")

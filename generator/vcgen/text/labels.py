"""Labels: what tells one of several things apart, where each has texts of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A text that makes a good name: one word, or a few, and no sentence.
_GOOD = re.compile(r"(?=.{1,50}$)[^\W\d_]\w*(?:[./:-]\w+)*(?: \w+){0,3}")


def label_of(own: Iterable[str], others: Iterable[Iterable[str]]) -> str:
    """Return the first text of a thing that makes a name and is none of the others', or "".

    Args:
        own: The texts of the thing, the likeliest first.
        others: Those of each of the others.
    """
    good = [text for text in own if _GOOD.fullmatch(text)]
    theirs = {_plain(text) for texts in others for text in texts} if good else set[str]()
    found = next((text for text in good if _plain(text) not in theirs), "")
    return found.lower() if found.isupper() else found


def _plain(text: str) -> str:
    """Return what a name keeps of a text: neither case nor punctuation tell two apart."""
    return "".join(filter(str.isalnum, text)).casefold()

"""What the descriptions of vSphere's documents say in fixed phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SEE = re.compile(r"For more information see: \*([^*\s]+)\*\.")
_VALUES = re.compile(r"^[ \t]*Possible values:[ \t]*$\n?", re.MULTILINE)
_VALUE = re.compile(r"^[ ]{1,4}- `([^`\n]+)`:", re.MULTILINE)
_END_OF_VALUES = re.compile(r"\n[ \t]*\n[ \t]*\n")


def types_named(description: str) -> tuple[str, ...]:
    """Return the names that the description refers its reader to for more information."""
    return tuple(dict.fromkeys(_SEE.findall(description)))


def without_values(description: str) -> str:
    """Return a description that names an enum, less the sentence and the values before it."""
    see = _SEE.search(description)
    if see is None:
        return description
    head, tail = description[: see.start()], description[see.end() :]
    values = _VALUES.search(head)
    return _joined(head[: values.start()] if values else head, tail)


def split_values(description: str, names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the description of an enum less its block of values, and the text of each value."""
    block = _VALUES.search(description)
    if block is None:
        return description, {}
    # A text may hold a list of its own, whose items are no values.
    starts = [m for m in _VALUE.finditer(description, block.end()) if m[1] in names]
    if not starts:
        return description, {}
    end = _END_OF_VALUES.search(description, starts[-1].end())
    stop = end.start() if end else len(description)
    stops = [start.start() for start in starts[1:]] + [stop]
    texts = {
        start[1]: description[start.end() : until].strip()
        for start, until in zip(starts, stops, strict=True)
    }
    before = description[: block.start()] + description[block.end() : starts[0].start()]
    return _joined(before, description[stop:]), texts


def _joined(head: str, tail: str) -> str:
    return "\n\n".join(part for part in (head.rstrip(), tail.strip()) if part)

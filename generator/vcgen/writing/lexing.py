"""Lexing: the definitions of a rendered module, by patterns where these can tell.

Which names a statement needs from outside, its syntax tree tells; but trees take a tenth of the
time of a package. What templates write is plain: a name that can be imported, and to which the
statement gives no value itself, is one that it needs. Where a name seems to be both, or where a
word gives names a value in a way that no pattern sees, the tree is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from vcgen.records import replace
from vcgen.writing.definitions import Definition, Import, parse
from vcgen.writing.printing.literals import DOCSTRING, STRING

# Where a statement of the module begins, and what it defines: a decorator, or a comment, is a part
# of the next, and a text is the docstring of what is above it.
_START = re.compile(
    rf"^{DOCSTRING}"
    r"|^(?P<start>(?:[@#][^\n]*\n)*"
    r"(?:(?:class|def|async def) (?P<block>\w+)|(?P<value>\w+) = |if |\w+: ))",
    re.M | re.S,
)
# A name that is no attribute, outside of strings and comments, with what shows that it is given a
# value there: `x: int`, `x = 1`, `f(x=1)`, `def x(`.
_NAMES = re.compile(
    rf"{DOCSTRING}|{STRING}|#[^\n]*|[.\d]\w*"
    r"|((?:class|def) \w+|(?m:^ *)[^\W\d]\w* = |[^\W\d]\w*(?:: |=(?=[^=]))?)",
    re.S,
)
# Words that give values to names behind them, or make types of strings.
_UNSEEN = frozenset({"as", "cast", "for", "global", "import", "nonlocal", "TypeAlias"})


def lexed(
    text: str, imports: Mapping[str, Import], known: Sequence[Set[str]]
) -> Iterator[Definition]:
    """Yield the definitions of a module that a template wrote.

    Args:
        text: The source of the module, without its imports.
        imports: What its names mean that it does not define.
        known: Sets of the names that can be imported, or copied: no other is looked for.
    """
    starts = [match for match in _START.finditer(text) if match["start"]]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=False):
        start = match.start()
        statement, name = text[start:end].rstrip(), match["block"] or match["value"]
        is_block, is_tight = bool(match["block"]), start > 1 and text[start - 2] != "\n"
        mentions = _mentions(statement, name, known)
        if mentions is None:
            (found,) = parse(statement, imports)
            yield replace(found, is_tight=is_tight)
        else:
            yield Definition((name,), statement, mentions, imports, is_block, is_tight)


def _mentions(text: str, name: str | None, known: Sequence[Set[str]]) -> frozenset[str] | None:
    """Return the names that a statement needs, or None where its syntax tree has to tell.

    Args:
        text: The statement.
        name: What it defines, if that is known.
        known: Sets of the names that are looked for.
    """
    found = set[str](_NAMES.findall(text))
    mentions = frozenset[str]().union(*(names & found for names in known))
    given = {one.strip(" :=").rpartition(" ")[2] for one in found if not one.isidentifier()}
    is_plain = name and found.isdisjoint(_UNSEEN) and (given - {name}).isdisjoint(mentions)
    return mentions if is_plain else None

"""Joining: a statement that was broken into lines for its length alone becomes one line again."""

from __future__ import annotations

from vcgen.writing.printing.grammar import parsed
from vcgen.writing.printing.lines import INDENT, Line
from vcgen.writing.printing.splitting import laid_out
from vcgen.writing.printing.statements import Statement
from vcgen.writing.printing.tokens import Unclaimed


def joined(statement: Statement, limit: int) -> str:
    """Return a statement in one line, if for `limit` columns it is broken into those that it has.

    Commas at the end of items, which keep them apart at any length, are left out then.
    """
    text = statement.text
    if "\n" not in text:
        return text
    try:
        tokens = parsed(text)
        kept = [
            token
            for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
            if not (token.kind == "comma" and following.kind == "closing" and following.is_magic)
        ]
        alone = str(Line(kept, 0))
        is_same = laid_out(alone, statement.depth, limit) == INDENT * statement.depth + text
    except Unclaimed:
        return text
    return alone if is_same else text

"""Modules: the statements of a module, each printed, with the empty lines between them."""

from __future__ import annotations

import re

from vcgen.writing.printing.lines import INDENT, width
from vcgen.writing.printing.shortcuts import shortcut
from vcgen.writing.printing.spacing import spaced
from vcgen.writing.printing.splitting import laid_out
from vcgen.writing.printing.statements import Statement, statements_of

_COMMA_AT_END = re.compile(r",[)\]}]")
# What a template has in a line of its own, whatever its length.
_SKIPPED = "# fmt: skip"


def printed(module: str, limit: int) -> str:
    """Return a module with its statements in lines of at most `limit` columns where that can be.

    Raises:
        Unclaimed: A statement is too long, and of a kind that is not known here.
    """
    statements = list(statements_of(module))
    lines: list[str] = []
    for statement, blank in zip(statements, spaced(statements), strict=True):
        lines += [""] * blank
        lines.append(_printed(statement, limit))
    return "\n".join([*lines, ""]) if lines else ""


def _printed(statement: Statement, limit: int) -> str:
    text = statement.text
    line = INDENT * statement.depth + text
    if statement.is_text or text.endswith(_SKIPPED) or _is_done(text, line, limit):
        return line
    found = shortcut(text, statement.depth, limit)
    return laid_out(text, statement.depth, limit) if found is None else found


def _is_done(text: str, line: str, limit: int) -> bool:
    """Tell whether a statement is in a line of its own, and fits there."""
    return "\n" not in text and width(line) <= limit and not _COMMA_AT_END.search(text)

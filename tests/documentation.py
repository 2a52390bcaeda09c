"""The pages of the documentation, and the blocks of code on them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| *(.+?) *\| *(.+?) *\|", re.MULTILINE)


def text_of(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> Iterator[str]:
    """Yield the blocks of a language."""
    for _, found, code in _BLOCK.findall(text_of(page)):
        if found == language:
            yield textwrap.dedent(code)


def table(page: Path, head: str) -> dict[str, str]:
    """Return the first two columns of the tables that have this head, without the head."""
    rows: dict[str, str] = {}
    for part in text_of(page).split("\n\n"):
        lines = part.strip().splitlines()
        if lines and lines[0].startswith(f"| {head} |"):
            rows |= dict(_ROW.findall("\n".join(lines[2:])))
    return rows

"""Formatting: text becomes what formatters leave as it is.

The printer does it; black, which is twenty times slower, does what the printer does not know.
"""

from __future__ import annotations

from vcgen.writing.printing import Unclaimed, printed
from vcgen.writing.style import USUAL, Style


def formatted(text: str, style: Style = USUAL) -> str:
    """Return Python as formatters leave it.

    Args:
        text: A module, or a definition of one.
        style: How it is to be written.
    """
    try:
        return printed(text, style.line_length)
    except Unclaimed:
        return by_black(text, style)


def by_black(text: str, style: Style) -> str:
    """Return what black makes of a module, or a definition."""
    # Imported when it is needed, which is hardly ever.
    from black import format_str
    from black.mode import Mode, TargetVersion

    target = TargetVersion[f"PY3{style.minor}"]
    mode = Mode(target_versions={target}, line_length=style.line_length)
    return format_str(text, mode=mode)

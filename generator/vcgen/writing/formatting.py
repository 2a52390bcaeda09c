"""Formatting: rendered text becomes what formatters leave as it is.

The printer does it; black, which is twenty times slower, does what the printer does not know.
"""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.writing.printing import Unclaimed, printed
from vcgen.writing.style import USUAL, Style


def format_files(files: Mapping[str, str], style: Style = USUAL) -> dict[str, str]:
    """Return the files with every Python module formatted.

    Args:
        files: Texts by path.
        style: How they are written.
    """
    return {
        path: _formatted(text, style) if path.endswith(".py") else text
        for path, text in files.items()
    }


def _formatted(module: str, style: Style) -> str:
    try:
        return printed(module, style.line_length)
    except Unclaimed:
        return by_black(module, style)


def by_black(module: str, style: Style) -> str:
    """Return what black makes of a module."""
    # Imported when it is needed, which is hardly ever.
    from black import format_str
    from black.mode import Mode, TargetVersion

    target = TargetVersion[f"PY3{style.minor}"]
    mode = Mode(target_versions={target}, line_length=style.line_length)
    return format_str(module, mode=mode)

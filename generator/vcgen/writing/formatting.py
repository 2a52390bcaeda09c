"""Formatting: rendered text becomes what formatters leave as it is.

The printer does it; black, which is twenty times slower, does what the printer does not know.
"""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.writing.printing import Unclaimed, printed

LINE_LENGTH = 88


def format_files(files: Mapping[str, str], line_length: int = LINE_LENGTH) -> dict[str, str]:
    """Return the files with every Python module formatted.

    Args:
        files: Texts by path.
        line_length: How many columns a line may have.
    """
    return {
        path: _formatted(text, line_length) if path.endswith(".py") else text
        for path, text in files.items()
    }


def _formatted(module: str, line_length: int) -> str:
    try:
        return printed(module, line_length)
    except Unclaimed:
        return by_black(module, line_length)


def by_black(module: str, line_length: int) -> str:
    """Return what black makes of a module."""
    # Imported when it is needed, which is hardly ever.
    from black import format_str
    from black.mode import Mode, TargetVersion

    mode = Mode(target_versions={TargetVersion.PY311}, line_length=line_length)
    return format_str(module, mode=mode)

"""Formatting: generated text becomes what black makes of it, configured here alone."""

from __future__ import annotations

from collections.abc import Mapping

import black

_MODE = black.Mode(
    target_versions={black.TargetVersion.PY311},
    line_length=black.DEFAULT_LINE_LENGTH,
)


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with every Python module formatted."""
    return {
        path: black.format_str(text, mode=_MODE) if path.endswith(".py") else text
        for path, text in files.items()
    }

"""Formatting: generated text becomes what black makes of it, configured here alone."""

from __future__ import annotations

from collections.abc import Mapping

from black import format_str
from black.const import DEFAULT_LINE_LENGTH
from black.mode import Mode, TargetVersion

_MODE = Mode(
    target_versions={TargetVersion.PY311},
    line_length=DEFAULT_LINE_LENGTH,
)


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with every Python module formatted."""
    return {
        path: format_str(text, mode=_MODE) if path.endswith(".py") else text
        for path, text in files.items()
    }

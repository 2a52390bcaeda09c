"""The pipeline: a client of the configuration becomes the files of its package."""

from __future__ import annotations

from pathlib import Path

from vcgen.pipeline.cutting import cut, possible, told
from vcgen.pipeline.making import build, generate
from vcgen.pipeline.opening import access_of, open_whole, overlays_of
from vcgen.pipeline.selection import Refused, Selection

__all__ = [
    "IS_INSTALLED",
    "Refused",
    "Selection",
    "access_of",
    "build",
    "cut",
    "generate",
    "open_whole",
    "overlays_of",
    "possible",
    "told",
]

# A checkout has the templates at its top: there, the version does not tell what they are.
IS_INSTALLED = (Path(__file__).parents[1] / "templates").is_dir()

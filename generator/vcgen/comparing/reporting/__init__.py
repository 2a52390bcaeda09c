"""Reporting: what changed, in words for a person, a pull request or a program."""

from __future__ import annotations

from vcgen.comparing.reporting.annotations import as_annotations
from vcgen.comparing.reporting.bump import bump
from vcgen.comparing.reporting.changelog import as_changelog
from vcgen.comparing.reporting.markdown import as_markdown
from vcgen.comparing.reporting.structured import as_json
from vcgen.comparing.reporting.text import Line, as_text

__all__ = ["Line", "as_annotations", "as_changelog", "as_json", "as_markdown", "as_text", "bump"]

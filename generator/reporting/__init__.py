"""Reporting: what changed, in words for a person, a pull request or a program."""

from __future__ import annotations

from generator.reporting.facts import as_json
from generator.reporting.markdown import as_markdown
from generator.reporting.text import Line, as_text

__all__ = ["Line", "as_json", "as_markdown", "as_text"]

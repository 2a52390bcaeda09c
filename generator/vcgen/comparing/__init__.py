"""What changed between two documents for some operations, and whom it breaks."""

from __future__ import annotations

from vcgen.comparing.documents import compare, compare_selected, fitted
from vcgen.comparing.report import Report
from vcgen.comparing.sides import Side, concern, selected

__all__ = ["Report", "Side", "compare", "compare_selected", "concern", "fitted", "selected"]

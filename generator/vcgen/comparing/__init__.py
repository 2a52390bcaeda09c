"""What changed between two documents for some operations, and whom it breaks."""

from __future__ import annotations

from vcgen.comparing.documents import (
    Report,
    Side,
    compare,
    compare_selected,
    concern,
    fitted,
    selected,
)

__all__ = ["Report", "Side", "compare", "compare_selected", "concern", "fitted", "selected"]

"""Learning: what a server really does, told by recorded traffic, becomes corrections of a document.

Traffic is read exchange by exchange, each is matched to an operation and judged against the slice
as the client reads it, and what is wrong is gathered by its place in the document. The corrections
are an OpenAPI Overlay, which is applied as any other.
"""

from __future__ import annotations

from vcgen.learning.corrections import Correction, Learned, corrections
from vcgen.learning.evidence import Evidence, Problem
from vcgen.learning.exchanges import Exchange
from vcgen.learning.har import read_har
from vcgen.learning.lessons import Lesson, learn
from vcgen.learning.overlays import extended

__all__ = [
    "Correction",
    "Evidence",
    "Exchange",
    "Learned",
    "Lesson",
    "Problem",
    "corrections",
    "extended",
    "learn",
    "read_har",
]

"""OpenAPI Overlay 1.0: corrections to a document that are written down apart from it.

An overlay is a list of actions. The target of an action is a JSONPath; what it selects is updated
or removed, in a copy: neither the document nor the overlay changes. Actions are applied in order,
each to what the ones before it left.
"""

from __future__ import annotations

from vcgen.reading.overlay.applying import Applied, apply
from vcgen.reading.overlay.needless import needless
from vcgen.reading.overlay.overlaid import Overlaid, is_other, overlaid
from vcgen.reading.overlay.reading import Action, Overlay, read_all

__all__ = [
    "Action",
    "Applied",
    "Overlaid",
    "Overlay",
    "apply",
    "is_other",
    "needless",
    "overlaid",
    "read_all",
]

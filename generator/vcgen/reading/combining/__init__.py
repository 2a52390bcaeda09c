"""Several documents of one product become one document, which says of each node whose it is.

Each is read by itself first: opened, its files joined, corrected, converted. What then is combined
is plain OpenAPI. Components of one name and shape are one component; of unequal ones, the first
document in order has the name, and the other gets its document's label in front.
"""

from __future__ import annotations

from vcgen.reading.combining.combined import Combined, combined
from vcgen.reading.combining.labels import labels

__all__ = ["Combined", "combined", "labels"]

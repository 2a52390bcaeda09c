"""Swagger 2.0 is OpenAPI in an older shape: a document of the one becomes a document of the other.

It is a change of shape alone, from tree to tree, and it is total: a node that OpenAPI 3 cannot
express, or that is no Swagger, becomes null, and what needs it is refused with the reason that
`Converted.explain` gives. So one bad operation costs nobody who does not use it.
"""

from __future__ import annotations

from vcgen.reading.swagger2.converted import Converted
from vcgen.reading.swagger2.converting import convert, is_swagger2

__all__ = ["Converted", "convert", "is_swagger2"]

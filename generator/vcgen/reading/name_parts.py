"""Parts of the names of components that are made of where something stands: files, keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

# OpenAPI 3.1, section 4.8.7; a full stop joins the parts.
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


def name_parts(parts: Iterable[str]) -> list[str]:
    """Return parts of a path as the names of components may have them, without empty ones."""
    found = (_NOT_IN_NAMES.sub("-", part).strip("-") for part in parts)
    return [part for part in found if part]

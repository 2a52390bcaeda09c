"""Excerpts of error bodies, without secrets."""

from __future__ import annotations

import re

from vcgen.runtime.tables import SECRETS


def excerpt(body: bytes) -> str:
    """Return the beginning of a body, without the values of secrets."""
    names = "|".join(map(re.escape, SECRETS))
    value = r'"(?:\\.|[^"\\])*"?|\[[^\]]*\]?|\{[^}]*\}?|[^,}\s]+'
    secret = rf'("(?:{names})"\s*:\s*)(?:{value})'
    text = re.sub(secret, r'\1"***"', body.decode(errors="replace"))
    shown = text if len(text) < 200 else f"{text[:200]}..."
    return repr(shown) if text else "empty response"

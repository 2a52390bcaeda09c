"""Excerpts of error bodies, without secrets."""

from __future__ import annotations

import re

from vcgen.runtime.tables import SECRETS


def excerpt(body: bytes) -> str:
    """Return the beginning of a body without secrets; a line of text as it is."""
    names = "|".join(map(re.escape, SECRETS))
    value = r'"(?:\\.|[^"\\])*"?|\[[^\]]*\]?|\{[^}]*\}?|[^,}\s]+'
    secret = rf'("(?:{names})"\s*:\s*)(?:{value})'
    found = body.decode(errors="replace").strip() or "empty response"
    text = re.sub(secret, r'\1"***"', found)
    shown = text if len(text) < 200 else f"{text[:200]}..."
    return shown if text[:1].isalnum() and text.isprintable() else repr(shown)

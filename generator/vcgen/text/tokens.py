"""Tokens of HTTP: what a header, a scheme of authentication, or a cookie can be called."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def is_token(text: str) -> bool:
    """Tell whether a text is a token (RFC 9110, section 5.6.2): no blanks, no brackets, ASCII."""
    return bool(_TOKEN.fullmatch(text))

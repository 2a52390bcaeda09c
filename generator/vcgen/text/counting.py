"""Counting: numbers with their nouns."""

from __future__ import annotations

_PLURALS = {"class": "classes", "reply": "replies", "request body": "request bodies"}


def counted(number: int, what: str) -> str:
    """Return a number with its noun, in the plural if need be."""
    return f"{number} {what if number == 1 else _PLURALS.get(what, f'{what}s')}"

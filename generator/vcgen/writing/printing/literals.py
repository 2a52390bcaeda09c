"""Literals: plain values as Python writes them, in the quotes that formatters prefer."""

from __future__ import annotations

DOCSTRING = r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3}'
"""A pattern of a text between three quotes, whose stops stand for any character."""
STRING = r""""(?:[^"\\\n]++|\\.)*+"|\'(?:[^\'\\\n]++|\\.)*+\'"""
"""A pattern of a string in a line."""


def literal(value: object) -> str:
    """Return a value as Python writes it: a string in double quotes, if these need no more escapes.

    Args:
        value: A string, a number, or a tuple of these.
    """
    if isinstance(value, tuple):
        items: tuple[object, ...] = value
        return f"({', '.join(map(literal, items))}{',' * (len(items) == 1)})"
    text = repr(value)
    if not isinstance(value, str) or text[0] == '"' or value.count('"') > value.count("'"):
        return text
    inner = text[1:-1].replace("\\'", "'").replace('"', '\\"')
    return f'"{inner}"'

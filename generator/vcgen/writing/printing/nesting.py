"""Nesting: which tokens of a statement stand in no brackets, and where an expression ends."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen.writing.printing.tokens import Token


def top(tokens: list[Token], offset: int = 0) -> Iterator[int]:
    """Yield the places of the tokens that are in no brackets, and not among a lambda's names."""
    depth = 0
    for index, token in enumerate(tokens):
        if token.kind == "closing" or (token.text == ":" and depth and _is_lambda(tokens, index)):
            depth -= 1
            if token.kind != "closing":
                continue
        if not depth:
            yield index + offset
        if token.kind == "opening" or token.text == "lambda":
            depth += 1


def _is_lambda(tokens: list[Token], colon: int) -> bool:
    """Tell whether a colon ends the names of a lambda."""
    depth = 0
    for token in reversed(tokens[:colon]):
        if token.kind == "closing":
            depth += 1
        elif token.kind == "opening":
            depth -= 1
        if depth < 0:
            return False
        if not depth and token.text == "lambda":
            return True
    return False


def edge(tokens: list[Token], index: int, step: int) -> int:
    """Return where the expression around a place ends."""
    ends = {",", "=", ":", "return", "for", "yield"}
    depth = 0
    entering = "closing" if step < 0 else "opening"
    while 0 <= (index := index + step) < len(tokens):
        token = tokens[index]
        if token.kind == entering:
            depth += 1
        elif token.kind in {"opening", "closing"}:
            depth -= 1
        if depth < 0 or (not depth and token.text in ends):
            return index
    return index

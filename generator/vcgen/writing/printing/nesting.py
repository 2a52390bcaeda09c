"""Nesting: which tokens of a statement stand in no brackets, and where an expression ends."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen.writing.printing.tokens import Token


def top(tokens: list[Token], offset: int = 0) -> Iterator[int]:
    """Yield the places of the tokens that are in no brackets, and not among a lambda's names."""
    around: list[str] = []  # the brackets and lambdas that a token is in
    for index, token in enumerate(tokens):
        is_colon = token.text == ":" and around[-1:] == ["lambda"]
        if is_colon or token.kind == "closing":
            around.pop()
        if not around and not is_colon:
            yield index + offset
        if token.kind == "opening" or token.text == "lambda":
            around.append(token.text)


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

"""Brackets: around which expressions of a statement brackets may be added, to break it there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vcgen.writing.printing.nesting import edge, top
from vcgen.writing.printing.tokens import Token, Unclaimed

_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", "|=", "&="})


def with_optional_brackets(tokens: list[Token]) -> list[Token]:
    """Return the tokens with brackets without text around what may get some."""
    regions = [region for region in _regions(tokens) if region[0] < region[1]]
    starts: dict[int, list[Token]] = {}
    ends: dict[int, list[Token]] = {}
    for first, last in [*regions, *_ternaries(tokens, regions)]:
        opening, closing = Token("", "opening"), Token("", "closing")
        opening.partner, closing.partner = closing, opening
        starts.setdefault(first, []).append(opening)
        ends.setdefault(last, []).insert(0, closing)
    result: list[Token] = []
    for index in range(len(tokens) + 1):
        result += ends.get(index, [])
        if index < len(tokens):
            token = tokens[index]
            for opening in starts.get(index, []):
                opening.gap, token.gap = token.gap, ""
                result.append(opening)
            result.append(token)
    return result


def _regions(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield the expressions of a statement around which brackets may stand."""
    first = tokens[0].text
    outer = list(top(tokens))
    end = len(tokens)
    if first == "return":
        yield from _region(tokens, 1, end)
    elif first in {"if", "elif", "while"}:
        yield from _region(tokens, 1, end - 1)
    elif first == "from":
        start = next(i for i in outer if tokens[i].text == "import") + 1
        yield from _imported(tokens, start, end)
    elif first == "for":
        middle = next(i for i in outer if tokens[i].text == "in")
        yield from _region(tokens, 1, middle)
        yield from _region(tokens, middle + 1, end - 1)
    elif first in {"def", "async"}:
        arrow = next((i for i in outer if tokens[i].text == "->"), end)
        yield from _annotations(tokens)
        yield from _region(tokens, arrow + 1, end - 1)
    elif first not in {"class", "raise", "import", "@"}:
        yield from _assigned(tokens, outer)


def _annotations(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield the types of a function's arguments that are one of several."""
    opening = next(i for i, one in enumerate(tokens) if one.text == "(")
    depth, start, has_choice = 0, 0, False
    for index, token in enumerate(tokens[opening + 1 :], opening + 1):
        if not depth and start and token.text in {"=", ",", ")"}:
            if has_choice or tokens[start].text == "(":
                yield from _region(tokens, start, index)
            start, has_choice = 0, False
        if token.kind == "opening":
            depth += 1
        elif token.kind == "closing":
            depth -= 1
        elif not depth and token.text == ":":
            start = index + 1
        elif not depth and start and token.text == "|":
            has_choice = True
        if depth < 0:
            return


def _assigned(tokens: list[Token], outer: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the annotation and the values of an assignment."""
    colon = next((i for i in outer if tokens[i].text == ":"), None)
    if colon == len(tokens) - 1:
        return  # `else:`
    signs = [i for i in outer if tokens[i].text in _ASSIGNMENTS]
    if colon is not None and (not signs or colon < signs[0]):
        signs.insert(0, colon)
    if signs and any(tokens[i].kind == "comma" for i in outer if i < signs[0]):
        yield 0, signs[0]
    for sign, following in pairwise([*signs, len(tokens)]):
        yield from _region(tokens, sign + 1, following)


def _imported(tokens: list[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    if tokens[start].text == "(":
        tokens[start].text = tokens[-1].text = ""
    else:
        yield start, end


def _region(tokens: list[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield an expression, unless it has brackets of its own that stay."""
    if start >= end:
        return
    opening, closing = tokens[start], tokens[end - 1]
    if opening.text != "(" or opening.partner is not closing:
        yield start, end
        return
    inner = [tokens[i] for i in top(tokens[start + 1 : end - 1], start + 1)]
    if inner and not any(one.kind == "comma" or one.text in {"for", "yield"} for one in inner):
        opening.text = closing.text = ""
        tokens[start + 1].gap = ""


def _ternaries(tokens: list[Token], regions: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the conditional expressions that have no brackets around them."""
    bracketed = dict(regions)
    for index, token in enumerate(tokens):
        if token.text != "else" or index == len(tokens) - 2:
            continue
        start, end = edge(tokens, index, -1) + 1, edge(tokens, index, 1)
        inner = tokens[start:end]
        if sum(one.text == "else" for one in inner) > 1:
            raise Unclaimed("a conditional expression inside another")
        in_brackets = start > 0 and end < len(tokens) and tokens[start - 1].text in {"(", ""}
        in_brackets = in_brackets and tokens[start - 1].partner is tokens[end]
        if bracketed.get(start) != end and not in_brackets:
            yield start, end

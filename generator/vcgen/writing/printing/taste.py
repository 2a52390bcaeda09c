"""Taste: whether a line looks better with brackets that may be added, or without."""

from __future__ import annotations

from vcgen.writing.printing.grammar import DOT
from vcgen.writing.printing.lines import Line
from vcgen.writing.printing.parts import Parts
from vcgen.writing.printing.tokens import Token


def may_do_without(parts: Parts, limit: int) -> bool:
    """Tell whether an expression without its optional brackets may still be broken well."""
    body = parts.body
    delimiters = body.delimiters
    if not delimiters:
        return True
    highest = max(one.priority for one in delimiters)
    if sum(one.priority == highest for one in delimiters) > 1:
        return False
    if highest == DOT:
        return True
    first, last = body.tokens[0], body.tokens[-1]
    is_filled = first.kind == "opening" and body.tokens[1].kind != "closing"
    if is_filled and _ends_within(body, first, limit):
        return True
    is_subscript = last.text == "]" and last.partner is not None and last.partner.is_trailer
    if last.kind == "closing" and not is_subscript:
        if body.tokens[-2].kind == "opening":
            return False
        return _begins_within(body, last, limit)
    return False


def _ends_within(line: Line, first: Token, limit: int) -> bool:
    """Tell whether what follows the first brackets fits, up to where it can be broken again."""
    length = 4 * line.depth
    is_behind = False
    for token in line.tokens:
        is_behind = is_behind or (token.partner is first and token.kind == "closing")
        if is_behind:
            length += token.width
            if length > limit:
                return False
            is_behind = token.kind != "opening"
    return True


def _begins_within(line: Line, last: Token, limit: int) -> bool:
    """Tell whether what is before the last brackets fits, or can be broken itself."""
    length = 4 * line.depth - len(line.tokens[0].gap)
    has_others = False
    for token in line.tokens:
        length += token.width
        if token is last.partner:
            return has_others or length <= limit
        has_others = has_others or token.kind == "opening"
    return False


def is_better(others: Parts, parts: Parts, limit: int) -> bool:
    """Tell whether a line is rather broken without optional brackets."""
    head = parts.head.tokens
    if len(head) < 2 or head[-2].text != "=":
        return True
    if not any(one.kind in {"opening", "closing"} for one in head[:-1]):
        return True
    if not parts.head.fits(limit - 1) or parts.head.is_magic:
        return True
    signs = sum(one.text == "=" for one in head)
    other = others.head.tokens
    if signs > 1 and signs > sum(one.text == "=" for one in other):
        return False
    for token in reversed(other):
        if token.text == "=":
            break
        if token.kind == "closing":
            return True
    return any(one.text == "=" for one in other) and others.head.fits(limit)


def can_be_split(line: Line) -> bool:
    """Tell whether there is any hope for a line."""
    tokens = line.tokens
    if len(tokens) < 2:
        return False
    if tokens[0].kind != "string" or tokens[1].text != ".":
        return True
    calls = dots = 0
    following = tokens[-1]
    for token in reversed(tokens[:-1]):
        if token.kind == "opening":
            if following.kind != "closing":
                return False
            calls += 1
        elif token.text == ".":
            dots += 1
        elif token.kind == "name":
            if following.text != "." and following.kind != "opening":
                return False
        elif token.kind != "closing":
            return False
        if dots > 1 and calls > 1:
            return False
    return True

"""Splitting: a statement becomes lines that fit, as black breaks it.

A line is broken at its last brackets that help: what is before them and the opening one (head),
what is inside (body), the closing one and what follows (tail). A body that is still too long is
broken behind its weakest operators; a function at its arguments. Brackets may be added around
some expressions; they are where a statement is broken if nothing else looks better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vcgen.records import replace
from vcgen.writing.printing.grammar import COMMA, DOT, parsed
from vcgen.writing.printing.lines import Line, comma, ends_with_comma, width
from vcgen.writing.printing.parts import CannotSplit, Parts, last_parts, parts_at
from vcgen.writing.printing.taste import can_be_split, is_better, may_do_without
from vcgen.writing.printing.tokens import Token, Unclaimed, copied

# Brackets that were added, and at which no line ends.
_USELESS = re.compile(r"= \((?:\w[\w.]*[(\[]|\{\}\)|\[\]\))$", re.M)


def laid_out(statement: str, depth: int, limit: int) -> str:
    """Return a statement in lines that are at most `limit` columns long, where that can be.

    Args:
        statement: The statement, broken into lines in any way.
        depth: How far it is indented.
        limit: How many columns a line may have.

    Raises:
        Unclaimed: It is of a kind that is not known here.
    """
    lines = split(Line(parsed(statement), depth), limit)
    text = "\n".join(map(str, lines))
    # Brackets that help nothing, and a comma at the end of what is returned, have a say, too.
    has_comma = len(lines) > 1 and lines[0].is_definition and ",\n" in text.partition(") -> ")[2]
    if has_comma or any(width(line) > limit for line in text.split("\n")):
        text = "\n".join(map(str, split(Line(parsed(text.strip()), depth), limit)))
    if _USELESS.search(text) and not _USELESS.search(statement):
        raise Unclaimed(statement)  # a name is longer than a line, which black tries twice
    return text


_Way = Callable[[Line, int, bool], list[Line]]


def split(line: Line, limit: int, brackets: bool = False) -> list[Line]:
    """Return the lines that a line becomes, none longer than `limit` if that can be.

    Args:
        line: The line, which is used up.
        limit: How many columns a line may have.
        brackets: Whether optional brackets are to be used wherever they are.
    """
    text = str(line)
    if not line.must_split and not line.is_magic and width(text) <= limit:
        return [line]
    ways: tuple[_Way, ...] = (_at_last_brackets,)
    if line.is_definition and not line.returns_items:
        ways = (_at_arguments,)
    elif line.is_inside:
        ways = (_behind_delimiters, _at_last_brackets)
    for way in ways:
        try:
            return _tried(line, way, text, limit, brackets)
        except CannotSplit:
            continue
    return [line]


def _tried(line: Line, way: _Way, text: str, limit: int, brackets: bool) -> list[Line]:
    """Return the lines that a line becomes in one way."""
    unwritten = [token for token in line.paired if token.partner and not token.text]
    optional = [token for token in unwritten if token.level == line.level]
    found: list[Line] = []
    for part in way(line, limit, brackets):
        if str(part) == text:
            raise CannotSplit
        found += split(part, limit, brackets)
    is_final = brackets or way is not _at_last_brackets or not unwritten
    if is_final or any(token.text for token in optional) or found[0].fits(limit):
        return found
    copy = replace(line, tokens=copied(line.tokens))
    other = _tried(copy, way, text, limit, brackets=True)
    return other if all(one.fits(limit) for one in other) else found


# At the arguments of a function


def _at_arguments(line: Line, limit: int, brackets: bool) -> list[Line]:
    """Break a function at its first brackets that hold anything."""
    names = 3 if line.tokens[0].text == "async" else 2
    places = {token: index for index, token in enumerate(line.tokens)}
    for kind in "([":
        depth = 0
        for index, token in enumerate(line.tokens):
            # The type parameters are in square brackets, which may hold others.
            if token.text == "[" and (index == names or depth):
                depth += 1
            elif token.text == "]" and depth:
                depth -= 1
            is_of_kind = token.kind == "opening" and (token.text or "(") == kind
            last = places.get(token.partner, 0) if token.partner else 0
            if is_of_kind and last > index + 1 and not (kind == "(" and depth):
                _write(token, line.tokens[last])
                return parts_at(line, index, last).lines
    raise CannotSplit


# At the last brackets


def _at_last_brackets(line: Line, limit: int, brackets: bool) -> list[Line]:
    """Break a line at the last brackets before which it fits, or else at the last of all."""
    starts: dict[Token, int] = {}
    column = 4 * line.depth - len(line.tokens[0].gap)
    for token in line.tokens:
        starts[token] = column
        column += token.width
    first: list[Line] | None = None
    for omitted in _omissions(line, limit):
        if omitted:
            target = _last_opening(line, omitted)
            if target is not None and target.text and starts.get(target, 0) > limit:
                continue
        lines = _at_brackets(line, limit, brackets, omitted)
        if first is None and not omitted:
            first = lines
        if lines[0].fits(limit):
            return lines
    return _at_brackets(line, limit, brackets, frozenset()) if first is None else first


def _last_opening(line: Line, omitted: frozenset[Token]) -> Token | None:
    closing = (one for one in reversed(line.tokens) if one.kind == "closing")
    return next((one.partner for one in closing if one not in omitted), None)


def _omissions(line: Line, limit: int) -> Iterator[frozenset[Token]]:
    """Yield the closing brackets not to break at: none, then more and more that fit at the end."""
    omitted: set[Token] = set()
    if not line.is_magic:
        yield frozenset()
    length = 4 * line.depth - len(line.tokens[0].gap)
    inner: set[Token] = set()
    opening: Token | None = None
    closing: Token | None = None
    for index in range(len(line.tokens) - 1, -1, -1):
        token = line.tokens[index]
        length += token.width
        if length > limit:
            return
        before = line.tokens[index - 1] if index else None
        if opening is not None:
            if token is opening:
                opening = None
            elif token.kind == "closing":
                if _ends_items(before, token):
                    return
                inner.add(token)
        elif token.kind == "closing":
            if before is not None and before.kind == "opening":
                inner.add(token)
                continue
            if closing is not None:
                omitted |= {closing, *inner}
                inner.clear()
                yield frozenset(omitted)
            if _ends_items(before, token):
                return
            if token.text:
                opening, closing = token.partner, token


def _ends_items(before: Token | None, closing: Token) -> bool:
    """Tell whether a bracket has a comma before it, and so a line for each item."""
    return before is not None and before.kind == "comma" and closing.is_magic


def _at_brackets(line: Line, limit: int, brackets: bool, omitted: frozenset[Token]) -> list[Line]:
    """Break a line at its last brackets that are not omitted."""
    return _best(last_parts(line, omitted), line, limit, brackets, omitted)


def _best(
    parts: Parts, line: Line, limit: int, brackets: bool, omitted: frozenset[Token]
) -> list[Line]:
    """Return the parts of a line, or those without the optional brackets if these look better."""
    is_open = parts.is_optional and not brackets and not line.is_import
    if is_open and may_do_without(parts, limit):
        omitted = omitted | {parts.closing}
        try:
            others = last_parts(line, omitted)
            if is_better(others, parts, limit):
                return _best(others, line, limit, brackets, omitted)
        except CannotSplit:
            if _is_chain(line):
                pass
            elif not can_be_split(parts.body) and not parts.body.fits(limit):
                raise
    _write(parts.opening, parts.closing)
    return parts.lines


def _is_chain(line: Line) -> bool:
    return sum(one.text == "=" and one.level == line.level for one in line.tokens) > 1


def _write(opening: Token, closing: Token) -> None:
    """Write optional brackets."""
    opening.text = opening.text or "("
    closing.text = closing.text or ")"


# Behind delimiters


def _behind_delimiters(line: Line, limit: int, brackets: bool) -> list[Line]:
    """Break a line behind each of its weakest operators."""
    delimiters = [one for one in line.delimiters if one is not line.tokens[-1]]
    if not delimiters:
        raise CannotSplit
    highest = max(one.priority for one in delimiters)
    if highest == DOT and sum(one.priority == highest for one in delimiters) == 1:
        raise CannotSplit
    found: list[list[Token]] = [[]]
    for token in line.tokens:
        found[-1].append(token)
        if token.level == line.level and token.priority == highest:
            found.append([])
    items = [item for item in found if item]
    if highest == COMMA and not ends_with_comma(items[-1]):
        items[-1].append(comma(line.level))
    return [Line(item, line.depth, line.level, is_inside=True) for item in items]

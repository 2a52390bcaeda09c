"""Splitting: a statement becomes lines that fit, as black breaks it.

A line is broken at its last brackets that help: what is before them and the opening one (head),
what is inside (body), the closing one and what follows (tail). A body that is still too long is
broken behind its weakest operators; a function at its arguments. Brackets may be added around
some expressions; they are where a statement is broken if nothing else looks better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vcgen.writing.printing.grammar import COMMA, DOT, parsed
from vcgen.writing.printing.lines import Line, comma, ends_with_comma, width
from vcgen.writing.printing.tokens import Token, copied


class _CannotSplit(Exception):
    """A line cannot be broken in this way."""


@dataclass(frozen=True)
class _Parts:
    """A line broken at a pair of brackets."""

    head: Line
    body: Line
    tail: Line
    opening: Token
    closing: Token

    @property
    def lines(self) -> list[Line]:
        """The parts that hold anything."""
        return [part for part in (self.head, self.body, self.tail) if part.tokens]

    @property
    def is_optional(self) -> bool:
        """Whether the brackets are not written yet."""
        return not self.opening.text and not self.closing.text


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
    if not line.must_split and not line.is_magic and line.fits(limit):
        return [line]
    ways: tuple[_Way, ...] = (_at_last_brackets,)
    if line.is_definition and not line.returns_items:
        ways = (_at_arguments,)
    elif line.is_inside:
        ways = (_behind_delimiters, _at_last_brackets)
    for way in ways:
        try:
            return _tried(line, way, text, limit, brackets)
        except _CannotSplit:
            continue
    return [line]


def _tried(line: Line, way: _Way, text: str, limit: int, brackets: bool) -> list[Line]:
    """Return the lines that a line becomes in one way."""
    unwritten = [token for token in line.paired if token.partner and not token.text]
    optional = [token for token in unwritten if token.level == line.level]
    found: list[Line] = []
    for part in way(line, limit, brackets):
        if str(part) == text:
            raise _CannotSplit
        found += split(part, limit, brackets)
    is_final = brackets or way is not _at_last_brackets or not unwritten
    if is_final or any(token.text for token in optional) or found[0].fits(limit):
        return found
    copy = Line(**{**vars(line), "tokens": copied(line.tokens)})
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
                return _parts(line, index, last).lines
    raise _CannotSplit


# At the last brackets


def _at_last_brackets(line: Line, limit: int, brackets: bool) -> list[Line]:
    """Break a line at the last brackets before which it fits, or else at the last of all."""
    starts: dict[Token, int] = {}
    column = len(str(line)) - sum(one.width for one in line.tokens[1:]) - len(line.tokens[0].text)
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
    length = 4 * line.depth
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
    return _best(_last_parts(line, omitted), line, limit, brackets, omitted)


def _best(
    parts: _Parts, line: Line, limit: int, brackets: bool, omitted: frozenset[Token]
) -> list[Line]:
    """Return the parts of a line, or those without the optional brackets if these look better."""
    is_open = parts.is_optional and not brackets and not line.is_import
    if is_open and _may_do_without(parts, limit):
        omitted = omitted | {parts.closing}
        try:
            others = _last_parts(line, omitted)
            if _is_better(others, parts, limit):
                return _best(others, line, limit, brackets, omitted)
        except _CannotSplit:
            if _is_chain(line):
                pass
            elif not _can_be_split(parts.body) and not parts.body.fits(limit):
                raise
    _write(parts.opening, parts.closing)
    return parts.lines


def _is_chain(line: Line) -> bool:
    return sum(one.text == "=" and one.level == line.level for one in line.tokens) > 1


def _last_parts(line: Line, omitted: frozenset[Token]) -> _Parts:
    """Return a line broken at its last brackets that are not omitted.

    Raises:
        _CannotSplit: There are none, or nothing would be gained.
    """
    tokens = line.tokens
    places = {token: index for index, token in enumerate(tokens)}
    for last in range(len(tokens) - 1, -1, -1):
        token = tokens[last]
        if token.kind == "closing" and token not in omitted:
            first = places.get(token.partner, -1) if token.partner else -1
            if first == last - 1:
                continue  # there is nothing between them
            if first < 0:
                raise _CannotSplit
            return _parts(line, first, last)
    raise _CannotSplit


def _parts(line: Line, first: int, last: int) -> _Parts:
    """Return a line broken at the brackets at two places."""
    opening, closing = line.tokens[first], line.tokens[last]
    inside = line.tokens[first + 1 : last]
    if _needs_comma(inside, line, opening) and not ends_with_comma(inside):
        inside.append(comma(opening.level + 1))
    body = Line(inside, line.depth + 1, opening.level + 1, is_inside=True)
    body.must_split = _is_list(body, opening)
    return _Parts(
        Line(line.tokens[: first + 1], line.depth, line.level, is_head=True),
        body,
        Line(line.tokens[last:], line.depth, line.level, is_tail=True),
        opening,
        closing,
    )


def _needs_comma(inside: list[Token], line: Line, opening: Token) -> bool:
    """Tell whether what is in brackets gets a comma, even if it is one item."""
    if not inside:
        return False
    if line.is_import:
        return True
    if not line.is_definition or opening.text != "(":
        return False
    has_commas = any(one.kind == "comma" and one.level == opening.level + 1 for one in inside)
    return not has_commas and not _follows_arrow(line, opening)


def _follows_arrow(line: Line, opening: Token) -> bool:
    """Tell whether brackets stand in what a function returns."""
    before = line.tokens[: line.tokens.index(opening)]
    return any(one.text == "->" for one in before)


def _is_list(body: Line, opening: Token) -> bool:
    """Tell whether what is in brackets gets a line for each item, whether or not they fit."""
    has_end = ends_with_comma(body.tokens)
    inner = body.delimiters[:-1] if has_end else body.delimiters
    if not inner or max(one.priority for one in inner) != COMMA:
        return False
    return has_end or not opening.is_trailer


def _may_do_without(parts: _Parts, limit: int) -> bool:
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
    if first.kind == "opening" and body.tokens[1].kind != "closing":
        if _ends_within(body, first, limit):
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
        is_behind = is_behind or token.partner is first and token.kind == "closing"
        if is_behind:
            length += token.width
            if length > limit:
                return False
            is_behind = token.kind != "opening"
    return True


def _begins_within(line: Line, last: Token, limit: int) -> bool:
    """Tell whether what is before the last brackets fits, or can be broken itself."""
    length = 4 * line.depth
    has_others = False
    for token in line.tokens:
        length += token.width
        if token is last.partner:
            return has_others or length <= limit
        has_others = has_others or token.kind == "opening"
    return False


def _is_better(others: _Parts, parts: _Parts, limit: int) -> bool:
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


def _can_be_split(line: Line) -> bool:
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


def _write(opening: Token, closing: Token) -> None:
    """Write optional brackets."""
    opening.text = opening.text or "("
    closing.text = closing.text or ")"


# Behind delimiters


def _behind_delimiters(line: Line, limit: int, brackets: bool) -> list[Line]:
    """Break a line behind each of its weakest operators."""
    delimiters = [one for one in line.delimiters if one is not line.tokens[-1]]
    if not delimiters:
        raise _CannotSplit
    highest = max(one.priority for one in delimiters)
    if highest == DOT and sum(one.priority == highest for one in delimiters) == 1:
        raise _CannotSplit
    found: list[list[Token]] = [[]]
    for token in line.tokens:
        found[-1].append(token)
        if token.level == line.level and token.priority == highest:
            found.append([])
    items = [item for item in found if item]
    if highest == COMMA and not ends_with_comma(items[-1]):
        items[-1].append(comma(line.level))
    for item in items:
        item[0].gap = ""
    return [Line(item, line.depth, line.level, is_inside=True) for item in items]

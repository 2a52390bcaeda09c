"""Grammar: where a statement may be broken into lines, and where brackets may be added for that.

The priorities are those of black: what binds least is broken first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vcgen.writing.printing.tokens import Token, Unclaimed, tokens_of

COMPREHENSION = 20
COMMA = 18
TERNARY = 16
LOGIC = 14
STRING = 12
COMPARISON = 10
DOT = 1
_ARITHMETIC = {"|": 9, "^": 8, "&": 7, "<<": 6, ">>": 6, "+": 5, "-": 5}
_ARITHMETIC |= {"*": 4, "/": 4, "//": 4, "%": 4, "@": 4, "**": 2}
_COMPARISONS = frozenset({"<", ">", "==", "!=", "<=", ">="})
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", "|=", "&="})
# After these words an operator stands alone, and a bracket is no call.
_KEYWORDS = frozenset({"and", "assert", "await", "elif", "else", "for", "from", "if", "import"})
_KEYWORDS |= {"in", "is", "lambda", "not", "or", "raise", "return", "while", "yield", "del"}
# Statements that are broken by rules of their own.
_UNKNOWN = frozenset({"assert", "del", "with", "except"})
_UNKNOWN_BLOCKS = frozenset({"match", "case"})


def parsed(statement: str) -> list[Token]:
    """Return the tokens of a statement, with all that is known of them.

    Raises:
        Unclaimed: It is of a kind that is not known here.
    """
    tokens = tokens_of(statement)
    first, last = tokens[0].text, tokens[-1].text
    is_unknown = first in _UNKNOWN or (first in _UNKNOWN_BLOCKS and last == ":")
    if is_unknown or any(one.text == ":=" for one in tokens):
        raise Unclaimed(statement)
    _pair(tokens)
    tokens = _with_optional_brackets(tokens)
    _measure(tokens)
    return tokens


def _pair(tokens: list[Token]) -> None:
    """Tell the brackets of each pair of each other, and what they are for."""
    is_import = tokens[0].text == "from"
    is_definition = tokens[0].text in {"def", "class", "async"}
    opened: list[Token] = []
    before: Token | None = None
    for token in tokens:
        if token.kind == "opening":
            called = before is not None and before.kind in {"name", "closing", "string"}
            token.is_trailer = called and before is not None and before.text not in _KEYWORDS
            opened.append(token)
        elif token.kind == "closing":
            token.partner = opened.pop()
            token.partner.partner = token
        before = token
    for second, commas in _closed_behind_commas(tokens):
        assert second.partner is not None
        is_call = second.partner.is_trailer or is_import or is_definition
        if second.text == ")":
            second.is_magic = is_call or commas > 1
        else:
            second.is_magic = second.text == "}" or commas > 1 or not second.partner.is_trailer


def _closed_behind_commas(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Yield each closing bracket that has a comma before it, and how many there are."""
    counts: list[int] = [0]
    for first, second in pairwise(tokens):
        if first.kind == "opening":
            counts.append(0)
        elif first.kind == "closing":
            counts.pop()
        elif first.kind == "comma":
            counts[-1] += 1
            if second.kind == "closing":
                yield second, counts[-1]


# Brackets that may be added


def _with_optional_brackets(tokens: list[Token]) -> list[Token]:
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
    top = list(_top(tokens))
    end = len(tokens)
    if first == "return":
        yield from _region(tokens, 1, end)
    elif first in {"if", "elif", "while"}:
        yield from _region(tokens, 1, end - 1)
    elif first == "from":
        start = next(i for i in top if tokens[i].text == "import") + 1
        yield from _imported(tokens, start, end)
    elif first == "for":
        middle = next(i for i in top if tokens[i].text == "in")
        yield from _region(tokens, 1, middle)
        yield from _region(tokens, middle + 1, end - 1)
    elif first in {"def", "async"}:
        arrow = next((i for i in top if tokens[i].text == "->"), end)
        yield from _annotations(tokens)
        yield from _region(tokens, arrow + 1, end - 1)
    elif first not in {"class", "raise", "import", "@"} and not _is_alias(tokens):
        yield from _assigned(tokens, top)


def _is_alias(tokens: list[Token]) -> bool:
    """Tell whether a statement gives a type a name in the way of Python 3.12."""
    return tokens[0].text == "type" and len(tokens) > 1 and tokens[1].kind == "name"


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


def _assigned(tokens: list[Token], top: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the annotation and the values of an assignment."""
    colon = next((i for i in top if tokens[i].text == ":"), None)
    if colon == len(tokens) - 1:
        return  # `else:`
    signs = [i for i in top if tokens[i].text in _ASSIGNMENTS]
    if colon is not None and (not signs or colon < signs[0]):
        signs.insert(0, colon)
    if signs and any(tokens[i].kind == "comma" for i in top if i < signs[0]):
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
    inner = [tokens[i] for i in _top(tokens[start + 1 : end - 1], start + 1)]
    if inner and not any(one.kind == "comma" or one.text in {"for", "yield"} for one in inner):
        opening.text = closing.text = ""
        tokens[start + 1].gap = ""


def _top(tokens: list[Token], offset: int = 0) -> Iterator[int]:
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


def _ternaries(
    tokens: list[Token], regions: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the conditional expressions that have no brackets around them."""
    bracketed = {start: end for start, end in regions}
    for index, token in enumerate(tokens):
        if token.text != "else" or index == len(tokens) - 2:
            continue
        start, end = _edge(tokens, index, -1) + 1, _edge(tokens, index, 1)
        inner = tokens[start:end]
        if sum(one.text == "else" for one in inner) > 1:
            raise Unclaimed("a conditional expression inside another")
        in_brackets = start > 0 and end < len(tokens) and tokens[start - 1].text in {"(", ""}
        in_brackets = in_brackets and tokens[start - 1].partner is tokens[end]
        if bracketed.get(start) != end and not in_brackets:
            yield start, end


def _edge(tokens: list[Token], index: int, step: int) -> int:
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


# Priorities


def _measure(tokens: list[Token]) -> None:
    """Set how deep in brackets each token stands, and how gladly a line is broken behind it."""
    level = 0
    loops: list[int] = []
    lambdas: list[int] = []
    before: Token | None = None
    for index, token in enumerate(tokens):
        if loops and loops[-1] == level and token.text == "in":
            level -= 1
            loops.pop()
        elif lambdas and lambdas[-1] == level and token.text == ":":
            level -= 1
            lambdas.pop()
        if token.kind == "closing":
            level -= 1
        token.level = level
        if token.kind == "comma":
            token.priority = COMMA
        elif before is not None and (priority := _priority(tokens, index, before)):
            before.priority = priority
        if token.kind == "opening":
            level += 1
        elif token.text == "for":
            level += 1
            loops.append(level)
        elif token.text == "lambda":
            level += 1
            lambdas.append(level)
        before = token


def _priority(tokens: list[Token], index: int, before: Token) -> int:
    """Return how gladly a line is broken before a token, or 0."""
    token = tokens[index]
    text, kind = token.text, token.kind
    if kind == "operator":
        if text == ".":
            return DOT if before.kind == "closing" else 0
        if text in _COMPARISONS:
            return COMPARISON
        return _ARITHMETIC.get(text, 0) if _is_operand(before) else 0
    if kind == "string":
        return STRING if before.kind == "string" else 0
    return _of_word(tokens, index, before) if kind == "name" else 0


def _is_operand(token: Token) -> bool:
    """Tell whether an operator behind a token has it for its left side."""
    if token.kind == "name":
        return token.text not in _KEYWORDS
    return token.kind in {"closing", "string", "number"} or token.text == "..."


def _of_word(tokens: list[Token], index: int, before: Token) -> int:
    """Return how gladly a line is broken before a word, or 0."""
    text = tokens[index].text
    if text in {"and", "or"}:
        return LOGIC
    if text == "is" or (text == "in" and before.text != "not" and not _is_of_loop(tokens, index)):
        return COMPARISON
    if text == "not" and index + 1 < len(tokens) and tokens[index + 1].text == "in":
        return COMPARISON
    if text == "for":
        return COMPREHENSION if before.text != "async" else 0
    if text == "async":
        return COMPREHENSION
    if text == "else":
        return TERNARY
    if text == "if":
        end = _edge(tokens, index, 1)
        return TERNARY if _has_else(tokens[index:end]) else COMPREHENSION
    return 0


def _has_else(tokens: list[Token]) -> bool:
    return any(tokens[i].text == "else" for i in _top(tokens))


def _is_of_loop(tokens: list[Token], index: int) -> bool:
    """Tell whether an `in` belongs to a `for`, and is no comparison."""
    depth = 0
    for token in reversed(tokens[:index]):
        if token.kind == "closing":
            depth += 1
        elif token.kind == "opening":
            depth -= 1
        if depth < 0 or (not depth and token.text == "in"):
            return False
        if not depth and token.text == "for":
            return True
    return False

"""Grammar: where a statement may be broken into lines.

The priorities are those of black: what binds least is broken first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vcgen.writing.printing.brackets import with_optional_brackets
from vcgen.writing.printing.nesting import edge, top
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
    tokens = with_optional_brackets(tokens)
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
            if not opened:
                raise Unclaimed(token.text)
            token.partner = opened.pop()
            token.partner.partner = token
        before = token
    if opened:
        raise Unclaimed(opened[-1].text)
    for closing, commas in _closed_behind_commas(tokens):
        is_trailer = closing.partner is not None and closing.partner.is_trailer
        if closing.text == ")":
            closing.is_magic = is_trailer or is_import or is_definition or commas > 1
        else:
            closing.is_magic = closing.text == "}" or commas > 1 or not is_trailer


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
        end = edge(tokens, index, 1)
        return TERNARY if _has_else(tokens[index:end]) else COMPREHENSION
    return 0


def _has_else(tokens: list[Token]) -> bool:
    return any(tokens[i].text == "else" for i in top(tokens))


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

"""Words: a name of a document taken apart, and what its signs are called.

Letters stay as Python takes them (NFKC): accents on Latin letters go, other scripts are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, name, normalize

# Operators as wholes; what else is made of signs alone is called by each of them.
_OPERATORS = {
    "!": "not",
    "!=": "not_equal",
    "!~": "not_match",
    "&&": "and",
    "<": "less",
    "<=": "less_or_equal",
    "<>": "less_or_greater",
    "=": "equals",
    "==": "equal",
    "=~": "match",
    ">": "greater",
    ">=": "greater_or_equal",
    "||": "or",
}
_SIGNS = {
    " ": "space",
    "!": "exclamation",
    '"': "quote",
    "#": "hash",
    "$": "dollar",
    "%": "percent",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "parenthesis",
    ")": "closing_parenthesis",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less",
    "=": "equals",
    ">": "greater",
    "?": "question",
    "@": "at",
    "[": "bracket",
    "\\": "backslash",
    "]": "closing_bracket",
    "^": "caret",
    "_": "underscore",
    "`": "backtick",
    "{": "brace",
    "|": "pipe",
    "}": "closing_brace",
    "~": "tilde",
}
# Signs that tell names apart which are alike without them: `+1` and `-1`, `created>=`.
_TELLING = re.compile(r"^[+-](?=[0-9])|(?<=\w)(?:[<>]=?|!=)$")
_NAMES_OF_TELLING = {
    "+": "plus_",
    "-": "minus_",
    "<": "_lt",
    "<=": "_lte",
    ">": "_gt",
    ">=": "_gte",
    "!=": "_ne",
}
# Latin letters that are none with an accent.
_LATIN = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"},
        **{"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH"},
        "ı": "i",
    }
)
_SEPARATORS = re.compile(r"[\W_]+")
_CAMEL = re.compile(
    r"IPv[46]|OAuth[0-9]*|[KMGTP](?:iB|B?ps|bps|Hz)(?![a-z])"  # IPv4, OAuth2, MiB, GHz
    r"|[A-Z]{2,}s(?![a-z])"  # VMs
    r"|[iv](?:[A-Z]+(?![a-z])|[A-Z][a-z]+)[0-9]*"  # iSCSI, vCenter
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z][a-z0-9]*|[A-Z][0-9]+[a-z][a-z0-9]*"  # P2p
    r"|[A-Z]+[0-9]*|[0-9]+(?:[a-z][a-z0-9]*)?"
)
_TURNS = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def parts(text: str) -> list[str]:
    """Return what stands between the separators of a name."""
    return [part for part in _SEPARATORS.split(_letters(text)) if part]


@lru_cache(maxsize=4096)  # the same tags, properties and schemas are asked for again and again
def words(text: str) -> tuple[str, ...]:
    """Split a name into its words: at separators, and at capitals inside mixed case."""
    return tuple(word for part in parts(text) for word in _words_of(part))


def folded(text: Iterable[str]) -> list[str]:
    """Return words in lower case."""
    return [word.lower() for word in text]


def spelt(text: str) -> str:
    """Return a name with a sign before a number, or a comparison at its end, as words."""
    if "<" in text and text.endswith(">"):  # brackets: `Page<Item>`
        return text
    return _TELLING.sub(lambda sign: _NAMES_OF_TELLING[sign[0]], text)


def signs(text: str) -> str:
    """Return the name of a text that is made of signs alone, in snake case."""
    if text in _OPERATORS:
        return _OPERATORS[text]
    return "_".join(_SIGNS.get(c) or _unicode_name(c) for c in text)


def exact(text: str) -> str:
    """Return a text with its case as it is and its signs by name, so that little is lost."""
    found = "".join(
        c if c == "_" or (c.isalnum() and f"a{c}".isidentifier()) else f"_{signs(c)}_" for c in text
    )
    return re.sub(r"_{2,}", "_", found).strip("_")


def coded(text: str) -> str:
    """Return a text whose every sign is told by its number: no other text has the same."""
    return "".join(c if c.isascii() and c.isalnum() else f"_x{ord(c):x}_" for c in text)


def _words_of(part: str) -> list[str]:
    if part.isupper():
        return [part]
    if part.isascii():
        return _CAMEL.findall(part)
    turns = [turn.start() for turn in _TURNS.finditer(part)]
    ends = [at for at in turns if part[at - 1].islower() and part[at].isupper()]
    return [part[a:b] for a, b in zip([0, *ends], [*ends, len(part)], strict=True)]


def _letters(text: str) -> str:
    if text.isascii():
        return text
    return "".join(map(_letter, normalize("NFKC", text).translate(_LATIN)))


def _letter(character: str) -> str:
    """Return a letter without its accent, or as it is; what Python cannot take is a separator."""
    plain = "".join(c for c in normalize("NFKD", character) if not combining(c))
    if plain and plain.isascii():
        return plain
    return character if f"a{character}".isidentifier() else " "


def _unicode_name(character: str) -> str:
    found = name(character, "").lower()
    return re.sub(r"[^0-9a-z]+", "_", found) if found else f"u{ord(character):x}"

"""The tree of a JSON text, without what Python reads and JSON does not know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from vcgen.reading.refusals import refusal, repeated_key, too_deep

_GAP = re.compile(r"[ \t\r\n,:]*")
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?P<lone>u[dD][89a-fA-F]\w\w)|.)", re.DOTALL
)

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LAST_COMMA = re.compile(r",[ \t\r\n]*[\]}]")


def parse(text: str) -> Any:
    """Return the tree of a JSON text.

    Raises:
        json.JSONDecodeError: It is not JSON.
        SpecError: It is JSON that has no single meaning, or cannot be written again.
    """
    repeated: list[str] = []
    constants: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        node = dict(pairs)
        if len(node) != len(pairs):
            repeated.append("")
        return node

    try:
        tree = json.loads(text, object_pairs_hook=mapping, parse_constant=constants.append)
    except RecursionError:
        raise too_deep() from None
    except json.JSONDecodeError as error:
        raise _explained(error) from None
    except ValueError:
        # Python refuses to convert decimal numbers of more than 4300 digits.
        raise refusal("a number has thousands of digits", "write a number that fits") from None
    if constants:
        constant, offset = json_constant(text)
        raise json.JSONDecodeError(f"{constant} is not a number of JSON", text, offset)
    if repeated and (found := repeated_json_key(text)):
        raise repeated_key(*found)
    if _SURROGATE.search(text) and (lone := lone_surrogate(text)):
        message = f"{lone[0]} is an unpaired surrogate, which no file can contain"
        raise refusal(message, "write the character itself, or both surrogates", lone[1])
    return tree


def _explained(error: json.JSONDecodeError) -> json.JSONDecodeError:
    """Return an error that is the same in each version of Python: 3.13 knows this mistake."""
    comma = error.doc.rfind(",", 0, error.pos + 1)
    found = _LAST_COMMA.match(error.doc, comma) if comma >= 0 else None
    if found is None or error.pos not in (comma, found.end() - 1):
        return error
    return json.JSONDecodeError("a comma follows the last entry", error.doc, comma)


def dump(tree: Any) -> str:
    """Return a tree as a JSON text."""
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def json_entries(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield (key or index, its offset, offset of the value) for the array or object at `start`.

    Raises:
        ValueError: The text is no JSON from there on.
        IndexError: It ends before the array or object does.
    """
    if text[start] not in "{[":
        return
    decode = json.JSONDecoder().raw_decode
    at, index = skip(text, start + 1), 0
    while text[at] not in "]}":
        name, value = str(index), at
        if text[start] == "{":
            name, end = decode(text, at)
            if not isinstance(name, str):
                raise ValueError("a key that is not a string")
            value = skip(text, end)
        yield name, at, value
        _, end = decode(text, value)
        at, index = skip(text, end), index + 1


def repeated_json_key(text: str) -> tuple[str, int] | None:
    """Return the first key that a JSON object of `text` has twice, and its line."""
    todo = [skip(text, 0)]
    while todo:
        seen, inner = set(), []
        for name, key, value in json_entries(text, todo.pop()):
            if text[key] == '"' and name in seen:
                return name, line_at(text, key)
            seen.add(name)
            inner.append(value)
        todo.extend(reversed(inner))
    return None


def json_constant(text: str) -> tuple[str, int]:
    """Return the first NaN or Infinity of a JSON text that has one, and its offset."""
    found = next(match for match in _STRING_OR_CONSTANT.finditer(text) if match[1])
    return found[1], found.start()


def lone_surrogate(text: str) -> tuple[str, int] | None:
    r"""Return the first `\ud800` of a JSON text that has no other half, and its line."""
    for match in _ESCAPE.finditer(text):
        if match["lone"]:
            return match[0], line_at(text, match.start())
    return None


def skip(text: str, at: int) -> int:
    """Return the offset of what comes after spaces and separators."""
    match = _GAP.match(text, at)
    return match.end() if match else at


def line_at(text: str, offset: int) -> int:
    """Return the line of a character, counted from 1."""
    return text.count("\n", 0, offset) + 1

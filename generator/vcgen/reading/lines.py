"""The lines of a text, for its tree does not know them; PyYAML tells those of YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.reading.merging import entries
from vcgen.reading.pyyaml import compose

_GAP = re.compile(r"[ \t\r\n,:]*")
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?P<lone>u[dD][89a-fA-F]\w\w)|.)", re.DOTALL
)


@dataclass(frozen=True)
class _Place:
    line: int
    node: Any


class Lines:
    """The lines of a text at which the nodes of its tree stand."""

    def __init__(self, text: str) -> None:
        self._marks: _JsonMarks | _YamlMarks | None = None
        for kind in (_JsonMarks, _YamlMarks):
            try:
                self._marks = kind(text)
                return
            except (yaml.YAMLError, RecursionError, ValueError, OverflowError, IndexError):
                continue

    def line(self, pointer: str) -> int | None:
        """Return the line of the deepest node on the way of `pointer`, or None if unreadable."""
        if self._marks is None:
            return None
        place = self._marks.root
        for step in _steps(pointer):
            inner = self._marks.inside(place).get(step)
            if inner is None:
                break
            place = inner
        return place.line


def _steps(pointer: str) -> list[str]:
    steps = unquote(pointer.removeprefix("#")).split("/")[1:]
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def _skip(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def line_at(text: str, offset: int) -> int:
    """Return the line of a character, counted from 1."""
    return text.count("\n", 0, offset) + 1


class _JsonMarks:
    """The places of a JSON text; a node is the offset of its first character."""

    def __init__(self, text: str) -> None:
        start = _skip(text, 0)
        if text[start] not in "{[":
            raise ValueError("neither an object nor an array")
        self._text = text
        self._inside: dict[int, dict[str, _Place]] = {}
        self.root = _Place(line_at(text, start), start)
        self.inside(self.root)

    def inside(self, place: _Place) -> dict[str, _Place]:
        if place.node not in self._inside:
            found, line, last = {}, place.line, place.node
            for name, key, value in json_entries(self._text, place.node):
                line, last = line + self._text.count("\n", last, key), key
                found[name] = _Place(line, value)
            self._inside[place.node] = found
        return self._inside[place.node]


class _YamlMarks:
    """The places of a YAML text; a node is PyYAML's."""

    def __init__(self, text: str) -> None:
        root = compose(text)
        if root is None:
            raise ValueError("no document")
        self.root = _Place(root.start_mark.line + 1, root)

    def inside(self, place: _Place) -> dict[str, _Place]:
        node = place.node
        if isinstance(node, yaml.MappingNode):
            # A key that is no scalar has a list as its value; no pointer can name it.
            return {
                str(key.value): _Place(key.start_mark.line + 1, value)
                for key, value in entries(node)
            }
        if isinstance(node, yaml.SequenceNode):
            return {
                str(i): _Place(item.start_mark.line + 1, item) for i, item in enumerate(node.value)
            }
        return {}


def json_entries(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield (key or index, its offset, offset of the value) for the array or object at `start`."""
    if text[start] not in "{[":
        return
    decode = json.JSONDecoder().raw_decode
    at, index = _skip(text, start + 1), 0
    while text[at] not in "]}":
        name, value = str(index), at
        if text[start] == "{":
            name, end = decode(text, at)
            if not isinstance(name, str):
                raise ValueError("a key that is no string")
            value = _skip(text, end)
        yield name, at, value
        _, end = decode(text, value)
        at, index = _skip(text, end), index + 1


def repeated_json_key(text: str) -> tuple[str, int] | None:
    """Return the first key that a JSON object of `text` has twice, and its line."""
    todo = [_skip(text, 0)]
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

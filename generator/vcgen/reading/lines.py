"""The text of a document before it is a tree: where things stand, and what is wrong in it.

PyYAML is here because py-yaml12 tells no positions, keeps the last of two equal keys without a
word, and expands aliases and nesting until the process is out of memory or stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.errors import Diagnostic, SpecError

MAX_DEPTH = 200  # levels; the published documents have about 20, py-yaml12 gives up at 255
MAX_COPIED = 1_000_000  # nodes that the aliases of a document may stand for

_GAP = re.compile(r"[ \t\r\n,:]*")
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?P<lone>u[dD][89a-fA-F]\w\w)|.)", re.DOTALL
)
_ANCHOR = re.compile(r"&([^ \t\r\n,\[\]{}]+)")
_ALIAS = re.compile(r"(?<![^\s,\[\]{}:?\"'-])\*([^ \t\r\n,\[\]{}]+)")
_DEEP_PREFIX = re.compile(rf"^[ \t?:-]{{{2 * MAX_DEPTH}}}", re.MULTILINE)
_YAML11_SPACE = re.compile("[\x85\u2028\u2029\ufeff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def _for_pyyaml(text: str) -> str:
    # YAML 1.1 breaks lines at characters that are ordinary ones in YAML 1.2.
    return text if text.isascii() else _YAML11_SPACE.sub("_", text)


def _skip(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


class _JsonMarks:
    """The places of a JSON text; a node is the offset of its first character."""

    def __init__(self, text: str) -> None:
        start = _skip(text, 0)
        if text[start] not in "{[":
            raise ValueError("neither an object nor an array")
        self._text = text
        self._inside: dict[int, dict[str, _Place]] = {}
        self.root = _Place(_line_at(text, start), start)
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
        root = yaml.compose(_for_pyyaml(text), Loader=_LOADER)
        if root is None:
            raise ValueError("no document")
        self.root = _Place(root.start_mark.line + 1, root)

    def inside(self, place: _Place) -> dict[str, _Place]:
        node = place.node
        if isinstance(node, yaml.MappingNode):
            # A key that is no scalar has a list as its value; no pointer can name it.
            return {
                str(key.value): _Place(key.start_mark.line + 1, value) for key, value in node.value
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
                return name, _line_at(text, key)
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
            return match[0], _line_at(text, match.start())
    return None


@dataclass
class _Level:
    """A mapping or sequence that is still open: `keys` is None for a sequence."""

    anchor: str | None
    keys: set[str] | None
    weight: int = 1
    at_key: bool = True


@dataclass
class _Scales:
    """Follow the events of a YAML text without building anything, and without recursion."""

    levels: list[_Level] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    copied: int = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._key(event, line)
            # A long text weighs more than a short one: copies of it fill the memory too.
            self._add(event.anchor, 1 + len(event.value) // 64)
        elif isinstance(event, yaml.AliasEvent):
            self._add(None, self._alias(event.anchor, line))
        elif isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.levels.append(_Level(event.anchor, set() if is_mapping else None))
            if len(self.levels) > MAX_DEPTH:
                raise too_deep(line)
        elif isinstance(event, yaml.CollectionEndEvent):
            level = self.levels.pop()
            self._add(level.anchor, level.weight)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.weights.clear()

    def _add(self, anchor: str | None, weight: int) -> None:
        if anchor is not None:
            self.weights[anchor] = weight
        if self.levels:
            level = self.levels[-1]
            level.weight += weight
            level.at_key = not level.at_key

    def _alias(self, anchor: str, line: int) -> int:
        if any(level.anchor == anchor for level in self.levels):
            raise refusal(
                f"the alias *{anchor} stands inside the node that it names",
                "write the node out, or use a $ref",
                line,
            )
        self.copied += (weight := self.weights.get(anchor, 0))
        if self.copied > MAX_COPIED:
            raise refusal(
                f"the aliases stand for more than {MAX_COPIED:,} nodes",
                "use $ref instead of YAML aliases",
                line,
            )
        return weight

    def _key(self, event: Any, line: int) -> None:
        level = self.levels[-1] if self.levels else None
        if level is None or level.keys is None or not level.at_key:
            return
        if event.value == "<<" and event.implicit[0]:
            raise refusal("YAML 1.2 has no merge key <<", "write the merged keys out", line)
        if event.value in level.keys:
            raise repeated_key(event.value, line)
        level.keys.add(event.value)


def check_yaml(text: str) -> None:
    """Refuse YAML that py-yaml12 would drop a part of, or end the process over.

    A syntax error is no business of this function: what PyYAML cannot read may be good YAML 1.2.

    Raises:
        SpecError: A key is repeated, aliases expand without bound, or the nesting is too deep.
    """
    scales = _Scales()
    try:
        for event in yaml.parse(_for_pyyaml(text), Loader=_LOADER):
            scales.take(event)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        _check_unparsed(text, error)


def _check_unparsed(text: str, error: Exception) -> None:
    # Nothing is known of this text, so what could be dangerous counts as dangerous.
    if deep := _DEEP_PREFIX.search(text):
        raise too_deep(_line_at(text, deep.start()))
    anchors = set(_ANCHOR.findall(text))
    if any(alias in anchors for alias in _ALIAS.findall(text)):
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise refusal(
            f"this is not YAML with aliases: {problem}",
            "correct the syntax; the names of anchors have letters, digits, - and _ only",
            mark.line + 1 if mark else None,
        )


def refusal(message: str, hint: str, line: int | None = None, pointer: str = "") -> SpecError:
    """Return the error for a text; its file is filled in by the one who knows it."""
    return SpecError(Diagnostic(message, pointer, hint, line=line))


def repeated_key(key: str, line: int | None, pointer: str = "") -> SpecError:
    """Return the error for a key that one object or mapping has twice."""
    message = f"the key {key!r} appears twice in one mapping"
    return refusal(message, "remove or rename one of the two", line, pointer)


def too_deep(line: int | None = None) -> SpecError:
    """Return the error for a text that is nested beyond all sense."""
    return refusal(
        f"the document is nested more than {MAX_DEPTH} levels deep",
        "check that this is the right file: no API description needs that many",
        line,
    )

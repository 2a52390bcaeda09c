"""The lines of a text, for its tree does not know them; PyYAML tells those of YAML."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.reading.json_text import json_entries, line_at, skip
from vcgen.reading.merging import entries
from vcgen.reading.pyyaml import compose, line_of
from vcgen.records import Record
from vcgen.text.pointers import pointer_keys


class _Place(Record):
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
        """Return the line, counted from 1, of the deepest node on the way of `pointer`.

        It is None where the text is YAML that PyYAML does not understand.
        """
        if self._marks is None:
            return None
        place = self._marks.root
        for step in pointer_keys(pointer):
            inner = self._marks.inside(place).get(step)
            if inner is None:
                break
            place = inner
        return place.line


class _JsonMarks:
    """The places of a JSON text; a node is the offset of its first character."""

    def __init__(self, text: str) -> None:
        start = skip(text, 0)
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
        self.root = _Place(line_of(root), root)

    def inside(self, place: _Place) -> dict[str, _Place]:
        node = place.node
        if isinstance(node, yaml.MappingNode):
            # A key that is no scalar has a list as its value; no pointer can name it.
            return {str(key.value): _Place(line_of(key), value) for key, value in entries(node)}
        if isinstance(node, yaml.SequenceNode):
            return {str(i): _Place(line_of(item), item) for i, item in enumerate(node.value)}
        return {}

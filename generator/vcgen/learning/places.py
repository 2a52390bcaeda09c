"""Places: where in the vendor's own document a node of a slice is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vcgen import pipeline
from vcgen.dialect import DocumentView
from vcgen.records import Record
from vcgen.text.pointers import pointer_keys, pointer_to

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Place(Record):
    """A node of a document.

    Attributes:
        file: The document as the configuration has it, where there are several; else "".
        keys: The way there from the root.
        tree: The document as it is written.
        is_there: Whether there is such a node.
    """

    file: str
    keys: tuple[str, ...]
    tree: Mapping[str, Any]
    is_there: bool

    @property
    def node(self) -> Mapping[str, Any]:
        """The node; empty if it is no mapping."""
        found = DocumentView(self.tree).at(self.keys) if self.is_there else None
        return found if isinstance(found, Mapping) else {}

    @property
    def path(self) -> str:
        """The JSONPath that selects it (RFC 9535)."""
        return f"${self._steps(0)}"

    @property
    def shown(self) -> str:
        """What it is called in a sentence."""
        if self.keys[:1] == ("paths",) and len(self.keys) > 2:
            rest = self._steps(3)
            return f"{self.keys[2].upper()} {self.keys[1]}{' ' if rest else ''}{rest.lstrip('.')}"
        for above in (("components", "schemas"), ("definitions",)):
            if self.keys[: len(above)] == above:
                named = [key for key in self.keys[len(above) :] if key != "properties"]
                return ".".join(named)
        return self.path

    def _steps(self, start: int) -> str:
        """Return what a JSONPath says of the way there, from one of the keys on."""
        view, steps = DocumentView(self.tree), []
        for length in range(start, len(self.keys)):
            try:
                is_index = isinstance(view.at(self.keys[:length]), list)
            except LookupError:
                is_index = False
            steps.append(_step(self.keys[length], is_index=is_index))
        return "".join(steps)

    @property
    def form(self) -> str:
        """Which form the document is of: `swagger`, `3.0` or, from then on, `3.1`."""
        if "swagger" in self.tree:
            return "swagger"
        return "3.0" if DocumentView(self.tree).version < (3, 1) else "3.1"

    def beside(self, *keys: str) -> Place:
        """Return another place of the same document."""
        view = DocumentView(self.tree)
        try:
            view.at(keys)
        except LookupError:
            return Place(self.file, keys, self.tree, is_there=False)
        return Place(self.file, keys, self.tree, is_there=True)

    def schema(self, sample: Mapping[str, Any]) -> dict[str, Any]:
        """Return a schema as the form of the document has it; `nullable` is what 3.0 has."""
        found = dict(sample)
        if "items" in found:
            found["items"] = self.schema(found["items"])
        if "properties" in found:
            found["properties"] = {k: self.schema(v) for k, v in found["properties"].items()}
        if found.pop("nullable", False):
            if self.form == "3.1":
                return {**found, "type": [found["type"], "null"]} if "type" in found else found
            found["x-nullable" if self.form == "swagger" else "nullable"] = True
        return found


class Places:
    """Finds the places of the nodes of a slice."""

    def __init__(self, source: pipeline.Selection) -> None:
        self._whole = source.document
        specs = source.client.specs
        self._trees = {
            file: part.source_tree for file, part in zip(specs, self._whole.parts, strict=True)
        }
        self._first = specs[0]
        self._lifted = source.slice.lifted

    def at(self, pointer: str) -> Place:
        """Return the place that a node of the slice is from."""
        keys = pointer_keys(pointer)
        if keys[:2] == ("components", "schemas") and keys[2:3] and keys[2] in self._lifted:
            pointer = pointer_to((*pointer_keys(self._lifted[keys[2]]), *keys[3:]))
        file, _, there = self._whole.origin(pointer).partition("#")
        tree = self._trees[file or self._first]
        keys = pointer_keys(f"#{there}")
        exact = Place(file, keys, tree, is_there=True)
        return exact.beside(*keys)

    def references(self, pointers: Iterable[str], file: str) -> list[str]:
        """Return what refers to nodes of the slice within a document, as far as they are in it."""
        found = [self.at(pointer) for pointer in pointers]
        return [pointer_to(one.keys) for one in found if one.is_there and one.file == file]


def _step(key: str, *, is_index: bool) -> str:
    if _NAME.fullmatch(key):
        return f".{key}"
    if is_index:
        return f"[{key}]"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"

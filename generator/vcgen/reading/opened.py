"""Opened: a document that is ready to be sliced, whatever it was and however many files it has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vcgen import slicing
from vcgen.dialect import Dialect, Repair
from vcgen.errors import Diagnostic
from vcgen.reading.document import Document
from vcgen.records import replace

if TYPE_CHECKING:
    from vcgen.reading.overlay import Overlay
    from vcgen.reading.swagger2 import Converted


@dataclass(frozen=True)
class Opened(ABC):
    """A document ready to be sliced, which knows where each of its nodes came from.

    Attributes:
        tree: The document as plain OpenAPI.
        name: The file as the caller named it; of several, all of them.
        overlays: What corrected the document before anything else was done with it.
        warnings: What somebody should look at, with its place in a file.
        copies: What was copied of it into slices, which share it.
    """

    tree: dict[str, Any]
    name: str
    overlays: tuple[Overlay, ...]
    warnings: tuple[Diagnostic, ...]
    copies: slicing.Copies = field(
        default_factory=slicing.Copies, init=False, repr=False, compare=False
    )

    @property
    @abstractmethod
    def parts(self) -> tuple[Single, ...]:
        """The documents that it is made of."""

    @property
    def is_json(self) -> bool:
        """Whether the file is JSON."""
        return self.parts[0].is_json

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, as the caller would name them."""
        return tuple(dict.fromkeys(file for part in self.parts for file in part.files))

    @property
    def apart(self) -> frozenset[str]:
        """The names of the schemas that have a name of another document, and are unlike it."""
        return frozenset()

    @abstractmethod
    def prepared(self, dialect: Dialect) -> Mapping[str, Any]:
        """Return the document as the slicing can take it, by the passes of a dialect."""

    @abstractmethod
    def origin(self, pointer: str) -> str:
        """Return the JSON pointer into the source of what the node at `pointer` was made of.

        Of several documents, it has the label of the one in front.
        """

    @abstractmethod
    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree as one about the file that the node is from."""

    @abstractmethod
    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about an origin with its place in a file."""

    @abstractmethod
    def repairs(self, part: slicing.Slice) -> Iterator[Repair]:
        """Yield what was repaired in the texts and in a slice, at its place in the source."""


@dataclass(frozen=True)
class Single(Opened):
    """One document."""

    _source: Document
    _converted: Converted | None

    @property
    def parts(self) -> tuple[Single, ...]:
        """The documents that it is made of."""
        return (self,)

    @property
    def is_json(self) -> bool:
        """Whether the file is JSON."""
        return self._source.text.lstrip().startswith("{")

    @property
    def source_tree(self) -> dict[str, Any]:
        """The document as it is written, corrected, all its files joined."""
        return self._source.tree

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, as the caller would name them."""
        return self._source.files

    def prepared(self, dialect: Dialect) -> Mapping[str, Any]:
        """Return the document as the slicing can take it, by the passes of a dialect."""
        return dialect.prepare(self.tree)

    def origin(self, pointer: str) -> str:
        """Return the JSON pointer into the source of what the node at `pointer` was made of."""
        return pointer if self._converted is None else self._converted.origin(pointer)

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree as one about the file that the node is from."""
        if self._converted is not None:
            diagnostic = self._converted.explain(diagnostic)
        return self._source.locate(diagnostic)

    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the source with its place in a file."""
        return self._source.locate(diagnostic)

    def repairs(self, part: slicing.Slice) -> Iterator[Repair]:
        """Yield what was repaired in the texts and in a slice, at its place in the source."""
        yield from self._source.repairs
        if self._converted is None:
            yield from part.repairs
            return
        for found in self._converted.repairs_in(part.tree):
            yield Repair("swagger2", found.pointer, found.message)
        for repair in part.repairs:
            yield replace(repair, pointer=self._converted.origin(repair.pointer))

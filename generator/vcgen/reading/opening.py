"""Opening: a file becomes one plain OpenAPI document, whatever its form, with all its files."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vcgen import slicing
from vcgen.dialect import Repair
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.access import NOWHERE_ELSE, Access
from vcgen.reading.document import Document, read
from vcgen.reading.elsewhere import may_refer_to_files

if TYPE_CHECKING:
    from vcgen.reading.overlay import Overlay
    from vcgen.reading.swagger2 import Converted


@dataclass(frozen=True)
class Opened:
    """A document ready to be sliced, which knows where each of its nodes came from.

    Attributes:
        tree: The document as plain OpenAPI.
        name: The file as the caller named it.
        overlays: What corrected the document before anything else was done with it.
        warnings: What somebody should look at, with its place in a file.
    """

    tree: dict[str, Any]
    name: str
    overlays: tuple[Overlay, ...]
    warnings: tuple[Diagnostic, ...]
    _source: Document
    _converted: Converted | None

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


def open_document(
    path: str,
    patterns: Sequence[str] = ("*",),
    *,
    access: Access = NOWHERE_ELSE,
    overlays: Sequence[Overlay] = (),
) -> Opened:
    """Read a document, correct it, join its files, and make OpenAPI of a Swagger 2.0 one.

    Args:
        path: The file; `-` is standard input.
        patterns: The operations that matter: of other files, nothing is read for the rest.
        access: Which other files may be read.
        overlays: Corrections, in the terms of the file as it is.

    Raises:
        SpecError: The document cannot be read, or an overlay does not fit it.
    """
    return opened(read(path), patterns, access=access, overlays=overlays)


def opened(
    document: Document,
    patterns: Sequence[str] = ("*",),
    *,
    access: Access = NOWHERE_ELSE,
    overlays: Sequence[Overlay] = (),
) -> Opened:
    """Do with a document that was read already what `open_document` does.

    Raises:
        SpecError: An overlay does not fit the document, the files of the document cannot be
            joined, or its Swagger not converted.
    """
    root, warnings = _corrected(document, overlays)
    whole = _joined(root, patterns, access)
    converted = _converted(whole) if "swagger" in whole.tree else None
    tree = converted.tree if converted else whole.tree
    return Opened(tree, whole.name, tuple(overlays), warnings, whole, converted)


# Most documents need none of the following, and do not wait for it to be imported.
def _corrected(
    document: Document, overlays: Sequence[Overlay]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return a document as overlays correct it, and what somebody should look at."""
    if not overlays:
        return document, ()
    from vcgen.reading.overlay import overlaid

    found = overlaid(document, overlays)
    return found, found.warnings


def _joined(root: Document, patterns: Sequence[str], access: Access) -> Document:
    """Return a document with all that the operations that matter need of other files."""
    if not any(map(may_refer_to_files, root.texts)):
        return root
    from vcgen.reading import bundling

    def wanted(tree: Mapping[str, Any]) -> Iterable[str]:
        return (operation.pointer for operation in slicing.select(tree, patterns))

    with located(root):
        return bundling.bundle(root, select=wanted, access=access)


def _converted(whole: Document) -> Converted | None:
    """Return a Swagger 2.0 document as OpenAPI, or None if it is something else."""
    from vcgen.reading import swagger2

    if not swagger2.is_swagger2(whole.tree):
        return None
    with located(whole):
        return swagger2.convert(whole.tree)


@contextmanager
def located(whole: Opened | Document) -> Generator[None]:
    """Give the diagnostics of a document their place in its files."""
    try:
        yield
    except SpecError as error:
        found = (one if one.file else whole.locate(one) for one in error.diagnostics)
        # Whatever needs a file that is broken has one problem in common.
        raise SpecError(*dict.fromkeys(found)) from None

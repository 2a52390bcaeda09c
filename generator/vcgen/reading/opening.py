"""Opening: a file becomes one plain OpenAPI document, whatever its form, with all its files."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vcgen import slicing
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.access import NOWHERE_ELSE, Access
from vcgen.reading.document import Document
from vcgen.reading.elsewhere import may_refer_to_files
from vcgen.reading.opened import Opened, Single
from vcgen.records import Record, replace

if TYPE_CHECKING:
    from vcgen.reading.overlay import Overlay
    from vcgen.reading.swagger2 import Converted


class Part(Record):
    """One of the documents of a client, before it is opened.

    Attributes:
        document: The document, or a version that takes its place.
        file: The file as the configuration has it.
        name: The same as somebody in the working directory would write it.
    """

    document: Document
    file: str
    name: str


def opened_all(
    parts: Sequence[Part],
    patterns: Sequence[str],
    *,
    access: Access,
    overlays: Sequence[Overlay],
    apart: Collection[str],
) -> Opened:
    """Correct each of several documents, join its files, make OpenAPI of it, and combine them.

    Args:
        parts: The documents, in order.
        patterns: The operations that matter.
        access: Which other files may be read.
        overlays: Corrections; one that says which document it is for is applied to that alone.
        apart: Names of schemas that the configuration knows: what has one of them keeps it.

    Raises:
        SpecError: As `opened`; or the documents are about different servers.
    """
    if len(parts) == 1:
        return opened(parts[0].document, patterns, access=access, overlays=overlays)
    from vcgen.reading.combining import combined

    names = [part.name for part in parts]
    found = [
        opened(
            part.document,
            patterns,
            access=access,
            overlays=list(_concerning(overlays, part.name, names)),
        )
        for part in parts
    ]
    return combined(found, [part.file for part in parts], overlays, apart)


def _concerning(overlays: Sequence[Overlay], name: str, names: Sequence[str]) -> Iterator[Overlay]:
    """Yield the overlays for a document of a name, which is one of several."""
    from vcgen.reading.overlay import is_other

    for overlay in overlays:
        if not is_other(overlay, name):
            # Whatever version of the document it is that has the name.
            yield replace(overlay, extends="")
        elif all(is_other(overlay, one) for one in names):
            yield overlay


def opened(
    document: Document,
    patterns: Sequence[str] = ("*",),
    *,
    access: Access = NOWHERE_ELSE,
    overlays: Sequence[Overlay] = (),
) -> Single:
    """Correct a document, join its files, and make OpenAPI of a Swagger 2.0 one.

    Args:
        document: The document.
        patterns: The operations that matter.
        access: Which other files may be read.
        overlays: Corrections, in the terms of the file as it is.

    Raises:
        SpecError: An overlay does not fit the document, the files of the document cannot be
            joined, its Swagger cannot be converted, or it is of no version that is known.
    """
    root, warnings = _corrected(document, overlays)
    whole = joined(root, patterns, access=access)
    converted = _converted(whole) if "swagger" in whole.tree else None
    tree = converted.tree if converted else whole.tree
    with located(whole):
        slicing.check_version(tree)
    return Single(tree, whole.name, tuple(overlays), warnings, whole, converted)


def joined(
    root: Document, patterns: Sequence[str] = ("*",), *, access: Access = NOWHERE_ELSE
) -> Document:
    """Return a document as it is written, with all that operations need of other files.

    Args:
        root: The document.
        patterns: The operations that matter.
        access: Which other files may be read.

    Raises:
        SpecError: The files of the document cannot be joined.
    """
    if not any(map(may_refer_to_files, root.texts)):
        return root
    from vcgen.reading import bundling

    def wanted(tree: Mapping[str, Any]) -> Iterable[str]:
        # A pattern may be about another document, or another version of this one.
        known = slicing.known(tree, patterns)
        # What cannot be had is refused by whoever needs it: some go on without.
        without = slicing.unusable_paths(tree)
        return (one.pointer for one in slicing.select(tree, known, without)) if known else ()

    with located(root):
        return bundling.bundle(root, select=wanted, access=access)


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


def _converted(whole: Document) -> Converted | None:
    """Return a Swagger 2.0 document as OpenAPI, or None if it is something else."""
    from vcgen.reading import swagger2

    if not swagger2.is_swagger2(whole.tree):
        return None
    with located(whole):
        return swagger2.convert(whole.tree)


@contextmanager
def located(whole: Opened | Document) -> Generator[None]:
    """Give the diagnostics of a document their place in its files.

    Raises:
        SpecError: What was done with the document raised it.
    """
    try:
        yield
    except SpecError as error:
        found = (one if one.file else whole.locate(one) for one in error.diagnostics)
        # Whatever needs a file that is broken has one problem in common.
        raise SpecError(*dict.fromkeys(found)) from None

"""A document with overlays applied, which still knows where each of its nodes is from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from vcgen.errors import Diagnostic
from vcgen.reading.document import STDIN, Document
from vcgen.reading.overlay.applying import Edit, Removed, apply
from vcgen.reading.overlay.reading import Overlay
from vcgen.text.pointers import pointer_keys, pointer_to


class Overlaid(Document, kw_only=True):
    """A document that overlays corrected; `tree` is the corrected one.

    Attributes:
        overlays: What was applied, in this order.
        warnings: What somebody should look at, with its place in an overlay.
    """

    overlays: tuple[Overlay, ...]
    warnings: tuple[Diagnostic, ...]
    _source: Document
    _edits: tuple[Edit, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that the tree is made of."""
        return (*self._source.texts, *(overlay.document.text for overlay in self.overlays))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the tree is made of."""
        return (*self._source.files, *(overlay.document.name for overlay in self.overlays))

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree as one about the file that the node is from."""
        if not diagnostic.pointer:
            return self._source.locate(diagnostic)
        source, pointer = self._origin(diagnostic.pointer)
        return source.locate(diagnostic._replace(pointer=pointer))

    def _origin(self, pointer: str) -> tuple[Document, str]:
        """Return the file and the pointer there of a node, by undoing the edits one by one."""
        keys = pointer_keys(pointer)
        for edit in reversed(self._edits):
            if isinstance(edit, Removed):
                keys = _before(keys, edit)
            elif keys[: len(edit.keys)] == edit.keys:
                above = pointer_keys(edit.pointer)
                return edit.document, pointer_to(above + keys[len(edit.keys) :])
        return self._source, pointer_to(keys)


def _before(keys: tuple[str, ...], edit: Removed) -> tuple[str, ...]:
    """Return where a node was before an item was removed."""
    at = len(edit.items)
    if len(keys) <= at or keys[:at] != edit.items or not keys[at].isdecimal():
        return keys
    index = int(keys[at])
    return (*keys[:at], str(index + (index >= edit.index)), *keys[at + 1 :])


def overlaid(document: Document, overlays: Sequence[Overlay]) -> Overlaid:
    """Return a document as overlays correct it; the one given is untouched.

    Raises:
        SpecError: An action does not fit what its target is; with its place in the overlay.
    """
    applied = apply(document.tree, overlays)
    others = (
        one.document.locate(_other(one, document))
        for one in overlays
        if is_other(one, document.name)
    )
    warnings = (*others, *applied.warnings)
    return Overlaid(
        document.name,
        applied.tree,
        document.text,
        repairs=document.repairs,
        anchors=document.anchors,
        overlays=tuple(overlays),
        warnings=warnings,
        _source=document,
        _edits=applied.edits,
    )


def is_other(overlay: Overlay, name: str) -> bool:
    """Tell whether an overlay was written for another document than the one of a name.

    A URL is never fetched, and the file may be a copy of what is there: the name has to do.
    """
    if not overlay.extends or name == STDIN:
        return False
    url = urlsplit(overlay.extends)
    path = unquote(url.path)
    if url.scheme not in ("", "file"):
        return PurePosixPath(path).name != Path(name).name
    try:
        return os.path.realpath(Path(overlay.name).parent / path) != os.path.realpath(name)
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL
        return True


def _other(overlay: Overlay, document: Document) -> Diagnostic:
    message = f"this overlay was written for {overlay.extends!r}, not for {document.name}"
    hint = "name the document that it is for, or remove `extends`"
    return Diagnostic(message, "#/extends", hint)

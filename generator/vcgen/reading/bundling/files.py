"""The files of a document: which one a reference means, and whether it may be read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin

from vcgen.dialect import DocumentView
from vcgen.errors import Diagnostic, SpecError, did_you_mean
from vcgen.reading import document
from vcgen.reading.access import Access
from vcgen.reading.document import Document
from vcgen.records import Record
from vcgen.text.nodes import mapping
from vcgen.text.pointers import pointer_keys, pointer_to

# A document of vSphere with a file for each path and schema would have 1,600.
MOST_FILES = 10_000

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class File(Record, eq=False):
    """A file that holds a part of the document; it need not have been read, or even be there.

    Attributes:
        name: The file as the caller of the program would write it.
        path: Where it really is, or None for standard input.
        relative: The way there from the folder of the root document.
    """

    name: str
    path: Path | None
    relative: str


class Place(NamedTuple):
    """A node of a file, by the keys that lead there."""

    file: File
    keys: tuple[str, ...]

    def child(self, *keys: str) -> Place:
        """Return the place that `keys` lead to from here."""
        return Place(self.file, self.keys + keys)

    @property
    def uri(self) -> str:
        """The place as a reference from anywhere, such as `specs/defs.yaml#/Name`."""
        return self.file.name + (pointer_to(self.keys) if self.keys else "")


class Files:
    """Finds and reads the files that references lead to, each once, and only when asked to.

    Attributes:
        root: The file of the root document.
    """

    def __init__(self, root: Document, access: Access) -> None:
        is_stdin = root.name == document.STDIN
        path = None if is_stdin else Path(root.name).resolve()
        self.root = File(root.name, path, path.name if path else "")
        self._access = access
        self._folder = path.parent if path else None
        self._folders = [Path(os.path.realpath(folder)) for folder in access.references.values()]
        self._folders += [path.parent] if path else []
        self._self = str(root.tree.get("$self", ""))
        self._files = {path: self.root}
        self._found: dict[tuple[File, str], File] = {}
        self._read: dict[File, Document | SpecError] = {self.root: root}

    @property
    def asked(self) -> tuple[File, ...]:
        """The files that somebody looked into, be they there or not; that of the root first."""
        return tuple(self._read)

    def find(self, file: File, reference: str) -> Place:
        """Return where a reference in `file` leads; only an anchor is looked up there.

        Raises:
            SpecError: It leads to a place that must not be read, or is no reference.
        """
        path, _, fragment = reference.partition("#")
        if path:
            if (file, path) not in self._found:
                self._found[file, path] = self._file(file, path)
            file = self._found[file, path]
        if fragment and not fragment.startswith("/"):
            fragment = self._anchor(file, fragment, reference)
        return Place(file, pointer_keys(fragment))

    def _anchor(self, file: File, name: str, reference: str) -> str:
        """Return the pointer that an `$anchor` of a file stands for.

        Raises:
            SpecError: The file cannot be read, or has no such anchor.
        """
        anchors = self.document(file).anchors
        if name not in anchors:
            raise _refusal(
                f'"{reference}" ends neither in a JSON pointer nor in an $anchor of {file.name}',
                'write what follows the # as in "#/components/schemas/Name"',
            )
        return anchors[name]

    def leads(self, file: File, reference: str) -> Place | None:
        """Return where a reference in `file` leads, or None if it must not be followed."""
        try:
            return self.find(file, reference)
        except SpecError:
            return None

    def node(self, place: Place) -> Any:
        """Return what is at a place.

        Raises:
            SpecError: The file cannot be read, or holds no such place.
        """
        found = self.document(place.file)
        view = DocumentView(found.tree)
        try:
            return view.at(place.keys)
        except LookupError:
            raise _nowhere(view, place) from None

    def has(self, place: Place) -> bool:
        """Tell whether there is anything at a place."""
        try:
            self.node(place)
        except SpecError:
            return False
        return True

    def mapping(self, place: Place) -> Mapping[str, Any]:
        """Return the mapping at a place, or an empty one if there is none."""
        try:
            node = self.node(place)
        except SpecError:
            return {}
        return node if isinstance(node, Mapping) else {}

    def located(self, diagnostic: Diagnostic, place: Place) -> Diagnostic:
        """Return a diagnostic with its place in a file that was read."""
        if diagnostic.file:
            return diagnostic
        found = diagnostic._replace(pointer=pointer_to(place.keys))
        return self.document(place.file).locate(found)

    def document(self, file: File) -> Document:
        """Return what a file holds.

        Raises:
            SpecError: It cannot be read; the same error each time.
        """
        if file not in self._read:
            try:
                self._read[file] = self._open(file)
            except SpecError as error:
                self._read[file] = error
        found = self._read[file]
        if isinstance(found, SpecError):
            raise found
        return found

    def _file(self, base: File, path: str) -> File:
        if (url := self._url(base, path)) and url == self._self:
            return self.root
        mapped = self._access.path_of(url) if url else None
        decoded = unquote(path if mapped is None else mapped)
        if mapped is not None:
            return self._at(Path(decoded).resolve(), path)
        if _SCHEME.match(path) or decoded.startswith(("//", r"\\")):
            raise _refusal(
                f'"{path}" is a URL, and nothing is read over the network',
                _download(path),
            )
        if base.path is None or self._folder is None:
            raise _refusal(
                f'"{path}" is another file, and standard input has no folder to find it in',
                "give the path of the document instead of -",
            )
        try:
            real = (base.path.parent / decoded).resolve()
        except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL
            raise _refusal(f'"{path}" names no file', "correct the reference") from None
        return self._at(real, path)

    def _url(self, base: File, path: str) -> str:
        """Return the URL that a reference in a file means, or "" if it is a path.

        The URL of a file is what it says itself (`$self` of OpenAPI 3.2, `$id` of JSON Schema).
        """
        if _SCHEME.match(path):
            return path
        stated = self._self if base is self.root else self._id(base)
        return urljoin(stated, path) if _SCHEME.match(stated) else ""

    def _id(self, file: File) -> str:
        found = self._read.get(file)
        return found.identifier if isinstance(found, Document) else ""

    def _at(self, real: Path, path: str) -> File:
        """Return the file at a path of the disk, which a reference names."""
        is_within = any(real.is_relative_to(folder) for folder in self._folders)
        if not self._access.outside and not is_within:
            raise _refusal(
                f'"{path}" is outside the folder of the document',
                "copy the file into that folder, or trust the document with allow_outside = true"
                " (--allow-outside)",
            )
        if real not in self._files:
            relative = os.path.relpath(real, self._folder or Path.cwd())
            self._files[real] = File(self._shown(relative), real, Path(relative).as_posix())
        return self._files[real]

    def _shown(self, relative: str) -> str:
        """Return a file as it is seen from where the root document was named."""
        folder = Path(self.root.name).parent
        if folder.resolve() != self._folder and self._folder is not None:
            folder = self._folder  # the root document is a link to somewhere else
        return os.path.normpath(folder / relative)

    def _open(self, file: File) -> Document:
        if len(self._read) > MOST_FILES:
            raise _refusal(
                f"the document refers to more than {MOST_FILES:,} other files",
                "select fewer operations, or join some of the files",
            )
        if file.path is None or not _is_file(file.path):
            hint = "put it there, or correct the reference"
            if "\\" in file.name:
                hint = "separate folders and files by /"
            raise _refusal(f"there is no file {file.name}", hint)
        return document.read(str(file.path), name=file.name)


def _download(url: str) -> str:
    """Return the hint for a URL."""
    if "://" not in url:
        return "download it, keep it beside the document, and refer to that file"
    folder = url.rpartition("/")[0]
    return f'download it, and configure references = {{ "{folder}/" = "FOLDER/" }} (--reference)'


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _nowhere(view: DocumentView, place: Place) -> SpecError:
    message = f'there is no "{pointer_to(place.keys)}" in {place.file.name}'
    try:
        around = view.at(place.keys[:-1])
    except LookupError:
        around = ()
    return _refusal(
        message, did_you_mean(place.keys[-1], mapping(around), "correct the reference", 3)
    )


def _refusal(message: str, hint: str) -> SpecError:
    """Return an error that is located by the one who knows where the reference stands."""
    return SpecError(Diagnostic(message, hint=hint))

"""Several files joined by `$ref` become one document, which says of each node where it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect import Repair
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.access import NOWHERE_ELSE, Access
from vcgen.reading.bundling.clashes import settle_clashes
from vcgen.reading.bundling.edits import Problem
from vcgen.reading.bundling.files import File, Files, Place
from vcgen.reading.bundling.joining import Joiner, origin
from vcgen.reading.bundling.walking import Walk, Wanted
from vcgen.reading.document import Document
from vcgen.reading.elsewhere import may_refer_to_files
from vcgen.records import replace
from vcgen.text.pointers import Keys, pointer_keys, pointer_to

__all__ = ["Bundle", "bundle"]

Select = Callable[[Mapping[str, Any]], Iterable[str]]


class Bundle(Document, kw_only=True):
    """A document that was several files: `tree` holds what is needed of all of them.

    A reference that cannot be followed is left in it, and is none to a place in the tree.
    """

    _files: Files
    _origins: Mapping[Keys, Place]
    _problems: Mapping[str, Problem]

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the tree is made of."""
        root, *others = self._files.asked
        return (*self._files.document(root).files, *(other.name for other in others))

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree as one about the file that the node is from.

        If it is about a reference that could not be followed, it is the reason for that.
        """
        pointer = diagnostic.pointer
        problem = self._problems.get(pointer) or self._problems.get(f"{pointer}/$ref")
        if problem is not None:
            told = problem.diagnostic._replace(operations=diagnostic.operations)
            return self._files.located(told, problem.place)
        place = origin(self._origins, pointer_keys(pointer)) if pointer else None
        if place is None:
            root = self._files.document(self._files.root)
            return root.locate(diagnostic)
        return self._files.located(diagnostic, place)


def bundle(
    document: Document, *, select: Select | None = None, access: Access = NOWHERE_ELSE
) -> Document:
    """Return the document with all that its operations need of other files.

    The root document and the files stay as they are. Without references into other files it is the
    very same document.

    Args:
        document: The root document.
        select: Told the tree with its path items, returns the JSON pointers of the operations that
            matter; nothing is read for the others. Without it, all of them do.
        access: Which other files may be read.

    Raises:
        SpecError: `select` says so, or the very paths or components are in a file that cannot be
            had. All else that cannot be followed is left for whoever reaches it.
    """
    if not any(map(may_refer_to_files, document.texts)):
        return document
    files = Files(document, access)
    walk = Walk(files)
    walk.follow(_wanted(_joined(document, files, walk), select) if select else None)
    settle_clashes(files, walk.references)
    return _joined(document, files, walk) if walk.references.edits else document


def _wanted(joined: Document, select: Select) -> Wanted:
    try:
        operations = [pointer_keys(pointer) for pointer in select(joined.tree)]
    except SpecError as error:
        found = (one if one.file else joined.locate(one) for one in error.diagnostics)
        raise SpecError(*dict.fromkeys(found)) from None
    methods: dict[str, frozenset[str]] = {}
    for _, path, method, *_ in operations:
        methods[path] = methods.get(path, frozenset()) | {method}
    return methods


def _joined(document: Document, files: Files, walk: Walk) -> Bundle:
    joiner = Joiner(files, walk.references.edits)
    tree = joiner.bundle(walk.references.brought_in())
    return Bundle(
        document.name,
        tree,
        document.text,
        repairs=(*document.repairs, *_repairs(files, joiner)),
        _files=files,
        _origins=joiner.origins,
        _problems=joiner.problems,
    )


def _repairs(files: Files, joiner: Joiner) -> Iterator[Repair]:
    """Yield what is not as it should be in the texts of the other files that are needed."""
    parts: dict[File, dict[Keys, Keys]] = {}
    for keys, place in joiner.origins.items():
        if place.file is not files.root:
            parts.setdefault(place.file, {}).setdefault(place.keys, keys)
    for file, where in parts.items():
        for repair in files.document(file).repairs:
            yield replace(repair, pointer=_in_bundle(pointer_keys(repair.pointer), where))


def _in_bundle(keys: Keys, where: Mapping[Keys, Keys]) -> str:
    """Return the pointer into the bundle of a place of a file, or of a part of it that is there."""
    for length in range(len(keys), -1, -1):
        if keys[:length] in where:
            return pointer_to(where[keys[:length]] + keys[length:])
    return pointer_to(next(iter(where.values())))

"""From a whole document to the smallest one that still holds the operations asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from vcgen.dialect import Dialect, DocumentView, Kind, Place, Repair
from vcgen.errors import Diagnostic, SpecError
from vcgen.records import Record
from vcgen.slicing.assembling import assemble
from vcgen.slicing.closure import Closure
from vcgen.slicing.copies import Copies
from vcgen.slicing.opaque import without_insides
from vcgen.slicing.reaching import Reach
from vcgen.slicing.selecting import (
    Index,
    OperationKey,
    check_version,
    known,
    operations,
    select,
    unusable_paths,
)
from vcgen.text.pointers import pointer_to

__all__ = [
    "Copies",
    "OperationKey",
    "Reach",
    "Slice",
    "check_version",
    "known",
    "operations",
    "refused",
    "select",
    "slice_document",
    "unusable_paths",
]


class Slice(Record):
    """What the selected operations reach, as a document of its own.

    Attributes:
        tree: Plain OpenAPI. Literal values (defaults, enums) are shared with the document.
        operations: The selected operations, in the order of the document.
        repairs: The defects that were repaired on the way.
        every: All operations of the document, in its order.
        lifted: Where those of its schemas are in the document that are no components there, by
            their names: pointers.
    """

    tree: dict[str, Any]
    operations: tuple[OperationKey, ...]
    repairs: tuple[Repair, ...]
    every: tuple[OperationKey, ...]
    lifted: Mapping[str, str]


def slice_document(
    tree: Mapping[str, Any],
    patterns: Sequence[str],
    *,
    dialect: Dialect,
    strict: bool = False,
    without: Collection[str] = (),
    opaque: Sequence[str] = (),
    copies: Copies | None = None,
) -> Slice:
    """Return the smallest self-contained document that holds the selected operations.

    Each node is normalised by the dialect when it is reached, and its references are followed then.

    Args:
        tree: The whole document, of a version that `check_version` takes.
        patterns: The operations to keep.
        dialect: The conventions of the document.
        strict: Whether a repair is refused.
        without: The names of operations to leave out all the same.
        opaque: The names of schemas through which nothing is reached.
        copies: What slices of the same document have copied; this one shares it and adds to it.

    Raises:
        SpecError: A pattern or a name of a schema matches nothing, or what is reached cannot be
            used; all of it.
    """
    root = dialect.normalise(tree, Place(DocumentView(tree), Kind.DOCUMENT, "#"))
    view = DocumentView(without_insides(root.node, opaque))
    index = Index(view.tree)
    keys = index.select(patterns, without)
    if not keys:
        hint = "remove a pattern that begins with !"
        raise SpecError(Diagnostic("the patterns exclude every operation", hint=hint))
    closure, sliced = _walked(view, keys, dialect, opaque, Copies() if copies is None else copies)
    closure.repairs = {**dict.fromkeys(root.repairs), **closure.repairs}
    problems = dict.fromkeys(closure.problems)
    if strict:
        problems.update(dict.fromkeys(map(refused, closure.repairs)))
    if problems:
        reach = Reach(sliced, keys, closure.inlined)
        raise SpecError(*map(reach.told, problems))
    places = reversed(closure.lifted.items())  # of several that are alike, the first
    lifted = {name: pointer_to(place) for place, name in places}
    return Slice(sliced, keys, tuple(closure.repairs), index.keys, lifted)


def _walked(
    view: DocumentView,
    keys: Sequence[OperationKey],
    dialect: Dialect,
    opaque: Sequence[str],
    copies: Copies,
) -> tuple[Closure, dict[str, Any]]:
    """Walk from the operations, again if a schema that contains itself was no component before."""
    lifted: dict[tuple[str, ...], str] = {}
    while True:
        known = copies.where(dialect.name, *opaque, *lifted.items())
        closure = Closure(view, dialect, lifted, known)
        sliced = assemble(view, keys, closure)
        if closure.lifted == lifted:
            return closure, sliced
        lifted = closure.lifted


def refused(repair: Repair) -> Diagnostic:
    """Return what is said of a repair where none is wanted."""
    return Diagnostic(
        f"{repair.message} (repair {repair.name}; strict forbids repairs)",
        repair.pointer,
        "correct the document, or allow repairs",
    )

"""Cutting out of a document what the operations of a client reach, or what of it is possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from vcgen import dialect, settling, slicing
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, SpecError
from vcgen.pipeline.making import build
from vcgen.pipeline.selection import Refused, Selection
from vcgen.reading.opened import Opened
from vcgen.reading.opening import located
from vcgen.records import replace


def cut(client: ClientConfig, whole: Opened) -> Selection:
    """Cut out of a document what the operations of a client reach.

    If the client keeps going, it is what can be generated of that.

    Raises:
        SpecError: The slice has a problem; or there is a warning, and the client is strict.
    """
    if client.keep_going:
        return possible(client, whole)
    try:
        return _cut(client, whole)
    except SpecError as error:
        raise SpecError(*error.diagnostics, *_others(client, whole, error)) from None


def possible(client: ClientConfig, whole: Opened) -> Selection:
    """Return what can be generated of the operations of a client, and why the others cannot.

    Raises:
        SpecError: None can, or a problem is not one of some operations.
    """
    refused: dict[str, dict[Diagnostic, None]] = {}
    while True:
        try:
            source = _cut(client, whole, refused)
            package = build(source)
        except SpecError as error:
            found = _by_operation(error)
            if not found.keys() - refused.keys():
                raise
            for operation, problems in found.items():
                refused.setdefault(operation, {}).update(dict.fromkeys(problems))
            if not slicing.select(whole.tree, client.operations, refused):
                known = dict.fromkeys(one for problems in refused.values() for one in problems)
                raise SpecError(*known) from None
        else:
            listed = tuple(Refused(name, tuple(each)) for name, each in refused.items())
            return replace(source, refused=listed, package=package)


def _by_operation(error: SpecError) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for problem in error.diagnostics:
        for operation in problem.operations:
            found.setdefault(operation, []).append(problem)
    return found


def _others(client: ClientConfig, whole: Opened, error: SpecError) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the operations that a problem of the slicing does not concern."""
    if not _by_operation(error):
        return ()
    try:
        found = [one for each in possible(client, whole).refused for one in each.problems]
    except SpecError as further:
        found = [*further.diagnostics]
    return tuple(one for one in dict.fromkeys(found) if one not in error.diagnostics)


def _cut(client: ClientConfig, whole: Opened, without: Collection[str] = ()) -> Selection:
    if client.strict and whole.warnings:
        raise SpecError(*whole.warnings)
    name = client.dialect if client.dialect != "auto" else dialect.detect(whole.tree)
    chosen = dialect.get(name)
    with located(whole):
        tree = whole.prepared(chosen)
        part = slicing.slice_document(
            tree,
            client.operations,
            dialect=chosen,
            strict=client.strict,
            without=without,
            opaque=client.opaque,
            copies=whole.copies,
        )
    roots = chosen.roots if client.roots is None else client.roots
    names = client.renames
    fixed = settling.Chosen(roots, names.schemas, names.tags, names.operations)
    part = settling.settled(tree, part, chosen, fixed)
    repairs = tuple(whole.repairs(part))
    if client.strict and repairs:
        raise SpecError(*(whole.place(slicing.refused(repair)) for repair in repairs))
    prefixes = chosen.prefixes(part.tree.get("components", {}).get("schemas", {}))
    return Selection(client, whole, roots, chosen, part, prefixes, repairs)


def told(sources: Iterable[Selection]) -> dict[str, dict[str, Any]]:
    """Return what whole documents tell of parts of them, by keys of the top of such a part."""
    return settling.told(source.slice.tree for source in sources)

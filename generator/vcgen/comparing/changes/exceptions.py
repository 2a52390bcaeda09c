"""What changed of the exceptions, of the kinds that raise them, and of the bodies they carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vcgen import ir
from vcgen.comparing.changes.change import Change, Kind, What
from vcgen.comparing.changes.comparison import Comparison, Subject, documented
from vcgen.comparing.changes.types import without_none
from vcgen.comparing.changes.view import shown


def exception_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of the exceptions and of the bodies that come with them."""
    old, new = both.old.package.errors, both.new.package.errors
    others = {error.name: error for error in new.classes}
    by_kind = {kind: error.name for error in new.classes for kind in error.kinds}
    for error in old.classes:
        subject = _exception(error)
        other = others.get(error.name)
        renamed = next((by_kind[kind] for kind in error.kinds if kind in by_kind), "")
        if other is None and renamed:
            yield subject.ruled(What.RENAMED, error.name, renamed)
        elif other is None and error.name in new.well_known:
            yield from _body(both, subject, _carried(old, error), new.body)
        elif other is None:
            yield subject.ruled(What.REMOVED, error.name, None)
        else:
            yield from documented(subject, error.doc, other.doc)
            yield from _kinds(subject, error.kinds, other.kinds, new)
            yield from _body(both, subject, _carried(old, error), _carried(new, other))
    kept = {error.name for error in old.classes}
    for name in old.well_known:
        if name not in kept and name not in new.names:
            yield Subject(Kind.EXCEPTION, name, "", "").ruled(What.REMOVED, name, None)
    known = {kind for error in old.classes for kind in error.kinds}
    for error in new.classes:
        if error.name in kept or known & {*error.kinds}:
            continue
        if error.name in old.well_known:
            yield from _body(both, _exception(error), old.body, _carried(new, error))
        else:
            yield _exception(error).ruled(What.ADDED, None, error.name)
    subject = Subject(Kind.EXCEPTION, ir.ANY_ERROR, "", "")
    yield from _kinds(subject, old.base_kinds, new.base_kinds, new)
    if old.discriminators and new.discriminators and old.discriminators != new.discriminators:
        told = (", ".join(one.discriminators) for one in (old, new))
        yield subject.ruled(What.TAG, *told, "told by another property")
    yield from _body(both, subject, old.body, new.body)


def _kinds(
    subject: Subject, was: Sequence[str], now: Sequence[str], errors: ir.Errors
) -> Iterator[Change]:
    """Yield whether an exception is raised for other kinds of errors."""
    if {*was} != {*now}:
        raised = dict(errors.kinds)
        is_moved = any(raised.get(kind, subject.place) != subject.place for kind in was)
        # Whatever another exception has of the kinds of any error is one, too.
        is_lost = is_moved and subject.place != ir.ANY_ERROR
        told = (", ".join(kinds) or "none" for kinds in (was, now))
        yield subject.ruled(What.TAG, *told, *["of another exception now"] * is_lost)


def _exception(error: ir.ErrorClass) -> Subject:
    return Subject(Kind.EXCEPTION, error.name, "", ", ".join(error.kinds) or error.spec_name)


def _body(both: Comparison, subject: Subject, old: ir.Type, new: ir.Type) -> Iterator[Change]:
    if not both.types.is_same(old, new):
        # A body that cannot be read is None in any case.
        verdict = both.types.for_callers(without_none(old), without_none(new))
        yield subject.change(What.TYPE, shown(old), shown(new), verdict)


def _carried(errors: ir.Errors, error: ir.ErrorClass) -> ir.Type:
    """Return the type of the body that comes with an exception."""
    return error.body if error.bodies else errors.body

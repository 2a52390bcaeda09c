"""What changed of the errors of an operation: which exception comes of which status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Change, Kind, What
from vcgen.comparing.changes.comparison import Comparison, Subject
from vcgen.comparing.changes.types import without_none
from vcgen.comparing.changes.view import shown

_OTHERS = "default"
_Failures = Mapping[int | str, ir.Failure]


def error_changes(
    both: Comparison, place: str, one: ir.Operation, other: ir.Operation
) -> Iterator[Change]:
    """Yield what changed of the errors of an operation."""
    old = {failure.status: failure for failure in one.failures}
    new = {failure.status: failure for failure in other.failures}
    for status, failure in old.items():
        subject = Subject(Kind.ERROR, place, str(status), one.key)
        if status in new:
            yield from _same_status(both, subject, failure, new[status])
        elif other_name := _instead(failure, new):
            yield _renamed(subject, failure, other_name)
        else:
            yield subject.ruled(What.REMOVED, failure.exception, None)
    for status, failure in new.items():
        if status in old:
            continue
        subject = Subject(Kind.ERROR, place, str(status), one.key)
        before = old.get(_range(status))
        if before and before.exception != failure.exception:
            yield _renamed(subject, before, failure.exception)
        else:
            yield subject.ruled(What.ADDED, None, failure.exception)


def _instead(failure: ir.Failure, new: _Failures) -> str:
    """Return what a status raises that is declared as one of many now, "" where that is the same.

    A range has an exception of its own; where it is not declared, its statuses are ApiErrors. What
    is said of all others leaves it to the status, unless its bodies name their kinds.
    """
    if isinstance(failure.status, str):
        inside = [one for status, one in new.items() if _range(status) == failure.status]
        others = [*inside, *(one for status, one in new.items() if status == _OTHERS)]
        if failure.status == _OTHERS:
            return ""
        # Whether a document has them or not, some statuses of a range come.
        names = [one.exception for one in others] or [ir.ANY_ERROR]
        return next((name for name in names if name != failure.exception), "")
    if found := new.get(_range(failure.status)):
        return found.exception if found.exception != failure.exception else ""
    found = new.get(_OTHERS)
    return found.exception if found and found.is_kind else ""


def _range(status: int | str) -> str:
    return f"{status // 100}XX" if isinstance(status, int) else ""


def _same_status(
    both: Comparison, subject: Subject, one: ir.Failure, other: ir.Failure
) -> Iterator[Change]:
    if one.exception != other.exception:
        yield _renamed(subject, one, other.exception)
    if not both.types.is_same(one.body, other.body):
        told = shown(one.body), shown(other.body)
        if any(view.package.errors.is_mixed for view in (both.old, both.new)):
            # A body that cannot be read is None in any case.
            verdict = both.types.for_callers(without_none(one.body), without_none(other.body))
            yield subject.change(What.TYPE, *told, verdict)
        else:
            yield subject.ruled(What.TYPE, *told, "by its exception")


def _renamed(subject: Subject, one: ir.Failure, name: str) -> Change:
    case = rules.KIND if one.is_kind else ""
    if one.exception == ir.ANY_ERROR:
        case = "from ApiError"
    return subject.ruled(What.RENAMED, one.exception, name, case)

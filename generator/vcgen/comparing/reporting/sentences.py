"""Sentences: what is said of a report as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen.comparing.changes import What
from vcgen.comparing.report import Others, Report
from vcgen.comparing.reporting.bump import bump
from vcgen.comparing.reporting.wording import is_schema_alone
from vcgen.text.counting import counted


def versions(report: Report) -> str:
    """Return which documents are compared."""
    old, new = report.documents
    if old is None or new is None:
        known = old or new or {}
        return f"{known['title']} {known['version']}".strip()
    title = old["title"] if old["title"] == new["title"] else ""
    if title and old["version"] == new["version"]:
        return f"{title} {old['version']}".strip()
    if title:
        return f"{title} {old['version']} -> {new['version']}"
    return f"{old['title']} {old['version']} -> {new['title']} {new['version']}"


def summary(report: Report) -> str:
    """Return how much changed, and whom it breaks."""
    compared = counted(len(report.comparison.methods), "operation")
    if gaps := {gap.operation for gap in report.uncompared}:
        compared = f"{compared} compared, {len(gaps)} not"
    else:
        compared = f"{compared} compared"
    if not report.changes:
        return f"{compared}: nothing changed"
    counts = {
        "the wire": sum(one.verdict.wire for one in report.changes),
        "callers": sum(one.verdict.callers for one in report.changes),
        "nothing": sum(not one.verdict.is_breaking for one in report.changes),
    }
    parts = (
        f"{count} {'breaks' if count == 1 else 'break'} {whom}"
        for whom, count in counts.items()
        if count
    )
    changes = counted(len(report.changes), "change")
    return f"{compared}: {changes}; {', '.join(parts)}; suggested version: {bump(report)}"


def notes(report: Report, verbose: bool) -> Iterator[str]:
    """Yield what is told in a sentence each."""
    for gap in report.uncompared:
        reasons = "; ".join(one._replace(operations=(), detail="").text for one in gap.problems)
        yield f"Not compared: {gap.operation} ({gap.side} document): {reasons}"
    if strict := sum(one.verdict.is_forgiven and not one.verdict.wire for one in report.changes):
        changes = f"{counted(strict, 'change')} {'breaks' if strict == 1 else 'break'}"
        yield f"{changes} the wire of clients with strict=True alone; others read what fits"
    documented = sum(one.what is What.DOCUMENTATION for one in report.changes)
    renamed = sum(map(is_schema_alone, report.changes))
    if documented and not verbose:
        yield f"Documentation alone changed in {counted(documented, 'place')} (see --verbose)"
    if renamed and not verbose:
        verb = "has" if renamed == 1 else "have"
        yield (
            f"{counted(renamed, 'schema')} {verb} another name in the document; "
            "classes keep theirs (see --verbose)"
        )
    if report.kept:
        verb = "has" if len(report.kept) == 1 else "have"
        names = ", ".join(f"{one.kept} ({one.afresh})" for one in report.kept)
        listed = f": {names}" if verbose else " (see --verbose)"
        count = counted(len(report.kept), "name")
        yield f"{count} {verb} another form in the new document; `vcgen update` keeps yours{listed}"
    if told := _elsewhere(report.others):
        yield told


def _elsewhere(others: Others) -> str:
    """Return what is said of the operations that nobody asked for, "" if nothing."""
    counts = {"changed": others.changed, "added": others.added, "removed": others.removed}
    told = [(count, what) for what, count in counts.items() if count]
    if not told:
        return ""
    (count, what), *more = told
    verb = "" if what == "changed" else "was " if count == 1 else "were "
    first = f"{counted(count, 'other operation')} {verb}{what}"
    rest = [f"{count} {'was' if count == 1 else 'were'} {what}" for count, what in more]
    return f"{', '.join([first, *rest])}; none of yours"

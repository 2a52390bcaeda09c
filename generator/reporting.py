"""Reporting: what changed, in words for a person, a pull request or a program."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.changes import Change, Kind, What
from generator.comparing import Others, Report

_FORMAT = 1
_MOST_USERS = 3
_MOST_NAMES = 8
# The breaking first, the worst of them before all.
_SECTIONS = (
    (True, True, "Breaks the wire and callers"),
    (True, False, "Breaks the wire"),
    (False, True, "Breaks callers"),
    (False, False, "Breaks nobody"),
)
_COLOURS = {(False, False): "", (False, True): "yellow"}


@dataclass(frozen=True)
class Line:
    """A line of the report in text.

    Attributes:
        text: What it says.
        colour: The colour that it has on a terminal, or "".
    """

    text: str
    colour: str = ""


@dataclass(frozen=True)
class _Entry:
    """What is told in one line: a change, or several that are alike."""

    label: str
    told: str
    why: str
    users: str


def as_text(name: str, report: Report, verbose: bool = False) -> Iterator[Line]:
    """Yield the lines of a report for a person.

    Args:
        name: The client that it is about.
        report: What changed.
        verbose: Whether to tell changes of documentation one by one, and why nothing breaks.
    """
    yield Line(f"{name}: {_versions(report)}")
    yield Line(_summary(report))
    for wire, callers, title in _SECTIONS:
        entries = list(_entries(report.changes, wire, callers, verbose))
        if not entries:
            continue
        colour = _COLOURS.get((wire, callers), "red")
        yield Line("")
        yield Line(title, colour)
        for why, alike in _by_reason(entries, is_told=wire or callers or verbose).items():
            if why:
                yield Line(f"  {why}:")
            indent = "    " if why else "  "
            for entry in alike:
                yield Line(f"{indent}{entry.label}: {entry.told}{entry.users}", colour)
    for note in _notes(report, verbose):
        yield Line("")
        yield Line(note)


def as_markdown(name: str, report: Report) -> Iterator[str]:
    """Yield the lines of a report for a pull request."""
    yield f"### {_escaped(name)}: {_escaped(_versions(report))}"
    yield ""
    yield _escaped(_summary(report))
    for wire, callers, title in _SECTIONS:
        entries = list(_entries(report.changes, wire, callers, verbose=False))
        if not entries:
            continue
        is_breaking = wire or callers
        yield ""
        yield f"**{title}**" if is_breaking else f"<details><summary>{title}</summary>"
        yield ""
        yield "| where | what | why |"
        yield "|---|---|---|"
        for entry in entries:
            cells = (_code(entry.label), _escaped(entry.told + entry.users), _escaped(entry.why))
            yield f"| {' | '.join(cells)} |"
        if not is_breaking:
            yield ""
            yield "</details>"
    for note in _notes(report, verbose=False):
        yield ""
        yield _escaped(note)


def as_json(reports: Mapping[str, Report]) -> str:
    """Return reports for a program, by the client that each is about; README.md says its shape."""
    clients = [_facts(name, report) for name, report in reports.items()]
    return json.dumps({"format": _FORMAT, "clients": clients}, indent=2, ensure_ascii=False) + "\n"


def _facts(name: str, report: Report) -> dict[str, Any]:
    return {
        "client": name,
        "old": _described(report, "old"),
        "new": _described(report, "new"),
        "operations": len(report.comparison.methods),
        "breaks": {
            "wire": any(one.verdict.wire for one in report.changes),
            "callers": any(one.verdict.callers for one in report.changes),
        },
        "changes": [_change(one) for one in report.changes],
        "others": vars(report.others),
    }


def _described(report: Report, side: str) -> dict[str, str] | None:
    source = getattr(report, side)
    if source is None:
        return None
    info = source.slice.tree["info"]
    return {"title": str(info.get("title", "")), "version": str(info.get("version", ""))}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "what": change.what.value,
        "where": change.label,
        "place": change.place,
        "name": change.name,
        "spec_name": change.spec_name,
        "old": change.old,
        "new": change.new,
        "breaks": {"wire": change.verdict.wire, "callers": change.verdict.callers},
        "why": change.verdict.why,
        "operations": list(change.users),
    }


def _versions(report: Report) -> str:
    old, new = _described(report, "old"), _described(report, "new")
    if old is None or new is None:
        known = old or new or {}
        return f"{known['title']} {known['version']}".strip()
    title = old["title"] if old["title"] == new["title"] else ""
    if title and old["version"] == new["version"]:
        return f"{title} {old['version']}".strip()
    if title:
        return f"{title} {old['version']} -> {new['version']}"
    return f"{old['title']} {old['version']} -> {new['title']} {new['version']}"


def _summary(report: Report) -> str:
    compared = _counted(len(report.comparison.methods), "operation")
    if not report.changes:
        return f"{compared} compared: nothing changed"
    wire = sum(one.verdict.wire for one in report.changes)
    callers = sum(one.verdict.callers for one in report.changes)
    rest = sum(not one.verdict.is_breaking for one in report.changes)
    parts = [f"{wire} break the wire", f"{callers} break callers", f"{rest} break nobody"]
    total = _counted(len(report.changes), "change")
    told = [part for part in parts if not part.startswith("0 ")]
    return f"{compared} compared: {total}; {', '.join(told)}"


def _entries(
    changes: Sequence[Change], wire: bool, callers: bool, verbose: bool
) -> Iterator[_Entry]:
    """Yield what one section tells; many that are alike are told together."""
    wanted = [one for one in changes if (one.verdict.wire, one.verdict.callers) == (wire, callers)]
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in wanted:
        if verbose or not _is_note(one):
            groups.setdefault(_group(one), []).append(one)
    for group in groups.values():
        first = group[0]
        if len(group) == 1:
            yield _Entry(first.label, _told(first), first.verdict.why, _users(first))
        else:
            label = f"{_counted(len(group), first.kind.value)}"
            names = [one.label for one in group]
            shown = names if verbose else names[:_MOST_NAMES]
            more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
            yield _Entry(
                label, f"{_told_of_many(first)}: {', '.join(shown)}{more}", first.verdict.why, ""
            )


def _by_reason(entries: Sequence[_Entry], is_told: bool) -> dict[str, list[_Entry]]:
    """Return the entries by why they break something, so that each reason is told once."""
    found: dict[str, list[_Entry]] = {}
    for entry in entries:
        found.setdefault(entry.why if is_told else "", []).append(entry)
    return found


def _group(change: Change) -> tuple[object, ...]:
    """Return what changes have in common that are told in one line."""
    if change.kind in {Kind.CLASS, Kind.EXCEPTION} and change.what in {What.ADDED, What.REMOVED}:
        return (change.kind, change.what)
    if change.kind is Kind.ERROR:
        return (change.kind, change.what, change.old, change.new)
    if change.kind is Kind.EXCEPTION and change.what is What.TYPE:
        return (change.kind, change.what, change.old, change.new)
    return (id(change),)


def _is_note(change: Change) -> bool:
    """Tell whether a change is told as one of a number: only a reader of documents sees it."""
    return change.what is What.DOCUMENTATION or _is_schema_alone(change)


def _is_schema_alone(change: Change) -> bool:
    return (
        change.kind is Kind.CLASS and change.what is What.RENAMED and not change.verdict.is_breaking
    )


def _told(change: Change) -> str:
    match change.what:
        case What.ADDED:
            return (
                "added" if change.new in {"", change.label, change.name} else f"added: {change.new}"
            )
        case What.REMOVED:
            return f"removed: {change.old}" if change.kind is Kind.ERROR else "removed"
        case What.DOCUMENTATION:
            return "documentation"
        case What.DEPRECATED:
            return "no longer deprecated" if change.new else "deprecated"
        case What.RENAMED if change.kind is Kind.ERROR:
            return f"{change.new} in place of {change.old}"
        case What.RENAMED:
            return f"{change.old} is now {change.new}"
        case What.REQUIRED:
            return f"{change.old} -> {change.new}"
        case _:
            return f"{change.what.value} {change.old} -> {change.new}"


def _told_of_many(change: Change) -> str:
    is_same = change.what is What.TYPE or change.kind is Kind.ERROR
    return _told(change) if is_same else change.what.value


def _users(change: Change) -> str:
    """Return which methods a change is about, where it does not say so itself."""
    users = change.users[:_MOST_USERS]
    more = f" and {len(change.users) - len(users)} more" if len(change.users) > len(users) else ""
    return f" ({', '.join(users)}{more})" if users else ""


def _notes(report: Report, verbose: bool) -> Iterator[str]:
    """Yield what is told in a sentence."""
    documented = sum(one.what is What.DOCUMENTATION for one in report.changes)
    renamed = sum(map(_is_schema_alone, report.changes))
    if documented and not verbose:
        yield f"Documentation alone changed in {_counted(documented, 'place')} (see --verbose)"
    if renamed and not verbose:
        verb = "has" if renamed == 1 else "have"
        yield (
            f"{_counted(renamed, 'schema')} {verb} another name in the document; "
            "classes keep theirs (see --verbose)"
        )
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
    first = f"{_counted(count, 'other operation')} {verb}{what}"
    rest = [f"{count} {'was' if count == 1 else 'were'} {what}" for count, what in more]
    return f"{', '.join([first, *rest])}; none of yours"


def _counted(number: int, what: str) -> str:
    if number == 1:
        return f"1 {what}"
    plural = {"class": "classes", "reply": "replies", "request body": "request bodies"}
    return f"{number} {plural.get(what, f'{what}s')}"


def _escaped(text: str) -> str:
    """Return a text in which nothing is Markdown, HTML or the end of a cell of a table."""
    plain = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{c}" if c in "\\`*_[]|#~!@" else c for c in plain)


def _code(text: str) -> str:
    """Return a text as code in a cell of a table."""
    return f"<code>{_escaped(text)}</code>"

"""The changelog: what changed, for those who use the client, in terms of its code."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen.comparing.changes import Change, What
from vcgen.comparing.report import Report
from vcgen.comparing.reporting.bump import bump
from vcgen.comparing.reporting.entries import SECTIONS, Entry, Section, entries
from vcgen.comparing.reporting.markdown import code, escaped, item
from vcgen.comparing.reporting.sentences import versions
from vcgen.records import replace

_BUMPS = {
    "major": "Code that uses the client may need changes: raise the major version.",
    "minor": "Code that uses the client needs no changes: raise the minor version.",
    "patch": "Code that uses the client needs no changes: raise the patch version.",
    "none": "Nothing changed.",
}
_TITLES = {
    "Breaks the wire and callers": "Breaking changes",
    "Breaks callers": "Breaking changes for your code only",
    "Breaks the wire": "Update the client before the server changes",
}


def as_changelog(name: str, report: Report) -> Iterator[str]:
    """Yield the lines of a changelog in Markdown."""
    before = ""
    for line in _lines(name, report):
        if line or before:
            yield line
        before = line


def _lines(name: str, report: Report) -> Iterator[str]:
    """Yield the lines, and an empty one wherever one may be needed."""
    yield f"## {code(name)}: {code(versions(report))}"
    yield ""
    yield _BUMPS[bump(report)]
    for section in SECTIONS:
        if section.is_breaking and (found := list(entries(report, section, verbose=True))):
            yield ""
            yield f"### {_TITLES[section.title]}"
            yield ""
            for entry in found:
                yield from _broken(entry)
    yield from _others(report)


def _broken(entry: Entry) -> Iterator[str]:
    remove = " Remove it from your code." if entry.is_gone else ""
    yield from item(f"{code(entry.sentence + entry.rest)}: {escaped(entry.why)}.{remove}")
    if entry.example:
        yield ""
        yield "  ```python"
        yield f"  {' '.join(entry.example.split())}"
        yield "  ```"
        yield ""


def _others(report: Report) -> Iterator[str]:
    """Yield what is new, what is deprecated, and what else changed."""
    nobody = Section(False, False, "")
    groups: dict[str, list[Change]] = {"Added": [], "Deprecated": [], "Changed": []}
    for one in report.changes:
        if nobody.holds(one) and one.what is not What.DOCUMENTATION:
            groups[_group(one)].append(one)
    for title, changes in groups.items():
        found = list(entries(_with(report, changes), nobody, verbose=False))
        if found:
            yield ""
            yield f"### {title}"
            yield ""
            for entry in found:
                yield from item(code(entry.sentence + entry.rest))


def _group(change: Change) -> str:
    if change.what is What.DEPRECATED and not change.new:
        return "Deprecated"
    return "Added" if change.what is What.ADDED else "Changed"


def _with(report: Report, changes: list[Change]) -> Report:
    return replace(report, changes=tuple(changes))

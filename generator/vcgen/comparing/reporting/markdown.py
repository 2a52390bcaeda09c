"""The report for a pull request."""

from __future__ import annotations

import html
from collections.abc import Iterator

from vcgen.comparing.documents import Report
from vcgen.comparing.reporting.entries import SECTIONS, Entry, entries
from vcgen.comparing.reporting.sentences import notes, summary, versions


def as_markdown(name: str, report: Report) -> Iterator[str]:
    """Yield the lines of a report.

    Whatever comes from a document is code: there, nobody is mentioned, and nothing is linked.
    """
    yield f"### {_code(name)}: {_code(versions(report))}"
    yield ""
    yield _escaped(summary(report))
    for section in SECTIONS:
        found = list(entries(report.changes, section, verbose=False))
        if not found:
            continue
        title = section.title
        yield ""
        yield f"**{title}**" if section.is_breaking else f"<details><summary>{title}</summary>"
        yield ""
        yield from _table(found)
        if not section.is_breaking:
            yield ""
            yield "</details>"
    for note in notes(report, verbose=False):
        yield ""
        yield _escaped(note)


def _table(found: list[Entry]) -> Iterator[str]:
    yield "| where | what | why |"
    yield "|---|---|---|"
    for entry in found:
        cells = (_code(entry.label), _code(entry.told + entry.rest), _escaped(entry.why))
        yield f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return a text in which nothing is Markdown, HTML or the end of a cell of a table."""
    plain = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{c}" if c in "\\`*_[]|#~!@" else c for c in plain)


def _code(text: str) -> str:
    """Return a text as code; the element, unlike backticks, takes any text."""
    return f"<code>{_escaped(text)}</code>"

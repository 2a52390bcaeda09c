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
    yield f"### {code(name)}: {code(versions(report))}"
    yield ""
    yield escaped(summary(report))
    for section in SECTIONS:
        found = list(entries(report, section, verbose=False))
        if not found:
            continue
        title = section.title
        yield ""
        yield f"**{title}**" if section.is_breaking else f"<details><summary>{title}</summary>"
        yield ""
        yield from _table(found, section.callers)
        if not section.is_breaking:
            yield ""
            yield "</details>"
    for note in notes(report, verbose=False):
        yield ""
        yield escaped(note)


def _table(found: list[Entry], has_code: bool) -> Iterator[str]:
    head = ("where", "what", "why", *(["now"] if has_code else []))
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for entry in found:
        cells = [code(entry.label), code(entry.told + entry.rest), escaped(entry.why)]
        cells += [code(entry.instead) if entry.instead else ""] * has_code
        yield f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Return a text in which nothing is Markdown, HTML or the end of a cell of a table."""
    plain = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{c}" if c in "\\`*_[]|#~!@" else c for c in plain)


def code(text: str) -> str:
    """Return a text as code; the element, unlike backticks, takes any text."""
    return f"<code>{escaped(text)}</code>"

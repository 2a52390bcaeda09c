"""The report for a pull request."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator

from vcgen.comparing.report import Report
from vcgen.comparing.reporting.entries import SECTIONS, Entry, entries
from vcgen.comparing.reporting.sentences import notes, summary, versions

_WIDTH = 120
_MARKER = re.compile(r"([-+=]+|\d+[.)])(?=\s|$)")


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


def item(text: str) -> list[str]:
    """Return an entry of a list, in lines that fit."""
    first, *more = textwrap.wrap(text, _WIDTH - 3, break_long_words=False, break_on_hyphens=False)
    # Nothing in the midst of a text begins a list, a heading or a quotation.
    return [f"- {first}", *(f"  {_MARKER.sub(_escaped_end, line)}" for line in more)]


def _escaped_end(marker: re.Match[str]) -> str:
    return f"{marker[0][:-1]}\\{marker[0][-1]}"

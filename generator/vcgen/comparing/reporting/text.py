"""The report for a person, on a terminal or in a log."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from vcgen.comparing.report import Report
from vcgen.comparing.reporting.entries import SECTIONS, Entry, Section, entries
from vcgen.comparing.reporting.sentences import notes, summary, versions
from vcgen.records import Record

_WIDTH = 120
_COLOURS = {(False, False): "", (False, True): "yellow"}


class Line(Record):
    """A line of the report.

    Attributes:
        text: What it says.
        colour: The colour that it has on a terminal, or "".
    """

    text: str
    colour: str = ""


def as_text(name: str, report: Report, verbose: bool = False) -> Iterator[Line]:
    """Yield the lines of a report.

    Args:
        name: The client that it is about.
        report: What changed.
        verbose: Whether to report everything one by one, and why nothing breaks.
    """
    head = f"{name}: {versions(report)}", summary(report)
    yield from (Line(line) for text in head for line in _wrapped(text, "", ""))
    for section in SECTIONS:
        if found := list(entries(report, section, verbose)):
            yield Line("")
            yield from _section(section, found, verbose)
    for note in notes(report, verbose):
        yield Line("")
        yield from (Line(line) for line in _wrapped(note, "", ""))


def _section(section: Section, found: list[Entry], verbose: bool) -> Iterator[Line]:
    colour = _COLOURS.get((section.wire, section.callers), "red")
    yield Line(section.title, colour)
    by_reason: dict[str, list[Entry]] = {}
    for entry in found:
        by_reason.setdefault(entry.why if section.is_breaking or verbose else "", []).append(entry)
    for why, alike in by_reason.items():
        if why:
            yield from (Line(line) for line in _wrapped(f"{why}:", "  ", "  "))
        indent = "    " if why else "  "
        for entry in alike:
            lines = _wrapped(f"{entry.sentence}{entry.rest}", indent, f"{indent}    ")
            if entry.instead:
                lines += _wrapped(f"now: {entry.instead}", f"{indent}    ", f"{indent}         ")
            yield from (Line(line, colour) for line in lines)


def _wrapped(text: str, first: str, more: str) -> list[str]:
    """Return a text as lines that fit; the line breaks of a document are not among ours."""
    return textwrap.wrap(
        text.replace("\n", "\\n"),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=more,
        break_on_hyphens=False,
    )

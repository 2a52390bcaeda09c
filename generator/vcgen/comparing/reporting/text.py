"""The report for a person, on a terminal or in a log."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from vcgen.comparing.documents import Report
from vcgen.comparing.reporting.entries import SECTIONS, Entry, Section, entries
from vcgen.comparing.reporting.sentences import notes, summary, versions

_WIDTH = 100
_COLOURS = {(False, False): "", (False, True): "yellow"}


@dataclass(frozen=True)
class Line:
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
        verbose: Whether to tell everything one by one, and why nothing breaks.
    """
    yield Line(_one_line(f"{name}: {versions(report)}"))
    yield Line(summary(report))
    for section in SECTIONS:
        if found := list(entries(report.changes, section, verbose)):
            yield Line("")
            yield from _section(section, found, verbose)
    for note in notes(report, verbose):
        yield Line("")
        yield Line(note)


def _section(section: Section, found: list[Entry], verbose: bool) -> Iterator[Line]:
    colour = _COLOURS.get((section.wire, section.callers), "red")
    yield Line(section.title, colour)
    by_reason: dict[str, list[Entry]] = {}
    for entry in found:
        by_reason.setdefault(entry.why if section.is_breaking or verbose else "", []).append(entry)
    for why, alike in by_reason.items():
        if why:
            yield Line(f"  {why}:")
        indent = "    " if why else "  "
        for entry in alike:
            yield from (Line(text, colour) for text in _wrapped(entry, indent))


def _wrapped(entry: Entry, indent: str) -> list[str]:
    """Return an entry as lines; names that are many take several."""
    text = _one_line(f"{entry.sentence}{entry.rest}")
    if not entry.names:
        return [f"{indent}{text}"]
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _one_line(text: str) -> str:
    """Return a text without the line breaks that a document may hold: a line is ours to end."""
    return text.replace("\n", "\\n")

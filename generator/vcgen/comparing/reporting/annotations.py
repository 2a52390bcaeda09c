"""The report as annotations of a GitHub workflow."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen.comparing.report import Report
from vcgen.comparing.reporting.entries import SECTIONS, entries
from vcgen.comparing.reporting.sentences import summary, versions


def as_annotations(name: str, report: Report, file: str) -> Iterator[str]:
    """Yield workflow commands: an error for what breaks the wire, a warning for the rest.

    Args:
        name: The client that it is about.
        report: What changed.
        file: The document that the annotations belong to.
    """
    for section in SECTIONS:
        if not section.is_breaking:
            continue
        level = "error" if section.wire else "warning"
        for entry in entries(report, section, verbose=False):
            parts = [f"{entry.sentence}{entry.rest}", entry.why]
            parts += [f"now: {entry.instead}"] if entry.instead else []
            properties = f"file={_property(file)},title={_property(f'{name}: {section.title}')}"
            yield f"::{level} {properties}::{_data('; '.join(parts))}"
    head = f"{name}: {versions(report)}: {summary(report)}"
    yield f"::notice title={_property(name)}::{_data(head)}"


def _data(text: str) -> str:
    """Return a text as one line, in which nothing ends the command."""
    return " ".join(text.split()).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

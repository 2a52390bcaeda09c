"""The version that a client needs after an update, by semantic versioning."""

from __future__ import annotations

from vcgen.comparing.changes import What
from vcgen.comparing.report import Report


def bump(report: Report) -> str:
    """Return which part of the client's version to raise: `major`, `minor`, `patch` or `none`.

    Code that uses the client decides: what breaks it is major, as is what cannot be compared.
    Something new is minor, and so is a change of the wire, for which the new client is needed.
    """
    changes = report.changes
    if report.uncompared or any(one.verdict.callers for one in changes):
        return "major"
    if any(one.verdict.wire or one.what is What.ADDED for one in changes):
        return "minor"
    return "patch" if changes else "none"

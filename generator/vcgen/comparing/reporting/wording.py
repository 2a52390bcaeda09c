"""Wording: a change in a few words."""

from __future__ import annotations

from vcgen.comparing.changes import Change, Kind, What


def is_schema_alone(change: Change) -> bool:
    """Tell whether a schema is called otherwise, and its class is not."""
    is_rename = change.kind is Kind.CLASS and change.what is What.RENAMED
    return is_rename and not change.verdict.is_breaking


def is_note(change: Change) -> bool:
    """Tell whether a change is told as one of a number: only a reader of documents sees it."""
    return change.what is What.DOCUMENTATION or is_schema_alone(change)


def subject(change: Change) -> str:
    """Return what a change is about."""
    return change.place if change.kind is Kind.ALTERNATIVE else change.label


def told(change: Change) -> str:
    """Return what happened to it."""
    match change.what:
        case What.ADDED | What.REMOVED:
            return _came_or_went(change)
        case What.DOCUMENTATION:
            return "documentation"
        case What.DEPRECATED:
            return "no longer deprecated" if change.new else "deprecated"
        case What.RENAMED if change.kind is Kind.ERROR:
            return f"{change.new} instead of {change.old}"
        case What.RENAMED:
            return f"{change.old} is now {change.new}"
        case _:
            return _became(change)


def _came_or_went(change: Change) -> str:
    happened = change.what.value
    match change.kind:
        case Kind.ALTERNATIVE:
            return f"alternative {change.name} {happened}"
        case Kind.VALUE:
            return f"value {happened}"
        case Kind.CLASS | Kind.EXCEPTION:
            return happened
        case Kind.ERROR:
            return f"{happened}: {change.old or change.new}"
        case _:
            return f"{happened}: {change.new}" if change.new else happened


def _became(change: Change) -> str:
    """Return how it was and how it is."""
    what = _quality(change)
    if change.old == change.new:
        return f"{what} {change.new}, which has changed".lstrip()
    return f"{what} {change.old} -> {change.new}".lstrip()


def _quality(change: Change) -> str:
    """Return what of it is otherwise, "" where the values say so themselves."""
    match change.kind, change.what:
        case Kind.CLIENT, What.LOCATION:
            return "" if "modules" in change.cases else "server"
        case Kind.CLASS, What.TYPE:
            return "base" if change.cases[0].startswith("base") else ""
        case Kind.EXCEPTION, What.TAG:
            return "kinds told by" if change.cases == ("told by another property",) else "kinds"
        case Kind.CLASS, What.TAG if change.cases[0].startswith("any other"):
            return "any other tag"
        case Kind.ALTERNATIVE, _:
            return f"tag of {change.name}"
        case Kind.PARAMETER, What.FORMAT:
            return "style"
        case Kind.REPLY, What.FORMAT:
            return "body"
        case Kind.REPLY, What.TYPE if not change.name:
            return "returns"
        case _, What.REQUIRED:
            return ""
        case _:
            return change.what.value

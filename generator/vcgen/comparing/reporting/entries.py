"""Entries: changes in the order in which they are reported, those of one cause together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vcgen.comparing.changes import Change, Kind
from vcgen.comparing.documents import Report
from vcgen.comparing.reporting.instead import instead
from vcgen.comparing.reporting.wording import is_note, subject, told
from vcgen.text.counting import counted

_MOST_USERS = 3
_MOST_NAMES = 8
_ORDER = {kind: index for index, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Section:
    """Changes that break the same side.

    Attributes:
        wire: Whether they break the wire.
        callers: Whether they break callers.
        title: What they have in common.
    """

    wire: bool
    callers: bool
    title: str

    @property
    def is_breaking(self) -> bool:
        """Whether they break anybody."""
        return self.wire or self.callers

    def holds(self, change: Change) -> bool:
        """Tell whether a change belongs here."""
        return (change.verdict.wire, change.verdict.callers) == (self.wire, self.callers)


# The breaking first, the worst of them before all.
SECTIONS = (
    Section(True, True, "Breaks the wire and callers"),
    Section(True, False, "Breaks the wire"),
    Section(False, True, "Breaks callers"),
    Section(False, False, "Breaks nobody"),
)


@dataclass(frozen=True)
class Entry:
    """What is reported at once: a change, or several of one cause.

    Attributes:
        label: What it is about.
        told: What happened.
        why: Whom it breaks, and why.
        instead: Code for the new client, or "".
        users: The methods that reach it.
        names: Each one of several.
        more: How many there are beside those that have names.
    """

    label: str
    told: str
    why: str
    instead: str = ""
    users: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    more: int = 0

    @property
    def sentence(self) -> str:
        """What it is about and what happened."""
        return f"{self.label}: {self.told}"

    @property
    def rest(self) -> str:
        """The methods, or each one of several."""
        if self.names:
            more = f" and {self.more} more" if self.more else ""
            return f": {', '.join(self.names)}{more}"
        users = self.users[:_MOST_USERS]
        more = f" and {len(self.users) - len(users)} more" if len(self.users) > len(users) else ""
        return f" ({', '.join(users)}{more})" if users else ""


def entries(report: Report, section: Section, verbose: bool) -> Iterator[Entry]:
    """Yield what a section reports, operations before classes before fields."""
    changes = [one for one in report.changes if section.holds(one)]
    wanted = [one for one in changes if verbose or not is_note(one)]
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in sorted(wanted, key=lambda change: _ORDER[change.kind]):
        groups.setdefault((one.kind, told(one), one.verdict.why), []).append(one)
    for group in groups.values():
        lines = {instead(one, report.comparison) for one in group}
        code = lines.pop() if len(lines) == 1 else ""
        yield _entry(group, code) if len(group) == 1 else _many(group, code, verbose)


def _entry(group: Sequence[Change], code: str) -> Entry:
    one = group[0]
    return Entry(subject(one), told(one), one.verdict.why, code, one.users)


def _many(group: Sequence[Change], code: str, is_complete: bool) -> Entry:
    names = tuple(map(subject, group))
    shown = names if is_complete else names[:_MOST_NAMES]
    one = group[0]
    label = counted(len(group), one.kind.value)
    return Entry(label, told(one), one.verdict.why, code, (), shown, len(names) - len(shown))

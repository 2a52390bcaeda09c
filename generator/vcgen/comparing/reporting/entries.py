"""Entries: changes in the order in which they are reported, those of one cause together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vcgen.comparing.changes import Change, Kind, What
from vcgen.comparing.report import Report
from vcgen.comparing.reporting.instead import instead
from vcgen.comparing.reporting.wording import is_note, subject, told
from vcgen.records import Record, replace
from vcgen.text.counting import counted

_MOST_USERS = 3
_MOST_NAMES = 8
_ORDER = {kind: index for index, kind in enumerate(Kind)}


class Section(Record):
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
    Section(False, False, "Breaks nothing"),
)


class Entry(Record):
    """What is reported at once: a change, or several of one cause.

    Attributes:
        label: What it is about.
        told: What happened.
        why: Whom it breaks, and why.
        instead: Code for the new client, or "".
        users: The methods that reach it.
        names: Each one of several.
        more: How many there are beside those that have names.
        example: Code for the new client, of one of several, or "".
        is_gone: Whether code that uses it has nothing to use in its place.
    """

    label: str
    told: str
    why: str
    instead: str = ""
    users: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    more: int = 0
    example: str = ""
    is_gone: bool = False

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
        found = _entry(group) if len(group) == 1 else _many(group, verbose)
        yield _with_code(found, group, [instead(one, report.comparison) for one in group])


def _entry(group: Sequence[Change]) -> Entry:
    one = group[0]
    return Entry(subject(one), told(one), one.verdict.why, users=one.users)


def _many(group: Sequence[Change], is_complete: bool) -> Entry:
    names = tuple(map(subject, group))
    shown = names if is_complete else names[:_MOST_NAMES]
    one = group[0]
    label = counted(len(group), one.kind.value)
    more = len(names) - len(shown)
    return Entry(label, told(one), one.verdict.why, names=shown, more=more)


def _with_code(entry: Entry, group: Sequence[Change], lines: Sequence[str]) -> Entry:
    """Return an entry with the code for the new client: that of all, and that of one of them."""
    is_gone = group[0].what is What.REMOVED and group[0].verdict.callers and not any(lines)
    code = lines[0] if len({*lines}) == 1 else ""
    return replace(entry, instead=code, example=next(filter(None, lines), ""), is_gone=is_gone)

"""Two clients side by side: what of the one is what of the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Change, Kind, Verdict, What
from vcgen.comparing.changes.matching import match_classes
from vcgen.comparing.changes.pairing import pair_methods
from vcgen.comparing.changes.reach import Reach
from vcgen.comparing.changes.textual import Textual
from vcgen.comparing.changes.types import Types
from vcgen.comparing.changes.view import View
from vcgen.records import Record


class Comparison:
    """Two clients side by side.

    Attributes:
        old: The old client.
        new: The new client.
        methods: The operations of both that are the same.
        classes: The new class for each old one that is still there.
        types: The types of both, compared.
    """

    def __init__(self, old: ir.Package, new: ir.Package) -> None:
        self.old = View(old)
        self.new = View(new)
        self.methods = pair_methods(self.old, self.new)
        self.classes = match_classes(self.old, self.new, self.methods)
        self.types = Types(self.old, self.new, self.classes)

    @cached_property
    def old_reach(self) -> Reach:
        """What the old operations reach."""
        return Reach(self.old)

    @cached_property
    def new_reach(self) -> Reach:
        """What the new operations reach."""
        return Reach(self.new)

    @cached_property
    def old_textual(self) -> Textual:
        """What the old operations send as text."""
        return Textual(self.old)

    @cached_property
    def new_textual(self) -> Textual:
        """What the new operations send as text."""
        return Textual(self.new)

    def directions(self, old: str, new: str) -> tuple[str, ...]:
        """Return the ways that a class goes, in either client, in the words of the rules.

        A class that is reached by something untyped alone may go both ways.
        """
        one, other = self.old_reach, self.new_reach
        is_sent = old in one.sent or new in other.sent
        is_answered = old in one.answered or new in other.answered
        is_failing = old in one.failing or new in other.failing
        is_unsent = old in one.unsent or new in other.unsent
        is_unread = old in one.unread or new in other.unread
        is_anywhere = is_sent or is_answered or is_failing or is_unsent or is_unread
        ways = {
            rules.REQUEST: is_sent or not is_anywhere,
            rules.REPLY: is_answered or not is_anywhere,
            # What holds for a reply holds for an error, and more.
            rules.ERROR: not is_answered and is_failing,
            rules.UNSENT: not is_sent and is_unsent,
            rules.UNREAD: not (is_answered or is_failing) and is_unread,
        }
        return tuple(way for way, goes in ways.items() if goes)


class Subject(Record):
    """What a change is about; the attributes are those of `Change`."""

    kind: Kind
    place: str
    name: str
    spec_name: str
    users: tuple[str, ...] = ()

    def change(self, what: What, old: object, new: object, verdict: Verdict, *cases: str) -> Change:
        """Return a change of it with a verdict of one's own."""
        was, now = ("" if value is None else str(value) for value in (old, new))
        told = (self.kind, what, self.place, self.name, self.spec_name, was, now)
        return Change(*told, verdict, cases, self.users)

    def ruled(self, what: What, old: object, new: object, *cases: str) -> Change:
        """Return a change of it with the verdict that the table has, of the worst of the cases."""
        found = [rules.verdict(self.kind, what, case) for case in cases or ("",)]
        return self.change(what, old, new, rules.either(*found), *cases)


def notes(subject: Subject, old: ir.Documented, new: ir.Documented) -> Iterator[Change]:
    """Yield what changed for readers alone."""
    yield from deprecation(subject, old, new)
    yield from documented(subject, old.doc, new.doc)


def deprecation(subject: Subject, old: ir.Documented, new: ir.Documented) -> Iterator[Change]:
    """Yield whether it is given up, or taken up again."""
    if old.deprecated is not new.deprecated:
        told = ("" if one.deprecated else "in use" for one in (old, new))
        yield subject.ruled(What.DEPRECATED, *told)


def documented(subject: Subject, old: str, new: str) -> Iterator[Change]:
    """Yield whether a text for readers is another."""
    if old != new:
        yield subject.ruled(What.DOCUMENTATION, old, new)

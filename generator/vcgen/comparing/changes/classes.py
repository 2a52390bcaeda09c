"""What changed of the classes: objects and their fields, enumerations and their values, unions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Change, Kind, Verdict, What
from vcgen.comparing.changes.comparison import Comparison, Subject, documented, notes
from vcgen.comparing.changes.reach import Reach
from vcgen.comparing.changes.textual import worst
from vcgen.comparing.changes.types import Reader, sent_type, without_none
from vcgen.comparing.changes.values import SENT, absence, access, constraints, facts, presence
from vcgen.comparing.changes.view import OTHERS, nature, shown
from vcgen.records import replace

_UNSENT = {rules.REQUEST: rules.UNSENT}
_UNREAD = {rules.REPLY: rules.UNREAD, rules.ERROR: rules.UNREAD}
_AS_ANY_OTHER = "as any other"


def class_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of every class of either client."""
    kept = {*both.classes.values()}
    others = {name: node for name, node in both.new.classes.items() if name not in kept}
    for node in both.old.classes.values():
        subject = _subject(node, both.old_reach)
        if node.name in both.classes:
            yield from _Class(both, node, both.new.classes[both.classes[node.name]]).changes()
        elif other := others.pop(node.name, None):
            yield subject.ruled(What.TYPE, nature(node), nature(other), "of another kind")
        else:
            yield subject.ruled(What.REMOVED, node.spec_name, None)
    for node in others.values():
        yield _subject(node, both.new_reach).ruled(What.ADDED, None, node.spec_name)


def _subject(node: ir.Definition, reach: Reach) -> Subject:
    return Subject(Kind.CLASS, node.name, "", node.spec_name, reach.users(node.name))


class _Class:
    """A class of both clients."""

    def __init__(self, both: Comparison, old: ir.Definition, new: ir.Definition) -> None:
        self._both = both
        self._old = old
        self._new = new
        self._directions = both.directions(old.name, new.name)
        self._users = both.old_reach.users(old.name)

    def changes(self) -> Iterator[Change]:
        """Yield what changed of it."""
        old, new = self._old, self._new
        subject = self._subject(Kind.CLASS, "", old.spec_name)
        if old.name != new.name:
            yield subject.ruled(What.RENAMED, old.name, new.name, "class")
        elif old.spec_name != new.spec_name:
            yield subject.ruled(What.RENAMED, old.spec_name, new.spec_name, "schema alone")
        yield from notes(subject, old, new)
        if isinstance(old, ir.Struct) and isinstance(new, ir.Struct):
            yield from self._bases(subject, old, new)
            yield from constraints(subject, old, new, *self._directions)
            yield from self._fields(old, new)
        elif isinstance(old, ir.EnumClass) and isinstance(new, ir.EnumClass):
            yield from self._members(old, new)
        elif isinstance(old, ir.UnionClass) and isinstance(new, ir.UnionClass):
            yield from self._discriminator(subject, old, new)
            yield from self._alternatives(old, new)

    def _subject(self, kind: Kind, name: str, spec_name: str) -> Subject:
        return Subject(kind, self._old.name, name, spec_name, self._users)

    def _bases(self, subject: Subject, old: ir.Struct, new: ir.Struct) -> Iterator[Change]:
        was = [self._both.classes.get(base, base) for base in self._both.old.bases(old.name)]
        now = self._both.new.bases(new.name)
        if {*was} != {*now}:
            case = "base gained" if {*was} <= {*now} else "base lost"
            yield subject.ruled(What.TYPE, old.base, new.base, case)

    def _fields(self, old: ir.Struct, new: ir.Struct) -> Iterator[Change]:
        ones, others = self._both.old.fields(old), self._both.new.fields(new)
        pairs = dict(_pair_fields(ones, others))
        told = self._told_by_bases(old, new)
        for name, field in ones.items():
            subject = self._subject(Kind.FIELD, field.name, name)
            other = others.get(pairs.get(name, ""))
            if (field, other) in told:
                continue
            if other is None:
                yield subject.ruled(What.REMOVED, shown(field.type), None, *self._lost(field))
            else:
                yield from self._field(subject, field, other)
        for name, field in others.items():
            if name not in pairs.values() and (None, field) not in told:
                subject = self._subject(Kind.FIELD, field.name, name)
                yield subject.ruled(What.ADDED, None, shown(field.type), *self._won(field))

    def _told_by_bases(
        self, old: ir.Struct, new: ir.Struct
    ) -> list[tuple[ir.Field | None, ir.Field | None]]:
        """Return the pairs of fields that both inherit: what changed of them is told there."""
        base = self._both.classes.get(old.base, "")
        if base not in self._both.new.lineage(new.name):
            return []
        one, other = self._both.old.classes[old.base], self._both.new.classes[base]
        if not (isinstance(one, ir.Struct) and isinstance(other, ir.Struct)):
            return []
        ones, others = self._both.old.fields(one), self._both.new.fields(other)
        pairs = dict(_pair_fields(ones, others))
        lost = [(field, others.get(pairs.get(name, ""))) for name, field in ones.items()]
        won = [(None, field) for name, field in others.items() if name not in pairs.values()]
        return [*lost, *won]

    def _lost(self, field: ir.Field) -> Iterator[str]:
        for way in _ways(self._directions, field):
            if way == rules.REQUEST and self._is_still_taken(field):
                yield f"still accepted {way}"
            else:
                yield way if way in SENT else f"{_needed(field)} {way}"

    def _is_still_taken(self, field: ir.Field) -> bool:
        """Tell whether the server says that it takes a property that is no longer declared."""
        old, new = self._old, self._new
        if not (isinstance(old, ir.Struct) and isinstance(new, ir.Struct)):
            return False
        if field.spec_name == OTHERS and old.is_kept:
            return True  # no document ever declared what was sent back
        if new.others and not new.is_kept:
            return not self._both.types.in_request(sent_type(field), new.others).wire
        return new.takes_any

    def _won(self, field: ir.Field) -> Iterator[str]:
        for way in _ways(self._directions, field):
            yield f"{_needed(field)} {way}" if way in SENT else way

    def _field(self, subject: Subject, one: ir.Field, other: ir.Field) -> Iterator[Change]:
        ways = _ways(self._directions, other)
        if one.name != other.name:
            yield subject.ruled(What.RENAMED, one.name, other.name, "field")
        if one.spec_name != other.spec_name:
            cases = (f"on the wire {way}" for way in ways)
            yield subject.ruled(What.RENAMED, one.spec_name, other.spec_name, *cases)
        yield from access(subject, one, other, self._directions)
        # What is no longer answered is missing in a reply, if it was in one.
        is_lost = one.access != "write" and other.access == "write"
        yield from presence(subject, one, other, *(self._directions if is_lost else ways))
        yield from absence(subject, one, other, *ways, is_json=not self._is_text)
        old, new = told = without_none(one.type), without_none(other.type)
        if rules.REQUEST in ways:
            told = self._both.types.given(old, new)
        if not self._both.types.is_same(*told):
            verdict = self._typed(old, new, ways, self._reader(one, other))
            if one.spec_name == OTHERS:
                # They are kept as they came, and callers meet them.
                verdict = replace(verdict, is_forgiven=False)
            was, now = map(shown, told)
            yield subject.change(What.TYPE, was, now, verdict, *ways)
        yield from facts(subject, one, other, *ways)

    @property
    def _is_text(self) -> bool:
        """Whether both clients send it as text alone, where there is no null."""
        both = self._both
        return both.old_textual.has(self._old.name) and both.new_textual.has(self._new.name)

    def _reader(self, one: ir.Field, other: ir.Field) -> Reader:
        old = self._both.old_textual.readers(self._old.name, one)
        return worst([*old, *self._both.new_textual.readers(self._new.name, other)])

    def _typed(self, old: ir.Type, new: ir.Type, ways: Iterable[str], reader: Reader) -> Verdict:
        types = self._both.types
        looks: dict[str, Callable[[ir.Type, ir.Type], Verdict]] = {
            rules.REQUEST: lambda old, new: types.in_request(old, new, reader),
            rules.REPLY: types.in_part_of_reply,
            rules.ERROR: types.for_callers,
            rules.UNSENT: lambda old, new: rules.aside(types.in_request(old, new, reader)),
            rules.UNREAD: types.for_callers,
        }
        return rules.either(*(looks[way](old, new) for way in ways))

    def _members(self, old: ir.EnumClass, new: ir.EnumClass) -> Iterator[Change]:
        ones = {member.value: member for member in old.members}
        others = {member.value: member for member in new.members}
        for value, member in ones.items():
            subject = self._subject(Kind.VALUE, member.name, str(value))
            if value not in others:
                yield subject.ruled(What.REMOVED, value, None, *self._directions)
                continue
            other = others[value]
            if member.name != other.name:
                yield subject.ruled(What.RENAMED, member.name, other.name)
            yield from documented(subject, member.doc, other.doc)
        for value, member in others.items():
            if value not in ones:
                subject = self._subject(Kind.VALUE, member.name, str(value))
                yield subject.ruled(What.ADDED, None, value)

    def _discriminator(
        self, subject: Subject, old: ir.UnionClass, new: ir.UnionClass
    ) -> Iterator[Change]:
        if old.discriminator != new.discriminator:
            told = (old.discriminator or "none", new.discriminator or "none")
            if old.discriminator and new.discriminator:
                cases = [f"another one {way}" for way in self._directions]
            else:
                is_sent = new.discriminator and rules.REQUEST in self._directions
                cases = [f"one now {rules.REQUEST}" if is_sent else "none before or now"]
            yield subject.ruled(What.TAG, *told, *cases)
        if old.discriminator and new.discriminator:
            yield from self._usual(subject, old.types[-1], new.types[-1])

    def _usual(self, subject: Subject, old: ir.Type, new: ir.Type) -> Iterator[Change]:
        """Yield whether a value whose tag is not known is of another type."""
        # Where it is kept as it came, that is an alternative of its own, and told as one.
        if not (ir.ANY_MAP in (old, new) or self._both.types.is_same(old, new)):
            cases = (f"any other {way}" for way in self._directions)
            yield subject.ruled(What.TAG, shown(old), shown(new), *cases)

    def _alternatives(self, old: ir.UnionClass, new: ir.UnionClass) -> Iterator[Change]:
        for one in old.types:
            subject = self._subject(Kind.ALTERNATIVE, shown(one), self._spec_name(one))
            same = (other for other in new.types if self._both.types.is_same(one, other))
            if (found := next(same, None)) is None:
                yield subject.ruled(What.REMOVED, shown(one), None, *self._directions)
            elif old.discriminator and new.discriminator:
                yield from self._tags(subject, _tagged(old, one), _tagged(new, found))
        for other in new.types:
            if not any(self._both.types.is_same(one, other) for one in old.types):
                subject = self._subject(Kind.ALTERNATIVE, shown(other), shown(other))
                # Where there are tags, the old client keeps a value of which it knows none.
                is_kept = new.discriminator and (old.discriminator or other == ir.ANY_MAP)
                told = ", with a tag" if is_kept else ""
                cases = (way + told * (way not in SENT) for way in self._directions)
                yield subject.ruled(What.ADDED, None, shown(other), *cases)

    def _tags(self, subject: Subject, was: _Tagged, now: _Tagged) -> Iterator[Change]:
        """Yield whether an alternative is told by other values of the discriminator."""
        found = (
            ("added", now.tags - was.tags, was.is_usual),
            ("removed", was.tags - now.tags, now.is_usual),
        )
        cases = [
            _AS_ANY_OTHER if is_usual else f"{what} {way}"
            for what, tags, is_usual in found
            if tags
            for way in self._directions
        ]
        if cases:
            told = (", ".join(sorted(one.tags)) for one in (was, now))
            yield subject.ruled(What.TAG, *told, *dict.fromkeys(cases))

    def _spec_name(self, type_: ir.Type) -> str:
        node = self._both.old.classes.get(type_.name)
        return node.spec_name if node else shown(type_)


class _Tagged(NamedTuple):
    """The values of the discriminator that tell an alternative.

    Attributes:
        tags: Those that are known.
        is_usual: Whether any other tells it, too.
    """

    tags: frozenset[str]
    is_usual: bool


def _tagged(node: ir.UnionClass, type_: ir.Type) -> _Tagged:
    tags = frozenset(tag.value for tag in node.tags if tag.type == type_)
    return _Tagged(tags, node.types[-1] == type_)


def _pair_fields(
    ones: Mapping[str, ir.Field], others: Mapping[str, ir.Field]
) -> Iterator[tuple[str, str]]:
    """Yield the properties that are the same: by their own names, else by those of their fields."""
    fields = {field.name: name for name, field in others.items() if name not in ones}
    for name, field in ones.items():
        if name in others:
            yield name, name
        elif field.name in fields:
            yield name, fields[field.name]


def _ways(directions: Iterable[str], field: ir.Field) -> tuple[str, ...]:
    """Return the ways that a property goes with its class, as it is there in the end."""
    left_out = {"read": _UNSENT, "write": _UNREAD}.get(field.access, {})
    return tuple(dict.fromkeys(left_out.get(way, way) for way in directions))


def _needed(field: ir.Field) -> str:
    return rules.REQUIRED if field.is_always else rules.OPTIONAL

"""What changed of the classes: objects and their fields, enumerations and their values, unions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import ir
from generator.changes import rules
from generator.changes.change import Change, Kind, Verdict, What
from generator.changes.comparison import Comparison, Subject, notes
from generator.changes.facts import facts
from generator.changes.types import takes_none, without_none


def class_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of every class of either client."""
    for node in both.old.classes.values():
        if node.name in both.classes:
            yield from _Class(both, node, both.new.classes[both.classes[node.name]]).changes()
        else:
            subject = Subject(
                Kind.CLASS, node.name, "", node.spec_name, both.old_reach.users(node.name)
            )
            yield subject.ruled(What.REMOVED, node.spec_name, None)
    kept = {*both.classes.values()}
    for node in both.new.classes.values():
        if node.name not in kept:
            users = both.new_reach.users(node.name)
            subject = Subject(Kind.CLASS, node.name, "", node.spec_name, users)
            yield subject.ruled(What.ADDED, None, node.spec_name)


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
            yield from self._fields(old, new)
        elif isinstance(old, ir.EnumClass) and isinstance(new, ir.EnumClass):
            yield from self._members(old, new)
        elif isinstance(old, ir.UnionClass) and isinstance(new, ir.UnionClass):
            yield from self._alternatives(old, new)

    def _subject(self, kind: Kind, name: str, spec_name: str) -> Subject:
        return Subject(kind, self._old.name, name, spec_name, self._users)

    def _cases(self, case: str = "") -> tuple[str, ...]:
        """Return a case of the table in each way that the class goes."""
        return tuple(f"{case} {direction}".lstrip() for direction in self._directions)

    def _bases(self, subject: Subject, old: ir.Struct, new: ir.Struct) -> Iterator[Change]:
        was = [self._both.classes.get(base, base) for base in self._both.old.lineage(old.name)]
        now = self._both.new.lineage(new.name)
        if not {*was} <= {*now}:
            yield subject.ruled(What.TYPE, old.base, new.base, "base")

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
                yield subject.ruled(What.REMOVED, field.type.annotation, None, *self._lost(field))
            else:
                yield from self._field(subject, field, other)
        for name, field in others.items():
            if name not in pairs.values() and (None, field) not in told:
                subject = self._subject(Kind.FIELD, field.name, name)
                yield subject.ruled(What.ADDED, None, field.type.annotation, *self._won(field))

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
        for way in self._directions:
            yield way if way == rules.REQUEST else f"{_needed(field)} {way}"

    def _won(self, field: ir.Field) -> Iterator[str]:
        for way in self._directions:
            yield way if way == rules.REPLY else f"{_needed(field)} {way}"

    def _field(self, subject: Subject, one: ir.Field, other: ir.Field) -> Iterator[Change]:
        if one.name != other.name:
            yield subject.ruled(What.RENAMED, one.name, other.name, "field")
        if one.spec_name != other.spec_name:
            yield subject.ruled(What.RENAMED, one.spec_name, other.spec_name, "on the wire")
        yield from self._presence(subject, one, other)
        old, new = without_none(one.type), without_none(other.type)
        if not self._both.types.is_same(old, new):
            yield subject.change(What.TYPE, old.annotation, new.annotation, self._typed(old, new))
        yield from facts(subject, one, other, *self._directions)

    def _presence(self, subject: Subject, one: ir.Field, other: ir.Field) -> Iterator[Change]:
        was, now = _presence(one), _presence(other)
        if was != now:
            case = rules.NOW_OPTIONAL if now > was else rules.NOW_REQUIRED
            told = (_PRESENCE[was], _PRESENCE[now])
            yield subject.ruled(What.REQUIRED, *told, *self._cases(case))

    def _typed(self, old: ir.Type, new: ir.Type) -> Verdict:
        types = self._both.types
        looks = {rules.REQUEST: types.in_request, rules.REPLY: types.in_reply}
        return rules.either(*(looks[way](old, new) for way in self._directions))

    def _members(self, old: ir.EnumClass, new: ir.EnumClass) -> Iterator[Change]:
        ones = {member.value: member for member in old.members}
        others = {member.value: member for member in new.members}
        for value, member in ones.items():
            subject = self._subject(Kind.VALUE, member.name, str(value))
            if value not in others:
                yield subject.ruled(What.REMOVED, value, None, *self._cases())
            elif member.name != others[value].name:
                yield subject.ruled(What.RENAMED, member.name, others[value].name)
        for value, member in others.items():
            if value not in ones:
                subject = self._subject(Kind.VALUE, member.name, str(value))
                yield subject.ruled(What.ADDED, None, value)

    def _alternatives(self, old: ir.UnionClass, new: ir.UnionClass) -> Iterator[Change]:
        types = self._both.types
        for one in old.types:
            if not any(types.is_same(one, other) for other in new.types):
                subject = self._subject(Kind.ALTERNATIVE, one.annotation, one.annotation)
                yield subject.ruled(What.REMOVED, one.annotation, None, *self._cases())
        told = ", told by a discriminator" if old.discriminator and new.discriminator else ""
        for other in new.types:
            if not any(types.is_same(one, other) for one in old.types):
                subject = self._subject(Kind.ALTERNATIVE, other.annotation, other.annotation)
                cases = (way + told * (way == rules.REPLY) for way in self._directions)
                yield subject.ruled(What.ADDED, None, other.annotation, *cases)


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


def _needed(field: ir.Field) -> str:
    return rules.REQUIRED if field.required else rules.OPTIONAL


_PRESENCE = ("required", "required, or null", "optional")


def _presence(field: ir.Field) -> int:
    """Return how much a value of the field may be missing: it may not, it may be null, it may."""
    if not field.required:
        return 2
    return int(takes_none(field.type))

"""Types of the two clients, compared: which values the one has that the other has not.

Two questions are asked of them. A type checker asks whether a value of one type may stand where the
other is expected (`is_assignable`). The wire asks whether what one side sends is understood by the
other (`is_understood`), where it is JSON and a date is a string that looks like one, or a part of
a URL, a header or a field of a form, where all is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from operator import is_

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Verdict
from vcgen.comparing.changes.view import OTHERS, View
from vcgen.records import replace

# What is a string in JSON.
_STRINGS = frozenset({"AwareDatetime", "date", "time", "timedelta", "UUID", "bytes", "Decimal"})
# What JSON is decoded to, where nothing else is known.
_JSON = frozenset({"None", "bool", "int", "float", "str"})
# What a type checker, or a reader of JSON, takes for the other.
_ASSIGNABLE = frozenset({("int", "float"), ("bool", "int"), ("bool", "float")})
_UNDERSTOOD = frozenset({("int", "float")})
_GONE = "~"
"""Stands before the name of an old class that has no counterpart: it is none of the new ones."""


class Reader(Enum):
    """Who reads what is sent.

    Attributes:
        CLIENT: A client, which keeps what an enumeration does not list, and ignores properties
            that it does not know.
        LENIENT: A client that also takes numbers for text, and null for an empty list or map.
        SERVER: A server, of which nothing of this is known.
        TEXT: A server that reads a part of a URL, a header, or a field of a form.
        ITEMS: The same, where the items of a list are sent one by one: one value is a list of one.
        PARTS: The same in a form of parts, where bytes are a file.
    """

    CLIENT = auto()
    LENIENT = auto()
    SERVER = auto()
    TEXT = auto()
    ITEMS = auto()
    PARTS = auto()


_CLIENTS = frozenset({Reader.CLIENT, Reader.LENIENT})
_REPEATED = frozenset({Reader.ITEMS, Reader.PARTS})
_READERS_OF_TEXT = frozenset({Reader.TEXT, Reader.LENIENT, *_REPEATED})


class Types:
    """The types of an old and a new client, in the terms of the new one."""

    def __init__(self, old: View, new: View, classes: Mapping[str, str]) -> None:
        self._old = old
        self._new = new
        self._classes = classes
        self._open: list[tuple[ir.Type, ir.Type]] = []

    def translated(self, type_: ir.Type) -> ir.Type:
        """Return a type of the old client in the terms of the new one."""
        arguments = tuple(map(self.translated, type_.arguments))
        name = type_.name
        if type_.kind is ir.TypeKind.CLASS and name in self._old.classes:
            name = self._classes.get(name, f"{_GONE}{name}")
        if (name, arguments, type_.prefix) == (type_.name, type_.arguments, ""):
            return type_
        return replace(type_, arguments=arguments, name=name, prefix="")

    def is_same(self, old: ir.Type, new: ir.Type) -> bool:
        """Tell whether two types are the same but for the names of classes."""
        return _plain(self.translated(old)) == _plain(new)

    def given(self, old: ir.Type, new: ir.Type) -> tuple[ir.Type, ir.Type]:
        """Return two types as callers give them: some enumerations take any value."""
        return self._old.given(old), self._new.given(new)

    def in_request(self, old: ir.Type, new: ir.Type, reader: Reader = Reader.SERVER) -> Verdict:
        """Return whom it breaks that what is sent has another type."""
        old, new = self.given(old, new)
        sent = self.translated(old)
        wire = not self.is_understood(sent, new, reader)
        callers = not self.is_assignable(sent, new)
        why = "the server may reject values that the old client sends"
        return _told(wire, callers, why, "callers pass the old type")

    def in_reply(self, old: ir.Type, new: ir.Type) -> Verdict:
        """Return whom it breaks that what is answered has another type."""
        return rules.either(self.for_client(old, new), self.for_callers(old, new))

    def in_part_of_reply(self, old: ir.Type, new: ir.Type) -> Verdict:
        """Return whom it breaks that a part of what is answered has another type."""
        found = self.in_reply(old, new)
        return replace(found, is_forgiven=found.wire)

    def for_client(self, old: ir.Type, new: ir.Type) -> Verdict:
        """Return whether it breaks the old client that it is answered with another type."""
        expected = self.translated(old)
        wire = not self.is_understood(new, expected, Reader.CLIENT)
        found = _told(wire, False, "the old client may not be able to read the response", "")
        return replace(
            found, is_forgiven=wire and self.is_understood(new, expected, Reader.LENIENT)
        )

    def for_callers(self, old: ir.Type, new: ir.Type) -> Verdict:
        """Return whether it breaks callers that they are given another type."""
        # Where there was nothing, nobody expects anything.
        callers = old != ir.NONE and not self.is_assignable(new, self.translated(old))
        if not callers and not self._is_read_alike(old, new):
            return _told(
                False, True, "", "your code may read it as decoded JSON, which it is not now"
            )
        return _told(False, callers, "", "callers expect the old type")

    def _is_read_alike(self, old: ir.Type, new: ir.Type) -> bool:
        """Tell whether what had any type, and so was decoded JSON, is that as before."""
        if old == ir.ANY:
            return all(map(self._is_json, self._alternatives(new)))
        if old.arguments and old.kind is new.kind and len(old.arguments) == len(new.arguments):
            return all(map(self._is_read_alike, old.arguments, new.arguments))
        return True

    def _is_json(self, type_: ir.Type) -> bool:
        """Tell whether the values of a type are what JSON is decoded to."""
        if type_.arguments:
            return all(map(self._is_json, self._alternatives(type_.arguments[0])))
        return type_.name in _JSON or type_ == ir.ANY or self._plain_base(type_) != ""

    def is_assignable(self, value: ir.Type, target: ir.Type) -> bool:
        """Tell whether a type checker takes a value of one type where the other is expected."""
        if ir.ANY in (value, target) or _plain(value) == _plain(target):
            return True
        parts, targets = self._alternatives(value), self._alternatives(target)
        if len(parts) > 1 or parts != (value,):
            return all(self.is_assignable(part, target) for part in parts)
        if len(targets) > 1 or targets != (target,):
            return any(self.is_assignable(value, part) for part in targets)
        if value.kind is not target.kind:
            base = self._plain_base(value)
            return base != "" and (base == target.name or (base, target.name) in _ASSIGNABLE)
        if value.arguments and target.arguments:  # whoever has a list or map may change it
            inner, other = value.arguments[0], target.arguments[0]
            is_unchanged = target.name in ir.UNCHANGED.values()
            is_taken = is_unchanged or self.is_assignable(other, inner)
            return is_taken and self.is_assignable(inner, other)
        if value.kind is ir.TypeKind.CLASS:
            return target.name in self._lineage(value.name)
        return (value.name, target.name) in _ASSIGNABLE

    def is_understood(self, sent: ir.Type, expected: ir.Type, reader: Reader) -> bool:
        """Tell whether every value that one side sends is one that the other expects."""
        if expected == ir.ANY or _plain(sent) == _plain(expected):
            return True
        parts, targets = self._alternatives(sent), self._alternatives(expected)
        if len(parts) > 1 or parts != (sent,):
            return all(self.is_understood(part, expected, reader) for part in parts)
        if len(targets) > 1 or targets != (expected,):
            if reader is Reader.SERVER and (union := self._told_by_a_tag(expected)):
                # What the old client sends in the tag is not known, if that can be several values.
                meant = self._meant(sent, union)
                return any(self.is_understood(sent, part, reader) for part in meant)
            return any(self.is_understood(sent, part, reader) for part in targets)
        if reader is Reader.LENIENT and sent == ir.NONE and expected.arguments:
            return True
        if sent.kind is expected.kind and sent.arguments and expected.arguments:
            return self.is_understood(sent.arguments[0], expected.arguments[0], reader)
        if reader in _REPEATED and expected.kind is ir.TypeKind.LIST and not sent.arguments:
            return self.is_understood(sent, expected.arguments[0], reader)
        if self._is_object(sent) and self._is_object(expected):
            return expected == ir.ANY_MAP or self._is_shape_understood(sent, expected, reader)
        return self._is_scalar_understood(sent, expected, reader)

    def _is_shape_understood(self, sent: ir.Type, expected: ir.Type, reader: Reader) -> bool:
        """Tell whether an object has what another must have, and nothing of another type."""
        if (sent, expected) in self._open:
            return True
        mine, theirs = self._fields(sent), self._fields(expected)
        if mine and expected.arguments and reader is Reader.SERVER:
            return self._is_map_of(mine, expected.arguments[0])
        if mine is None or theirs is None:
            return False
        is_known = reader in _CLIENTS or mine.keys() - self._unasked(sent) <= theirs.keys()
        with self._within(sent, expected):
            return is_known and all(
                self._is_field_understood(mine.get(name), field, reader)
                for name, field in theirs.items()
            )

    def _unasked(self, type_: ir.Type) -> frozenset[str]:
        """Return what an object holds that no document declares: it came, and is sent back."""
        node = self._definition(type_)
        return frozenset({OTHERS} if isinstance(node, ir.Struct) and node.is_kept else ())

    def _is_map_of(self, fields: Mapping[str, ir.Field], values: ir.Type) -> bool:
        """Tell whether the properties that a client sends are all values of a map."""
        types = [sent_type(one) for name, one in fields.items() if name != OTHERS]
        types += [fields[OTHERS].type.arguments[0]] if OTHERS in fields else []
        return all(self.is_understood(one, values, Reader.SERVER) for one in types)

    def _is_field_understood(self, one: ir.Field | None, other: ir.Field, reader: Reader) -> bool:
        if one is None:
            return not other.is_always
        is_there = one.is_always or not other.is_always
        return is_there and self.is_understood(one.type, other.type, reader)

    def _is_scalar_understood(self, sent: ir.Type, expected: ir.Type, reader: Reader) -> bool:
        if reader not in _CLIENTS and (values := self._values(expected)) and self._values(sent):
            # Whatever the classes are called.
            return self._values(sent) <= values
        if reader is Reader.PARTS and "bytes" in (sent.name, expected.name):
            return sent.name == expected.name
        found = self._plain_base(sent) or ("str" if sent.name in _STRINGS else sent.name)
        wanted = (self._plain_base(expected) if reader in _CLIENTS else "") or expected.name
        if reader in _READERS_OF_TEXT and wanted == "str":
            return found in {"bool", "float", "int", "str"}
        return found != "" and (found == wanted or (found, wanted) in _UNDERSTOOD)

    def _alternatives(self, type_: ir.Type) -> tuple[ir.Type, ...]:
        """Return what a type is one of; a union that has a name is what it stands for."""
        node = self._definition(type_)
        if isinstance(node, ir.UnionClass) and not node.is_recursive:
            is_old = type_.name.startswith(_GONE)
            return tuple(map(self.translated, node.types)) if is_old else node.types
        return type_.alternatives

    def _told_by_a_tag(self, type_: ir.Type) -> ir.UnionClass | None:
        node = self._definition(type_)
        return node if isinstance(node, ir.UnionClass) and node.discriminator else None

    def _meant(self, sent: ir.Type, union: ir.UnionClass) -> list[ir.Type]:
        """Return what the tag of an object means, if it has but one value."""
        field = (self._fields(sent) or {}).get(union.discriminator)
        value = field.fixed.value if field and field.fixed else None
        return [one.type for one in union.tags if one.value in (value, json.dumps(value))]

    def _definition(self, type_: ir.Type) -> ir.Definition | None:
        if type_.kind is not ir.TypeKind.CLASS:
            return None
        if type_.name.startswith(_GONE):
            return self._old.classes[type_.name.removeprefix(_GONE)]
        return self._new.classes.get(type_.name)

    def _fields(self, type_: ir.Type) -> dict[str, ir.Field] | None:
        """Return the fields of an object by property, in the terms of the new client."""
        node = self._definition(type_)
        if not isinstance(node, ir.Struct):
            return None
        if not type_.name.startswith(_GONE):
            return self._new.fields(node)
        fields = self._old.fields(node).items()
        return {name: replace(one, type=self.translated(one.type)) for name, one in fields}

    @contextmanager
    def _within(self, *pair: ir.Type) -> Iterator[None]:
        """Note which objects are being compared: one may contain itself."""
        self._open.append((pair[0], pair[1]))
        yield
        self._open.pop()

    def _plain_base(self, type_: ir.Type) -> str:
        """Return the plain type that the members of an enumeration are, "" for anything else."""
        node = self._definition(type_)
        if not isinstance(node, ir.EnumClass):
            return ""
        return "int" if node.is_integer else "str"

    def _values(self, type_: ir.Type) -> frozenset[str | int]:
        """Return the values that an enumeration lists, none for anything else."""
        node = self._definition(type_)
        members = node.members if isinstance(node, ir.EnumClass) else ()
        return frozenset(member.value for member in members)

    def _is_object(self, type_: ir.Type) -> bool:
        return type_.kind is ir.TypeKind.MAP or isinstance(self._definition(type_), ir.Struct)

    def _lineage(self, name: str) -> tuple[str, ...]:
        if name.startswith(_GONE):
            bases = self._old.lineage(name.removeprefix(_GONE))
            return tuple(self._classes.get(base, f"{_GONE}{base}") for base in bases)
        return self._new.lineage(name)


def without_none(type_: ir.Type) -> ir.Type:
    """Return a type as it is where it is not None."""
    if type_.kind is not ir.TypeKind.UNION:
        return type_
    parts = tuple(part for part in type_.arguments if part != ir.NONE)
    return parts[0] if len(parts) == 1 else replace(type_, arguments=parts)


def sent_type(one: ir.Field) -> ir.Type:
    """Return the type of what is sent of a field, where None may stand for nothing."""
    return one.type if one.is_always or one.is_unset else without_none(one.type)


def takes_none(type_: ir.Type) -> bool:
    """Tell whether None is one of the values of a type."""
    return type_ == ir.NONE or ir.NONE in type_.arguments


def _plain(type_: ir.Type) -> ir.Type:
    """Return a type whatever module it is written in, and in whatever order."""
    arguments = tuple(map(_plain, type_.arguments))
    if type_.kind is ir.TypeKind.UNION:
        arguments = tuple(sorted(arguments, key=lambda one: one.annotation))
    if not (type_.prefix or type_.hidden) and all(map(is_, arguments, type_.arguments)):
        return type_
    return replace(type_, arguments=arguments, prefix="", hidden=frozenset())


def _told(wire: bool, callers: bool, on_wire: str, for_callers: str) -> Verdict:
    told = [why for breaks, why in ((wire, on_wire), (callers, for_callers)) if breaks]
    return Verdict(wire, callers, "; ".join(told) or "every value still fits")

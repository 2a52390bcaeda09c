"""Reach: which classes a client sends, which it receives, and by which methods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vcgen import ir
from vcgen.comparing.changes.view import View

_Users = dict[str, dict[str, None]]


class _Step(NamedTuple):
    """The types of the properties of a class that are left out, and the classes it leads to."""

    skipped: list[ir.Type]
    further: list[str]


class Reach:
    """What the operations of a package reach.

    Attributes:
        sent: The methods that send each class.
        answered: The methods whose replies hold each class.
        failing: The methods of whose errors each class is a part.
        unsent: The methods in whose requests each class is only in read-only properties.
        unread: The methods in whose replies each class is only in write-only properties.
    """

    def __init__(self, view: View) -> None:
        self.sent: _Users = {}
        self.answered: _Users = {}
        self.failing: _Users = {}
        self.unsent: _Users = {}
        self.unread: _Users = {}
        self._view = view
        self._subtypes = _subtypes(view)
        self._steps: dict[tuple[str, str], _Step] = {}
        for method in view.methods:
            operation = method.operation
            arguments = [one.type for one in operation.arguments]
            self._reach(self.sent, self.unsent, "read", method.name, arguments)
            self._reach(self.answered, self.unread, "write", method.name, [operation.result])
            bodies = [one.body for one in operation.failures]
            self._reach(self.failing, self.unread, "write", method.name, bodies)
        # The body of an error may be that of any kind.
        errors = view.package.errors
        known = [*errors.bodies, *(body for error in errors.classes for body in error.bodies)]
        self._reach(self.failing, self.unread, "write", "", known)

    def users(self, name: str) -> tuple[str, ...]:
        """Return the methods that send a class or receive it."""
        ways = (self.sent, self.answered, self.failing, self.unsent, self.unread)
        found = (one.get(name, {}) for one in ways)
        return tuple(dict.fromkeys(user for users in found for user in users if user))

    def _reach(
        self, into: _Users, aside: _Users, left_out: str, user: str, types: Iterable[ir.Type]
    ) -> None:
        """Note what types lead to, and what only properties lead to that are left out there."""
        skipped: list[ir.Type] = []
        self._walk(into, user, types, left_out, skipped)
        self._walk(aside, user, skipped, "", [])

    def _walk(
        self,
        into: _Users,
        user: str,
        types: Iterable[ir.Type],
        left_out: str,
        skipped: list[ir.Type],
    ) -> None:
        waiting = [name for type_ in types for name in sorted(type_.classes)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self._view.classes:
                continue
            seen.add(name)
            into.setdefault(name, {})[user] = None
            step = self._step(name, left_out)
            skipped += step.skipped
            waiting += step.further

    def _step(self, name: str, left_out: str) -> _Step:
        """Return where a class leads to, which many operations ask."""
        key = name, left_out
        if key not in self._steps:
            node = self._view.classes[name]
            fields = node.fields if isinstance(node, ir.Struct) else ()
            apart = [one.type for one in fields if left_out and one.access == left_out]
            further = sorted(node.classes if not apart else _kept(node, left_out))
            self._steps[key] = _Step(apart, [*further, *self._subtypes.get(name, ())])
        return self._steps[key]


def _kept(node: ir.Definition, left_out: str) -> frozenset[str]:
    """Return the classes that an object mentions beside properties that are left out."""
    if not isinstance(node, ir.Struct):
        return node.classes
    types = [one.type for one in node.fields if one.access != left_out]
    types += [node.own_others] if node.own_others else []
    return frozenset({node.base}).union(*(type_.classes for type_ in types))


def _subtypes(view: View) -> dict[str, list[str]]:
    """Return the classes that extend each class: a value of it may be one of theirs."""
    found: dict[str, list[str]] = {}
    for node in view.classes.values():
        if isinstance(node, ir.Struct):
            found.setdefault(node.base, []).append(node.name)
    return found

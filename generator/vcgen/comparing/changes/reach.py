"""Reach: which classes a client sends, which it is answered, and by which methods."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen import ir
from vcgen.comparing.changes.view import View


class Reach:
    """What the operations of a package reach.

    Attributes:
        sent: The methods that send each class.
        answered: The methods that are answered with each class.
        failing: The methods of whose errors each class is a part.
    """

    def __init__(self, view: View) -> None:
        self.sent: dict[str, dict[str, None]] = {}
        self.answered: dict[str, dict[str, None]] = {}
        self.failing: dict[str, dict[str, None]] = {}
        self._heirs = _heirs(view)
        for method in view.methods:
            operation = method.operation
            self._reach(view, self.sent, method.name, (one.type for one in operation.arguments))
            self._reach(view, self.answered, method.name, [operation.result])
            bodies = (one.body for one in operation.failures)
            self._reach(view, self.failing, method.name, bodies)
        # The body of an error may be that of any kind.
        errors = view.package.errors
        known = [*errors.bodies, *(body for error in errors.classes for body in error.bodies)]
        self._reach(view, self.failing, "", known)

    def users(self, name: str) -> tuple[str, ...]:
        """Return the methods that send a class or are answered with it."""
        found = (one.get(name, {}) for one in (self.sent, self.answered, self.failing))
        return tuple(dict.fromkeys(user for users in found for user in users if user))

    def _reach(
        self, view: View, into: dict[str, dict[str, None]], user: str, types: Iterable[ir.Type]
    ) -> None:
        waiting = [name for type_ in types for name in sorted(type_.classes)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in view.classes:
                continue
            seen.add(name)
            into.setdefault(name, {})[user] = None
            waiting += sorted(view.classes[name].classes)
            waiting += self._heirs.get(name, ())


def _heirs(view: View) -> dict[str, list[str]]:
    """Return the classes that extend each class: a value of it may be one of theirs."""
    found: dict[str, list[str]] = {}
    for node in view.classes.values():
        if isinstance(node, ir.Struct):
            found.setdefault(node.base, []).append(node.name)
    return found

"""Sides: two documents whose operations are found in one another, and what patterns select."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vcgen import slicing
from vcgen.comparing.changes import address, distinct
from vcgen.dialect import DocumentView
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.opened import Opened
from vcgen.reading.opening import located
from vcgen.records import Record
from vcgen.slicing import OperationKey
from vcgen.text.addresses import address_of
from vcgen.text.nodes import listed


class Side:
    """A document, and its operations by what identifies them over versions.

    Attributes:
        whole: The document.
        keys: The operations, by their addresses.
        schemas: The names of its schemas.
        unusable: The paths whose operations nobody can know, and why.
    """

    def __init__(self, whole: Opened) -> None:
        self.whole = whole
        self.schemas = frozenset(DocumentView(whole.tree).components("schemas"))
        with located(whole):
            keys = slicing.operations(whole.tree)
            broken = slicing.unusable_paths(whole.tree)
        self.unusable = {path: whole.locate(reason) for path, reason in broken.items()}
        self._server = _server(whole.tree)
        places = {key.name: address(key.method, key.path, self._server) for key in keys}
        named = {key.name: key for key in keys}
        self.keys = {place: named[name] for place, name in distinct(places).items()}
        # What has another address is the same by its operationId, or by its path alone.
        self._moved = [self._unique(_identity), self._unique(_own_address)]

    def chosen(self, patterns: Sequence[str]) -> list[str]:
        """Return the addresses of the operations that the patterns select, if they select any."""
        if not patterns:
            return []
        with located(self.whole):
            selected = {*slicing.select(self.whole.tree, patterns, self.unusable)}
        return [place for place, key in self.keys.items() if key in selected]

    def known(self, pattern: str) -> SpecError | None:
        """Return why a pattern selects, or takes out, nothing here; None where it does."""
        try:
            self.chosen([pattern.strip().removeprefix("!")])
        except SpecError as error:
            return error
        return None

    def same(self, place: str, other: Side) -> str:
        """Return the address here of an operation of the other document, "" where it is gone."""
        if place in self.keys:
            return place
        for mine, theirs, by in zip(self._moved, other._moved, _KEYS, strict=True):
            key = by(other.keys[place])
            found = mine.get(key, "") if key in theirs else ""
            if found and found not in other.keys:
                return found
        return ""

    def hides(self, place: str, other: Side) -> Diagnostic | None:
        """Return why nobody can know whether an operation of the other document is here, too."""
        if self.same(place, other):
            return None
        key = other.keys[place]
        for path, reason in self.unusable.items():
            if path == key.path or address(key.method, path, self._server) == place:
                return reason
        return None

    def _unique(self, by: Callable[[OperationKey], object]) -> dict[object, str]:
        """Return the addresses by a key that no other operation has."""
        keys = {place: by(key) for place, key in self.keys.items()}
        count = Counter(keys.values())
        return {key: place for place, key in keys.items() if key and count[key] == 1}


def concern(patterns: Sequence[str], old: Side, new: Side) -> bool:
    """Tell whether any of the patterns selects something in either document."""
    return any(side.known(pattern) is None for pattern in patterns for side in (old, new))


def selected(patterns: Sequence[str], old: Side, new: Side) -> tuple[list[str], list[str]]:
    """Return the addresses of what patterns select in either document, with its counterparts.

    Raises:
        SpecError: A pattern selects nothing in either.
    """
    unknown = [(old.known(pattern), new.known(pattern)) for pattern in patterns]
    if problems := [error for error, also in unknown if error and also]:
        raise SpecError(*(one for error in problems for one in error.diagnostics))
    olds, news = (_places(patterns, side) for side in (old, new))
    kept = {*news.chosen, *(found for place in olds.chosen if (found := new.same(place, old)))}
    was = {*olds.chosen, *(found for place in news.chosen if (found := old.same(place, new)))}
    kept -= {*news.taken_out, *(new.same(place, old) for place in olds.taken_out)}
    was -= {*olds.taken_out, *(old.same(place, new) for place in news.taken_out)}
    if not (was or kept):
        hint = "remove a pattern that begins with !"
        raise SpecError(Diagnostic("the patterns exclude every operation", hint=hint))
    return [p for p in old.keys if p in was], [p for p in new.keys if p in kept]


class _Places(Record):
    """What patterns select in a document, and what they take out."""

    chosen: frozenset[str]
    taken_out: frozenset[str]


def _places(patterns: Sequence[str], side: Side) -> _Places:
    chosen = frozenset(side.chosen(usable(patterns, side)))
    known = [pattern.strip() for pattern in patterns if side.known(pattern) is None]
    named = side.chosen([one.removeprefix("!") for one in known if one.startswith("!")])
    return _Places(chosen, frozenset(named) - chosen)


def usable(patterns: Sequence[str], side: Side) -> list[str]:
    """Return the patterns that select something; none where all that are left take out."""
    found = [pattern for pattern in patterns if side.known(pattern) is None]
    takes_in = any(not pattern.strip().startswith("!") for pattern in patterns)
    is_left = any(not pattern.strip().startswith("!") for pattern in found)
    return found if is_left or not takes_in else []


def _identity(key: OperationKey) -> object:
    return key.operation_id and (key.operation_id, key.tags)


def _own_address(key: OperationKey) -> object:
    return address(key.method, key.path, "")


_KEYS = (_identity, _own_address)


def _server(tree: Mapping[str, Any]) -> str:
    """Return the URL of the first server, "" where there is none."""
    return next(map(address_of, listed(tree.get("servers"))), "")

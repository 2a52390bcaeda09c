"""Matching: which class of the new client is which of the old one.

Classes are the same where they stand at the same places of operations that are the same; so a
vendor may rename every schema of a document, and nothing is lost. What has kept its name is itself
in any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vcgen import ir
from vcgen.comparing.changes.pairing import pair_arguments
from vcgen.comparing.changes.view import Method, View, nature

# The part of their properties or values that two classes share, at least, to be the same one.
_ALIKE = 0.5


def match_classes(
    old: View, new: View, methods: Iterable[tuple[Method, Method]]
) -> Mapping[str, str]:
    """Return the new class for each old one that is still there; no two become one."""
    walk = _Walk(old, new)
    for one, other in methods:
        walk.follow_operations(one, other)
    errors = {error.name: error for error in new.package.errors.classes}
    for error in old.package.errors.classes:
        if error.name in errors:
            walk.follow_types(error.bodies, errors[error.name].bodies)
    walk.run()
    found = _matched(old, new, walk.votes)
    for name, match in _left_alike(old, new, found):
        walk.follow_names(name, match)
    walk.run()
    return _matched(old, new, walk.votes)


def _matched(old: View, new: View, votes: Mapping[tuple[str, str], int]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, match in _candidates(old, new, votes):
        if name not in found and match not in taken:
            found[name] = match
            taken.add(match)
    return found


def _left_alike(old: View, new: View, found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the classes that are left and made of the same, of which no other is on either side."""
    kept = {*found.values()}
    olds = _by_parts(old, (one for one in old.classes if one not in found))
    news = _by_parts(new, (one for one in new.classes if one not in kept))
    for parts, names in olds.items():
        others = news.get(parts, [])
        if len(names) == len(others) == 1:
            yield names[0], others[0]


def _by_parts(view: View, names: Iterable[str]) -> dict[tuple[str, frozenset[object]], list[str]]:
    """Return classes by what they are made of, but for those that are made of nothing."""
    by_parts: dict[tuple[str, frozenset[object]], list[str]] = {}
    for name in names:
        node = view.classes[name]
        if parts := _parts(view, node):
            by_parts.setdefault((nature(node), parts), []).append(name)
    return by_parts


def _candidates(
    old: View, new: View, votes: Mapping[tuple[str, str], int]
) -> Iterable[tuple[str, str]]:
    """Yield the pairs that may be one class, the surest first."""
    by_spec_name = {node.spec_name: node.name for node in new.classes.values()}
    for node in old.classes.values():
        other = by_spec_name.get(node.spec_name)
        if other and _is_alike(old, new, node.name, other, 0):
            yield node.name, other
    for name in old.classes:
        if name in new.classes and _is_alike(old, new, name, name, 0):
            yield name, name
    is_base = [frozenset(body.name for body in view.package.errors.bodies) for view in (old, new)]
    for (one, other), _ in sorted(votes.items(), key=lambda item: -item[1]):
        # The base of all errors does not get the name of one of its kinds.
        if (one in is_base[0]) is (other in is_base[1]) and _is_alike(old, new, one, other, _ALIKE):
            yield one, other


def _is_alike(old: View, new: View, one: str, other: str, least: float) -> bool:
    """Tell whether two classes are of one kind, and share enough of what they are made of."""
    return _likeness(old, new, one, other) >= least


def _likeness(old: View, new: View, one: str, other: str) -> float:
    """Return the part of what they are made of that two classes share; less than 0 for no kinds."""
    first, second = old.classes[one], new.classes[other]
    if nature(first) != nature(second):
        return -1
    parts, others = _parts(old, first), _parts(new, second)
    most = max(len(parts), len(others))
    return len(parts & others) / most if most else 1


def _parts(view: View, node: ir.Definition) -> frozenset[object]:
    if isinstance(node, ir.Struct):
        return frozenset(view.fields(node))
    if isinstance(node, ir.EnumClass):
        return frozenset(member.value for member in node.members)
    return frozenset()


class _Walk:
    """Goes through both clients side by side, and counts which classes stand at the same places."""

    def __init__(self, old: View, new: View) -> None:
        self.votes: Counter[tuple[str, str]] = Counter()
        self._old = old
        self._new = new
        self._waiting: list[tuple[str, str]] = []

    def follow_operations(self, old: Method, new: Method) -> None:
        """Note what stands at the same places of two operations."""
        for one, other in pair_arguments(old, new):
            self._follow(one.type, other.type)
        if old.operation.body and new.operation.body:
            self._follow(old.operation.body.argument.type, new.operation.body.argument.type)
        replies = {answer.status: answer for answer in new.operation.returns}
        for answer in old.operation.returns:
            if answer.status in replies:
                self._follow(answer.type, replies[answer.status].type)
        self._follow(old.operation.result, new.operation.result)
        failures = {failure.status: failure for failure in new.operation.failures}
        for failure in old.operation.failures:
            if failure.status in failures:
                self._follow(failure.body, failures[failure.status].body)

    def follow_names(self, one: str, other: str) -> None:
        """Note that two classes stand at the same place."""
        if one in self._old.classes and other in self._new.classes:
            if not self.votes[one, other]:
                self._waiting.append((one, other))
            self.votes[one, other] += 1

    def run(self) -> None:
        """Note what stands at the same places of the classes that were noted."""
        while self._waiting:
            one, other = self._waiting.pop()
            first, second = self._old.classes[one], self._new.classes[other]
            if isinstance(first, ir.Struct) and isinstance(second, ir.Struct):
                self.follow_names(first.base, second.base)
                fields = self._new.fields(second)
                for name, field in self._old.fields(first).items():
                    if name in fields:
                        self._follow(field.type, fields[name].type)
            elif isinstance(first, ir.UnionClass) and isinstance(second, ir.UnionClass):
                tagged = {tag.value: tag.type for tag in second.tags}
                for tag in first.tags:
                    if tag.value in tagged:
                        self._follow(tag.type, tagged[tag.value])
                self.follow_types(first.types, second.types)

    def _follow(self, one: ir.Type, other: ir.Type) -> None:
        self.follow_types(one.alternatives, other.alternatives)

    def follow_types(self, ones: Sequence[ir.Type], others: Sequence[ir.Type]) -> None:
        """Note the alternatives that go together: by name, by what they are, or as the last two."""
        left = list(others)
        unnamed: list[ir.Type] = []
        for one in ones:
            same = next((other for other in left if _key(other) == _key(one)), None)
            if same is None:
                unnamed.append(one)
                continue
            left.remove(same)
            self._follow_one(one, same)
        for one, other in self._nearest(unnamed, left):
            unnamed.remove(one)
            left.remove(other)
            self._follow_one(one, other)
        for one in unnamed:
            alike = [other for other in left if other.kind is one.kind]
            if len(alike) == 1:
                self._follow_one(one, alike[0])

    def _nearest(
        self, ones: Sequence[ir.Type], others: Sequence[ir.Type]
    ) -> list[tuple[ir.Type, ir.Type]]:
        """Return the classes that are most alike, of equals those that stand in the same order."""
        olds, news = self._old.classes, self._new.classes
        pairs = [
            (-_likeness(self._old, self._new, one.name, other.name), abs(at - place), at, place)
            for at, one in enumerate(ones)
            for place, other in enumerate(others)
            if one.name in olds and other.name in news
        ]
        found: dict[int, int] = {}
        taken: set[int] = set()
        for unlikeness, _, at, place in sorted(pairs):
            if -unlikeness >= _ALIKE and at not in found and place not in taken:
                found[at] = place
                taken.add(place)
        return [(ones[at], others[place]) for at, place in found.items()]

    def _follow_one(self, one: ir.Type, other: ir.Type) -> None:
        if one.kind is ir.TypeKind.CLASS:
            self.follow_names(one.name, other.name)
        for inner, other_inner in zip(one.arguments, other.arguments, strict=False):
            self._follow(inner, other_inner)


def _key(type_: ir.Type) -> tuple[ir.TypeKind, str]:
    return type_.kind, type_.name

"""What changed of the methods that several calls stand behind: waiters, iterators, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vcgen import ir
from vcgen.comparing.changes.change import Change, Kind, What
from vcgen.comparing.changes.comparison import Comparison, Subject
from vcgen.comparing.changes.view import View, shown
from vcgen.records import Record

_WAYS = {
    "ByCursor": "by a cursor",
    "ByLink": "by the header Link",
    "ByNumber": "by the number of the page",
    "ByOffset": "by the number of items before",
    "ByUrl": "by a URL",
}


class _Derived(Record):
    """A method that is made of an operation.

    Attributes:
        place: What callers call it: `vm.wait_until_finished`.
        key: The operation.
        function: What describes its call.
        type: What callers get of it: the value that is waited for, an item, a result.
        facts: How it goes about it, for people.
    """

    kind: Kind
    place: str
    key: str
    function: str
    type: ir.Type
    facts: str

    @property
    def subject(self) -> Subject:
        """What a change of it is about."""
        return Subject(self.kind, self.place, "", self.key)


def derived_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of the methods that are made of operations."""
    functions = {one.operation.function: other.operation.function for one, other in both.methods}
    ones, others = _all(both.old), _all(both.new)
    by_operation: dict[tuple[Kind, str], list[_Derived]] = {}
    for other in others:
        by_operation.setdefault((other.kind, other.function), []).append(other)
    kept: set[str] = set()
    for one in ones:
        if one.function not in functions and one.kind is Kind.TASK:
            continue  # with its operation, which is told already
        found = by_operation.get((one.kind, functions.get(one.function, "")), [])
        same = _same(one, found, len([each for each in ones if each.function == one.function]))
        if same is None:
            yield one.subject.ruled(What.REMOVED, one.facts, None)
        else:
            kept.add(same.place)
            yield from _changes(both, one, same)
    new = {operation: old for old, operation in functions.items()}
    for other in others:
        if other.place not in kept and not (other.kind is Kind.TASK and other.function not in new):
            yield other.subject.ruled(What.ADDED, None, other.facts)


def _same(one: _Derived, found: Iterable[_Derived], count: int) -> _Derived | None:
    """Return the one of the new client that takes the place of an old one."""
    others = list(found)
    method = one.place.rpartition(".")[2]
    for other in others:
        if other.place.rpartition(".")[2] == method:
            return other
    return others[0] if len(others) == count == 1 else None


def _changes(both: Comparison, one: _Derived, other: _Derived) -> Iterator[Change]:
    if one.place != other.place and one.kind is not Kind.TASK:
        yield one.subject.ruled(What.RENAMED, one.place, other.place)
    if not both.types.is_same(one.type, other.type):
        verdict = both.types.for_callers(one.type, other.type)
        yield one.subject.change(What.TYPE, shown(one.type), shown(other.type), verdict)
    if one.facts != other.facts:
        yield one.subject.ruled(What.FORMAT, one.facts, other.facts)


def _all(view: View) -> list[_Derived]:
    return [each for one in view.package.resources for each in _of(one)]


def _of(resource: ir.Resource) -> Iterator[_Derived]:
    for waiter in resource.waiters:
        told = (waiter.name, waiter.operation, waiter.result, _ends(waiter))
        yield _derived(Kind.WAITER, resource, *told)
    for pages in resource.pages:
        told = (pages.name, pages.operation, pages.item, _turned(pages))
        yield _derived(Kind.ITERATOR, resource, *told)
    for task in resource.tasks:
        facts = "by its identifier" if task.get else "by its URL"
        told = (task.name, task.operation, task.result.type, facts)
        yield _derived(Kind.TASK, resource, *told)


def _derived(
    kind: Kind,
    resource: ir.Resource,
    name: str,
    operation: ir.Operation,
    type_: ir.Type,
    facts: str,
) -> _Derived:
    place = f"{resource.attribute}.{name}"
    return _Derived(kind, place, operation.key, operation.function, type_, facts)


def _ends(waiter: ir.Waiter) -> str:
    """Return what ends a wait."""
    told: Mapping[str, tuple[ir.Match, ...]] = {
        "until": waiter.success,
        "fails if": waiter.failure,
        "goes on if": waiter.retry,
    }
    parts = (
        f"{word} {', or '.join(one.told for one in matches)}"
        for word, matches in told.items()
        if matches
    )
    return "; ".join(parts).replace("`", "")


def _turned(pages: ir.Pages) -> str:
    """Return what leads from one page to the next, and where the items are."""
    facts = (f"{one.name} {_plain(one.value)}" for one in pages.facts)
    items = [f"items {_plain(pages.items)}"] if pages.items else []
    return ", ".join([_WAYS[pages.turn], *facts, *items])


def _plain(value: object) -> str:
    return ".".join(map(str, value)) if isinstance(value, tuple) else str(value)

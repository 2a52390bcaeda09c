"""Comparing: two documents become a report of what changed for the operations of a client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vcgen import ir, pipeline, slicing
from vcgen.comparing import changes
from vcgen.comparing.changes import Change, Comparison, address, distinct
from vcgen.comparing.fingerprints import fingerprints
from vcgen.config import ClientConfig
from vcgen.dialect import DocumentView
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.opened import Opened
from vcgen.reading.opening import located
from vcgen.slicing import OperationKey


@dataclass(frozen=True)
class Others:
    """How many operations that nobody asked for are different."""

    changed: int
    added: int
    removed: int


@dataclass(frozen=True)
class Name:
    """A name that callers use, of something that the new document would give another.

    Attributes:
        table: The table of the configuration that can keep it, as `Renames` has them.
        spec_name: What it is in the new document, and so the key in the table.
        kept: The name that callers use.
        afresh: The name that it would have without the entry.
    """

    table: str
    spec_name: str
    kept: str
    afresh: str


@dataclass(frozen=True)
class Uncompared:
    """An operation that cannot be compared, because a client of it cannot be generated.

    Attributes:
        operation: Its name.
        side: The document in which that is so: `old` or `new`.
        problems: Why.
    """

    operation: str
    side: str
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Report:
    """What changed for the operations of a client.

    Attributes:
        old: What the old client is generated from.
        new: What the new one is generated from, or None where no operation is left.
        comparison: The two clients side by side.
        changes: What is different.
        others: What is different elsewhere in the documents.
        kept: The names of the old client that the configuration keeps in an update.
        uncompared: What was asked for and cannot be compared.
    """

    old: pipeline.Selection | None
    new: pipeline.Selection | None
    comparison: Comparison
    changes: tuple[Change, ...]
    others: Others
    kept: tuple[Name, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()

    @property
    def documents(self) -> tuple[dict[str, str] | None, dict[str, str] | None]:
        """Title and version of the old document and of the new one, where each has operations."""
        return _described(self.old), _described(self.new)

    @property
    def of_lenient(self) -> Report:
        """The report for an old client that reads leniently."""
        found = tuple(replace(one, verdict=one.verdict.of_lenient) for one in self.changes)
        return replace(self, changes=found)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that break the wire or callers."""
        return tuple(one for one in self.changes if one.verdict.is_breaking)


def _described(source: pipeline.Selection | None) -> dict[str, str] | None:
    if source is None:
        return None
    info = source.slice.tree["info"]
    return {"title": str(info.get("title", "")), "version": str(info.get("version", ""))}


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


def compare(client: ClientConfig, old: Opened, new: Opened) -> Report:
    """Return what changed for the operations of a client.

    Raises:
        SpecError: A pattern selects nothing in either document, or what is selected cannot be
            generated.
    """
    one, other = Side(old), Side(new)
    return compare_selected(client, one, other, *selected(client.operations, one, other))


def compare_selected(
    client: ClientConfig,
    one: Side,
    other: Side,
    olds: Sequence[str],
    news: Sequence[str],
    *,
    keeps_new: bool = False,
) -> Report:
    """Return what changed from some operations of a document to some of another.

    Args:
        client: What the packages have in common.
        one: The old document.
        other: The new document.
        olds: The operations of the old one, by address.
        news: Those of the new one.
        keeps_new: Whether what the old document cannot tell stays in the new package.

    Raises:
        SpecError: What is selected cannot be generated.
    """
    # What is wrong with the old document is no longer anybody's concern.
    lenient = client._replace(strict=False, opaque=opaque(client, one, other))
    client = fitted(client, news)._replace(opaque=opaque(client, other, one))
    hidden = [*_hidden(news, other, one, "old"), *_hidden(olds, one, other, "new")]
    unknown = {place for place, _ in hidden}
    olds = [place for place in olds if place not in unknown]
    news = [place for place in news if place not in unknown or keeps_new]
    before, lost = _source(lenient, one, olds)
    # What the one side cannot tell is left out of the other; whether that can, is looked at alone.
    olds = _left(olds, lost, {}, one, other)
    kept = list(news) if keeps_new else _left(news, {}, lost, other, one)
    after, failed = _source(client, other, kept)
    failed |= _source(client, other, [*{*news} - {*kept}])[1]
    news, fewer = _left(kept, failed, {}, other, one), _left(olds, {}, failed, one, other)
    if fewer != olds:
        olds, before = fewer, _source(lenient, one, fewer)[0]
    told = (*_told(lost, one, "old"), *_told(failed, other, "new"))
    uncompared = (*(found for _, found in hidden), *told)
    packages = [pipeline.build(source) for source in (before, after) if source]
    if not packages:
        raise SpecError(*dict.fromkeys(each for gap in uncompared for each in gap.problems))
    first = packages[0] if before else _emptied(packages[0])
    second = packages[-1] if after else _emptied(packages[-1])
    comparison = Comparison(first, second)
    others = _others(one, other, {*olds, *news, *lost, *failed, *unknown})
    found = changes.compare(comparison)
    return Report(before, after, comparison, found, others, uncompared=uncompared)


def fitted(client: ClientConfig, addresses: Sequence[str]) -> ClientConfig:
    """Return a client without its base path where not every address begins with it any more."""
    base = client.base_path or ""
    begins = (place.partition(" ")[2].startswith(f"{base}/") for place in addresses)
    return client if all(begins) else client._replace(base_path=None)


def opaque(client: ClientConfig, side: Side, beside: Side) -> tuple[str, ...]:
    """Return the opaque schemas of a client, but for those that only the other document has."""
    return tuple(one for one in client.opaque if one in side.schemas or one not in beside.schemas)


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


@dataclass(frozen=True)
class _Places:
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


_Refused = dict[str, tuple[Diagnostic, ...]]


def _source(
    client: ClientConfig, side: Side, places: Iterable[str]
) -> tuple[pipeline.Selection | None, _Refused]:
    """Return what can be generated of some operations, and by address why the others cannot."""
    names = {side.keys[place].name: place for place in places}
    if not names:
        return None, {}
    # Whoever is strict wants no report of a part.
    wanted = client._replace(operations=tuple(names), keep_going=not client.strict)
    try:
        source = pipeline.cut(wanted, side.whole)
    except SpecError as error:
        concerned = {name for one in error.diagnostics for name in one.operations}
        if client.strict or not concerned >= names.keys():
            raise
        problems = error.diagnostics
        return None, {
            place: tuple(one for one in problems if name in one.operations)
            for name, place in names.items()
        }
    return source, {names[one.operation]: one.problems for one in source.refused}


def _left(
    places: Sequence[str], own: _Refused, others: _Refused, side: Side, other: Side
) -> list[str]:
    """Return the operations of a side that both sides can tell."""
    gone = {*own, *(side.same(place, other) for place in others)}
    return [place for place in places if place not in gone]


def _told(refused: _Refused, side: Side, which: str) -> Iterator[Uncompared]:
    for place, problems in refused.items():
        yield Uncompared(side.keys[place].name, which, problems)


def _hidden(
    places: Iterable[str], side: Side, other: Side, which: str
) -> Iterator[tuple[str, Uncompared]]:
    """Yield the operations of a side of which nobody knows whether the other document has them."""
    for place in places:
        if reason := other.hides(place, side):
            yield place, Uncompared(side.keys[place].name, which, (reason,))


def _emptied(package: ir.Package) -> ir.Package:
    """Return a package without operations, to compare with where none is left."""
    return replace(package, model_modules=(), operation_modules=())


def _others(old: Side, new: Side, chosen: set[str]) -> Others:
    ones = {place: key for place, key in old.keys.items() if place not in chosen}
    if not ones:
        # A slice, such as `update` leaves behind, says nothing of what there was elsewhere.
        return Others(0, 0, 0)
    others = {place: key for place, key in new.keys.items() if place not in chosen}
    both = [
        (key, others[found])
        for place, key in ones.items()
        if (found := new.same(place, old)) in others
    ]
    before, after = fingerprints(
        (old.whole.tree, [one for one, _ in both]),
        (new.whole.tree, [other for _, other in both]),
    )
    changed = sum(before[one] != after[other] for one, other in both)
    return Others(changed, len(others) - len(both), len(ones) - len(both))


def _identity(key: OperationKey) -> object:
    return key.operation_id and (key.operation_id, key.tags)


def _own_address(key: OperationKey) -> object:
    return address(key.method, key.path, "")


_KEYS = (_identity, _own_address)


def _server(tree: Mapping[str, Any]) -> str:
    """Return the URL of the first server, with its variables as the document has them."""
    servers = tree.get("servers")
    first = servers[0] if isinstance(servers, list) and servers else {}
    if not isinstance(first, Mapping):
        return ""
    url = str(first.get("url", ""))
    variables = first.get("variables")
    for name, variable in (variables if isinstance(variables, Mapping) else {}).items():
        if name != "host" and isinstance(variable, Mapping):
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url

"""Comparing: two documents become a report of what changed for the operations of a client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcgen import ir, pipeline
from vcgen.comparing import changes
from vcgen.comparing.changes import Comparison
from vcgen.comparing.declarations import fitting, translated
from vcgen.comparing.fingerprints import fingerprints
from vcgen.comparing.report import Others, Report, Uncompared
from vcgen.comparing.sides import Side, selected
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.opened import Opened
from vcgen.records import replace


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
    lenient = translated(client._replace(strict=False), one, other)
    client = translated(fitted(client, news), other, one)
    hidden = [*_hidden(news, other, one, "old"), *_hidden(olds, one, other, "new")]
    unknown = {place for place, _ in hidden}
    olds = [place for place in olds if place not in unknown]
    news = [place for place in news if place not in unknown or keeps_new]
    try:
        before, lost = _source(lenient, one, olds)
    except SpecError:
        lenient = fitting(lenient, lambda each: _source(each, one, olds))
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

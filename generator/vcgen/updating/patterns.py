"""What survives an update of what a client names: patterns of operations, and opaque schemas.

A pattern that selects nothing any more is written as the new document has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vcgen.comparing.declarations import opaque
from vcgen.comparing.sides import Side, usable
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, SpecError


def carried(
    patterns: Sequence[str], old: Side, new: Side
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return patterns that select in the new document what the given ones select in the old one.

    A pattern that still selects something stays as it is: it may well mean more than before. What
    patterns name and the new document does not have is returned beside them, as problems.

    Raises:
        SpecError: None of the operations is left.
    """
    found: dict[str, None] = {}
    gone: dict[str, None] = {}
    for pattern in patterns:
        sign, named = _parts(pattern)
        if new.known(named) is None:
            found[pattern] = None
            continue
        places = [] if old.known(named) else old.chosen([named])
        kept = [place for one in places if (place := new.same(one, old))]
        found.update(dict.fromkeys(f"{sign}{new.keys[place].name}" for place in kept))
        if not sign and "*" not in named:
            gone.update(dict.fromkeys(old.keys[p].name for p in places if not new.same(p, old)))
            gone.update(dict.fromkeys([] if places else [named]))
    if all(_parts(pattern)[0] for pattern in found) and not all(_parts(p)[0] for p in patterns):
        hint = "choose other `operations` in the configuration, then update again"
        problem = Diagnostic("no operation is left", hint=hint, file=new.whole.name)
        raise SpecError(*(_lost(name, new) for name in gone), problem)
    problems = tuple(_lost(name, new) for name in gone)
    return tuple(_completed(list(found), patterns, old, new)), problems


def schemas_kept(
    client: ClientConfig, old: Side, new: Side
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the opaque schemas that a client has from now on, and those that are gone."""
    kept = opaque(client, new, old)
    hint = "if it has another name now, add that to `opaque`; then update with --drop"
    return kept, tuple(
        Diagnostic(f'the schema "{one}" is not in the new document', hint=hint, file=new.whole.name)
        for one in client.opaque
        if one not in kept
    )


def _completed(found: list[str], patterns: Sequence[str], old: Side, new: Side) -> Iterator[str]:
    """Yield the patterns, and the operations that they select no longer though they are there."""
    yield from found
    before = old.chosen(usable(patterns, old))
    after = new.chosen(found)
    for place in before:
        there = new.same(place, old)
        if there and there not in after:
            yield new.keys[there].name


def _parts(pattern: str) -> tuple[str, str]:
    """Return the sign of a pattern that takes out, or "", and what it names."""
    bare = pattern.strip()
    return ("!", bare[1:].strip()) if bare.startswith("!") else ("", bare)


def _lost(name: str, new: Side) -> Diagnostic:
    return Diagnostic(
        f'the operation "{name}" is not in the new document',
        hint="remove it from `operations` in the configuration, or update with --drop",
        file=new.whole.name,
    )

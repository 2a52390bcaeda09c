"""Clashes: of the things in one class or one operation that want one name, who gets it.

Nothing outside can move the outcome, and something new moves as little as can be: a plain name goes
to the thing whose own spelling is nearest to it, and the others say more of how they are spelt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

from vcgen.records import Record


class Claim(Record):
    """What wants a name.

    Attributes:
        spec_name: What it is called in the document.
        names: The names that it may have, the best first.
        is_fixed: Whether it has the first of them whatever the others want.
    """

    spec_name: str
    names: tuple[str, ...]
    is_fixed: bool = False


def settle(claims: Sequence[Claim], taken: Collection[str] = ()) -> list[str]:
    """Return a name for each claim.

    Each has one that no other has, but where the fixed ones clash among themselves, or all that a
    claim may have is taken: then it has its first.

    Args:
        claims: What wants a name, in the order of the document.
        taken: The names that none of them can have.
    """
    wanted = [claim.names[0] for claim in claims]
    if len({*wanted, *taken}) == len(wanted) + len(taken):
        return wanted  # as nearly all do: each has its best name
    used = {*taken, *(claim.names[0] for claim in claims if claim.is_fixed)}
    names = {index: claim.names[0] for index, claim in enumerate(claims) if claim.is_fixed}
    order = [index for index in _order(claims) if index not in names]
    # Whoever is first has its best name, and takes none that somebody has for the asking.
    for index in order:
        if (plain := claims[index].names[0]) not in used:
            used.add(plain)
            names[index] = plain
    for index in order:
        if index not in names:
            free = (name for name in claims[index].names if name not in used)
            names[index] = next(free, claims[index].names[0])
            used.add(names[index])
    return [names[index] for index in range(len(claims))]


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with those first that need the least change for their best names."""
    return [claims[index] for index in _order(claims)]


def _order(claims: Sequence[Claim]) -> list[int]:
    return sorted(range(len(claims)), key=lambda index: (_change(claims[index]), index))


def _change(claim: Claim) -> int:
    """Return how much of a name is not as the document has it."""
    name, spec_name = claim.names[0], claim.spec_name
    if name == spec_name:
        return 0
    capitals = sum(character.isupper() for character in spec_name)
    others = sum(not character.isalnum() for character in spec_name)
    return 1 + abs(len(name) - len(spec_name)) + capitals + others


def number_of(spelling: str) -> str:
    """Return four hexadecimal digits made of a spelling, which tell it from others."""
    return f"{crc32(spelling.encode(errors='surrogatepass')) & 0xFFFF:04x}"

"""The order of names: that of import sorters, for whom `model2` comes before `model10`."""

from __future__ import annotations

import re


def natural(name: str) -> list[tuple[int, str]]:
    """Return a key to sort a name by, in which numbers count as numbers.

    One that begins with a zero counts as the decimals of a fraction, before all others.
    """
    return [_rank(part) for part in re.findall(r"[0-9]+|[^0-9]+", name)]


def _rank(part: str) -> tuple[int, str]:
    if not "0" <= part[0] <= "9":
        return -1, part
    return (0, part) if part[0] == "0" else (int(part), "")

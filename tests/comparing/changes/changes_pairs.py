"""Print pairs of documents, the second changed at random, a line of JSON each.

Among what hypothesis draws are the constants of the project's own modules, as many as are imported.
As a program of its own this imports nothing else: the same pairs come whatever ran before, and a
number that is written into the generator does not change them; but PYTHONHASHSEED does.
"""

from __future__ import annotations

import json
import sys

from changes_mutations import Mutation, mutations
from hypothesis import HealthCheck, Phase, given, settings


def show(count: int) -> None:
    """Print so many pairs."""

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(mutation=mutations())
    def one(mutation: Mutation) -> None:
        print(json.dumps(mutation))

    one()


if __name__ == "__main__":
    show(int(sys.argv[1]))

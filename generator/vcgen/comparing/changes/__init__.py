"""Changes: two clients become a list of what is different, and whom it breaks.

Both are given as the intermediate representation, in which every name is final; so a change is told
in the words of Python, and a document that only writes the same thing in another way has none.
"""

from __future__ import annotations

from vcgen.comparing.changes.change import Change, Kind, Verdict, What
from vcgen.comparing.changes.classes import class_changes
from vcgen.comparing.changes.clients import client_changes
from vcgen.comparing.changes.comparison import Comparison
from vcgen.comparing.changes.derived import derived_changes
from vcgen.comparing.changes.exceptions import exception_changes
from vcgen.comparing.changes.operations import operation_changes
from vcgen.comparing.changes.rules import RULES, Rule
from vcgen.comparing.changes.view import address, distinct

__all__ = [
    "RULES",
    "Change",
    "Comparison",
    "Kind",
    "Rule",
    "Verdict",
    "What",
    "address",
    "compare",
    "distinct",
]


def compare(both: Comparison) -> tuple[Change, ...]:
    """Return what changed between two clients: the operations first, then what they use."""
    return (
        *operation_changes(both),
        *derived_changes(both),
        *class_changes(both),
        *exception_changes(both),
        *client_changes(both),
    )

"""What is described on the spot in the responses, bodies and parameters of the components.

The responses `ListJobs` and `ListJobsResponse` both hold a `ListJobsResponse`: the class is that of
the one whose name needs no change, and the other makes way, with all that is inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.records import State, field
from vcgen.settling.inside import inside_component
from vcgen.text import naming
from vcgen.text.clashes import Claim, in_order
from vcgen.text.holders import HOLDERS, spec_name_of


class Before(State):
    """What a component makes way for.

    Attributes:
        claimed: The schemas inside those that come before it, by their classes.
        taken: The classes that these may have in place of their own.
    """

    claimed: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    taken: set[str] = field(default_factory=set[str])


def before(view: DocumentView, class_of: Callable[[str], str]) -> Mapping[str, Before]:
    """Return what the components make way for, by their spec names."""
    groups: dict[str, dict[str, tuple[str, str]]] = {}
    for section in HOLDERS:
        for name in view.components(section):
            spec_name = spec_name_of(section, name)
            groups.setdefault(class_of(spec_name), {})[spec_name] = section, name
    found: dict[str, Before] = {}
    for own, group in groups.items():
        ordered = in_order([Claim(spec_name, (own,)) for spec_name in group])
        for rank, claim in enumerate(ordered[1:], start=1):
            one = found[claim.spec_name] = Before()
            for earlier in ordered[:rank]:
                section, name = group[earlier.spec_name]
                for inside in inside_component(section, name, view.components(section)[name]):
                    class_ = class_of(inside.spec_name)
                    one.claimed.setdefault(class_, []).append(inside.node)
                    one.taken.update(islice(naming.classes_inside(class_), rank - 1))
    return found

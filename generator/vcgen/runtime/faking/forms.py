"""Reading of forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vcgen.runtime.faking.reading import (
    Readings,
    by_name,
    fitting,
    object_of,
    of_pairs,
    properties_of,
    without_none,
)
from vcgen.runtime.faking.requests import Pair, Sent, pairs_in


def form_in(carrier: Any, type_: Any, sent: Sent) -> Any:
    """Return the object of a form in URL encoding, or raise ValueError."""
    pairs = pairs_in(sent.content.decode("ascii"), "&")
    styles: Mapping[str, Any] = getattr(carrier, "styles", {})
    known, others = properties_of(type_)
    found: dict[str, Any] = {}
    for name, kind in known.items():
        readings = list(field_of(pairs, name, kind, styles.get(name), known))
        if readings:
            found[name] = fitting(without_none(kind), readings)[0]
    if others is not None:
        rest = [pair for pair in pairs if pair[0].partition("[")[0] not in known]
        found |= object_of(by_name(rest), ({}, others))
    return fitting(without_none(type_), [found])[1]


def field_of(
    pairs: Sequence[Pair],
    name: str,
    type_: Any,
    style: Any,
    known: Mapping[str, Any],
) -> Readings:
    """Yield what a field of a form may stand for: nothing if it was not sent."""
    if style is None:
        return of_pairs(pairs, name, type_, ("form", True), None)
    own = (style.name, style.explode)
    return of_pairs(pairs, name, type_, own, frozenset(known) - {name})

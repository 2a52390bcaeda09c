"""Facts of parameters and fields that types do not show: defaults and constraints."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ir
from generator.changes import rules
from generator.changes.change import Change, What
from generator.changes.comparison import Subject, notes

_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_OTHERWISE = "otherwise"

_Valued = ir.Parameter | ir.Field


def facts(subject: Subject, old: _Valued, new: _Valued, *directions: str) -> Iterator[Change]:
    """Yield what changed of a parameter or field beside its name, type and place."""
    if old.default != new.default:
        yield subject.ruled(What.DEFAULT, old.default or "none", new.default or "none")
    if old.constraints != new.constraints:
        was, now = dict(old.constraints), dict(new.constraints)
        is_tighter = any(_tightens(key, was.get(key), now.get(key)) for key in {**was, **now})
        is_sent = rules.REQUEST in directions
        case = f"tighter {rules.REQUEST}" if is_tighter and is_sent else _OTHERWISE
        yield subject.ruled(What.CONSTRAINTS, _listed(was), _listed(now), case)
    yield from notes(subject, old, new)


def _tightens(keyword: str, was: object, now: object) -> bool:
    """Tell whether a keyword refuses values that it took before; in doubt it does."""
    if was == now or now is None or now is False:
        return False
    if was is None or not isinstance(was, int | float) or not isinstance(now, int | float):
        return True
    if keyword in _UPPER:
        return now < was
    return now > was if keyword in _LOWER else True


def _listed(constraints: dict[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in constraints.items()) or "none"

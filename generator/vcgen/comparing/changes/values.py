"""Facts of parameters and fields that types do not show: presence, defaults, constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Change, What
from vcgen.comparing.changes.comparison import Subject, notes
from vcgen.comparing.changes.types import takes_none

_UPPER = frozenset({"maxLength", "maxItems", "maxProperties", "maxContains"})
_LOWER = frozenset({"minLength", "minItems", "minProperties", "minContains"})
_BOUNDS = frozenset({"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"})
# What is not simply equal or another.
_NUMBERS = _UPPER | _LOWER | _BOUNDS | {"multipleOf", "enum"}
# Which formats hold the texts of another, by the RFCs that JSON Schema names for them.
_WIDER = {
    "email": {"idn-email"},
    "hostname": {"idn-hostname"},
    "uri": {"uri-reference", "iri", "iri-reference"},
    "uri-reference": {"iri-reference"},
    "iri": {"iri-reference"},
}
_NO_LIMIT = float("inf")
_OTHERWISE = "otherwise"
_READ = frozenset({rules.REPLY, rules.ERROR})
SENT = frozenset({rules.REQUEST, rules.UNSENT})
_PRESENCE = ("required", "required, or null", "optional")
_ACCESS = {"": "read and write", "read": "read-only", "write": "write-only"}

_Valued = ir.Parameter | ir.Field
_Limited = _Valued | ir.Struct


def presence(subject: Subject, old: _Valued, new: _Valued, *cases: str) -> Iterator[Change]:
    """Yield whether a value may now be missing where it could not, or the other way round.

    Args:
        subject: The parameter or field.
        old: How it was.
        new: How it is.
        cases: What follows the case in the table: the ways that the value goes, or nothing.
    """
    if _is_filled_in(old) and _is_filled_in(new):
        return
    # Where anything is one of the values, null is none of its own.
    is_typed = ir.ANY not in (old.type, new.type)
    found: dict[tuple[int, int], list[str]] = {}
    for way in cases or ("",):
        told = _presence(old, is_typed, way), _presence(new, is_typed, way)
        found.setdefault(told, []).append(way)
    for (was, now), ways in found.items():
        if was != now:
            yield subject.ruled(
                What.REQUIRED, _PRESENCE[was], _PRESENCE[now], *_cases(was, now, new, ways)
            )


def _cases(was: int, now: int, new: _Valued, ways: Iterable[str]) -> Iterator[str]:
    """Yield what it is, in the words of the rules, that a value may be missing, or may not."""
    case = rules.NOW_REQUIRED if now < was else rules.NOW_NULL if now == 1 else rules.NOW_OPTIONAL
    more = ""
    if case == rules.NOW_OPTIONAL and new.type == ir.ANY:
        more = rules.OF_ANY_TYPE  # it may have been None before
    elif case == rules.NOW_OPTIONAL and was == 1 and not new.is_unset:
        more = rules.FROM_NULL
    for way in ways:
        yield f"{case} {way}{more * (way in _READ)}".rstrip()


def _is_filled_in(one: _Valued) -> bool:
    """Tell whether it is sent, and read, whether or not anybody gives it."""
    return isinstance(one, ir.Field) and one.fixed is not None


def access(
    subject: Subject, old: ir.Field, new: ir.Field, directions: Iterable[str]
) -> Iterator[Change]:
    """Yield whether requests or replies leave a property out that they had, or no longer do.

    Args:
        subject: The field.
        old: How it was.
        new: How it is.
        directions: How values of its class go.
    """
    used = {*directions}
    places = (("read", rules.REQUESTS, {rules.REQUEST}), ("write", rules.REPLIES, _READ))
    cases: list[str] = []
    for alone, where, ways in places:
        if ways & used and alone in (old.access, new.access) and old.access != new.access:
            cases.append((rules.LEFT_OUT if new.access == alone else rules.PART) + where)
    if cases:
        yield subject.ruled(What.ACCESS, _ACCESS[old.access], _ACCESS[new.access], *cases)


def absence(
    subject: Subject, old: _Valued, new: _Valued, *ways: str, is_json: bool = True
) -> Iterator[Change]:
    """Yield whether it means something else that a caller gives None, or nothing.

    Args:
        subject: The parameter or field.
        old: How it was.
        new: How it is.
        ways: The ways that the value goes.
        is_json: Whether it is sent as JSON; a form has no null.
    """
    was, now = _absence(old), _absence(new)
    if old.fixed and new.fixed:
        if was != now and rules.REQUEST in ways:
            yield subject.ruled(What.ABSENT, was, now, rules.NOW_FILLED_IN)
    elif was != now and was and (now or old.fixed):
        cases = [rules.NULL_REFUSED] * (is_json and (was, now) == ("UNSET", "None"))
        yield subject.ruled(What.ABSENT, was, now or _PRESENCE[0], *cases)
    elif new.fixed and isinstance(old, ir.Parameter) and old.required:
        # An argument that is filled in has changed its place among them.
        yield subject.ruled(What.REQUIRED, _PRESENCE[0], now, rules.NOW_OPTIONAL)


def _absence(one: _Valued) -> str:
    """Return what a caller gives by giving nothing, "" where something must be given."""
    if isinstance(one, ir.Field):
        return one.absence
    if one.fixed:
        return f"{one.fixed.value!r}"
    return "" if one.required else one.absent


def _presence(one: _Valued, is_typed: bool, way: str) -> int:
    """Return how much a value may be missing: it may not, it may be null, it may."""
    is_there = one.is_always
    if isinstance(one, ir.Field) and one.is_listed and one.access:
        is_there = is_there or way in (_READ if one.access == "read" else SENT)
    return int(is_typed and takes_none(one.type)) if is_there else 2


def facts(subject: Subject, old: _Valued, new: _Valued, *directions: str) -> Iterator[Change]:
    """Yield what changed of a parameter or field beside its name, type and place."""
    if old.default != new.default:
        yield subject.ruled(What.DEFAULT, old.default or "none", new.default or "none")
    yield from constraints(subject, old, new, *directions)
    yield from notes(subject, old, new)


def constraints(
    subject: Subject, old: _Limited, new: _Limited, *directions: str
) -> Iterator[Change]:
    """Yield whether values are limited otherwise than before."""
    was, now = dict(old.constraints), dict(new.constraints)
    if was != now:
        is_sent = rules.REQUEST in directions
        case = f"tighter {rules.REQUEST}" if is_sent and _is_tighter(was, now) else _OTHERWISE
        yield subject.ruled(What.CONSTRAINTS, _listed(was), _listed(now), case)


def _is_tighter(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether a value may be refused that was taken before; in doubt it may."""
    ones, others = _by_place(was), _by_place(now)
    return any(_is_tighter_there(ones.get(place, {}), others[place]) for place in others)


def _by_place(limits: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return limits by where they hold: of the value itself, of its items, of theirs."""
    found: dict[str, dict[str, Any]] = {}
    for key, limit in limits.items():
        place, _, keyword = key.rpartition(".")
        found.setdefault(place, {})[keyword] = limit
    return found


def _is_tighter_there(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return (
        _highest(now) < _highest(was)
        or _lowest(now) > _lowest(was)
        or any(now.get(key, _NO_LIMIT) < was.get(key, _NO_LIMIT) for key in _UPPER)
        or any(now.get(key, 0) > was.get(key, 0) for key in _LOWER)
        or any(now[key] != was.get(key) for key in now.keys() - _NUMBERS - {"format"})
        or _is_other_format(was.get("format"), now.get("format"))
        or ("multipleOf" in now and _is_left_over(was.get("multipleOf"), now["multipleOf"]))
        or ("enum" in now and not {*was.get("enum", [""])} <= {*now["enum"]})
    )


def _highest(limits: Mapping[str, Any]) -> tuple[float, bool]:
    """Return the upper bound, and whether it may be reached."""
    excluded = limits.get("exclusiveMaximum", _NO_LIMIT)
    return min((limits.get("maximum", _NO_LIMIT), True), (excluded, False))


def _lowest(limits: Mapping[str, Any]) -> tuple[float, bool]:
    """Return the lower bound, and whether it must be exceeded."""
    excluded = limits.get("exclusiveMinimum", -_NO_LIMIT)
    return max((limits.get("minimum", -_NO_LIMIT), False), (excluded, True))


def _is_left_over(was: Any, now: Any) -> bool:
    """Tell whether something that was divisible by the one number is not by the other."""
    return was is None or not now or Fraction(str(was)) % Fraction(str(now)) != 0


def _is_other_format(was: Any, now: Any) -> bool:
    """Tell whether a text of one format may not be one of the other."""
    return now is not None and now != was and now not in _WIDER.get(was, ())


def _listed(limits: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {_shown(value)}" for key, value in limits.items()) or "none"


def _shown(limit: object) -> str:
    if isinstance(limit, tuple):
        return " or ".join(map(str, limit))
    return ("true" if limit else "false") if isinstance(limit, bool) else str(limit)

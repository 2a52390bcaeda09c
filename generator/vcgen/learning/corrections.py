"""Corrections: what is wrong with a document becomes the smallest changes under which all is right.

A change is an action of an OpenAPI Overlay, and so in the terms of the document as the vendor wrote
it: what the client is generated from may have been converted, joined, and repaired since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vcgen.learning.evidence import Evidence, Kind, Problem
from vcgen.learning.judging import ITEMS, read_types
from vcgen.learning.lessons import Lesson
from vcgen.learning.places import Place, Places
from vcgen.learning.replies import media_type, status
from vcgen.records import Record, State, field

Action = dict[str, Any]

_MEMBERS = {"object": "members", "array": "items"}
# What says more of a value of a type, and nothing of a value of another.
_OF_TYPE = {
    "string": ("format", "enum", "pattern", "minLength", "maxLength"),
    "integer": ("format", "enum", "minimum", "maximum", "multipleOf"),
    "number": ("format", "enum", "minimum", "maximum", "multipleOf"),
    "boolean": ("enum",),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties"),
}


class Correction(Record):
    """One correction.

    Attributes:
        actions: The actions of the overlay, the first of which says why.
        message: What it is about, for people.
    """

    actions: tuple[Action, ...]
    message: str


class Learned(State):
    """What was learned.

    Attributes:
        corrections: What the overlay is to say.
        contradictions: What no correction makes right, because exchanges disagree.
        unwritable: What is wrong where the document has nothing that could be corrected.
    """

    corrections: list[Correction] = field(default_factory=list[Correction])
    contradictions: list[str] = field(default_factory=list[str])
    unwritable: list[str] = field(default_factory=list[str])


def corrections(lesson: Lesson) -> Learned:
    """Return what traffic says that is wrong, each at its place in the document."""
    places = Places(lesson.source)
    learned = Learned()
    for problems in _grouped(lesson.problems):
        first = next(iter(problems))
        place = places.at(first.pointer)
        what = f"{first.kind}: {place.shown}{_named(first)}"
        evidence = _together(problems)
        like = places.references(next(iter(problems.values())).like or (), place.file)
        if first.kind is Kind.TYPE and (clash := _clash(lesson, problems)):
            learned.contradictions.append(f"{place.shown}: {clash}. {evidence.text}")
            continue
        actions = list(_actions(lesson, problems, place, like)) if place.is_there else []
        if not actions:
            learned.unwritable.append(f"{what}. {evidence.text}")
            continue
        described = {"target": actions[0]["target"], "description": f"{what}. {evidence.text}"}
        actions[0] = {**described, **actions[0]}
        learned.corrections.append(Correction(tuple(actions), what))
    return learned


def _grouped(problems: Mapping[Problem, Evidence]) -> Iterator[dict[Problem, Evidence]]:
    """Yield what one correction is for: the values of an enumeration, the types of a place."""
    groups: dict[object, dict[Problem, Evidence]] = {}
    for problem, evidence in problems.items():
        is_one = problem.kind in (Kind.VALUE, Kind.TYPE)
        key = (problem.kind, problem.pointer) if is_one else problem
        groups.setdefault(key, {})[problem] = evidence
    yield from groups.values()


def _together(problems: Mapping[Problem, Evidence]) -> Evidence:
    every = list(problems.values())
    whole = Evidence(sum(one.exchanges for one in every))
    for one in every:
        whole.operations |= one.operations
        whole.paths |= one.paths
    return whole


def _named(problem: Problem) -> str:
    """Return the name of what is wrong, which is no value of a body."""
    if problem.kind in (Kind.MISSING, Kind.UNDECLARED):
        return f".{problem.detail}"
    if problem.kind in (Kind.STATUS, Kind.MEDIA_TYPE):
        return f", {problem.detail}"
    return ""


def _clash(lesson: Lesson, problems: Mapping[Problem, Evidence]) -> str:
    """Return why no type is right for all that was seen at a place, or ""."""
    seen = lesson.types.get(next(iter(problems)).pointer, set()) - {"null"}
    shapes = {_MEMBERS.get(kind, "a plain value") for kind in seen}
    return f"it is {' and '.join(sorted(seen))} in different responses" if len(shapes) > 1 else ""


def _actions(
    lesson: Lesson, problems: Mapping[Problem, Evidence], place: Place, like: Sequence[str]
) -> Iterator[Action]:
    """Yield the actions of a correction; none where the document has nothing to correct."""
    problem, evidence = next(iter(problems.items()))
    node = place.node
    if problem.kind is Kind.MISSING:
        yield from _optional(place, str(problem.detail))
    elif problem.kind is Kind.NULL:
        yield from _nullable(place)
    elif problem.kind is Kind.FORMAT and "format" in node:
        yield {"target": f"{place.path}.format", "remove": True}
    elif problem.kind is Kind.VALUE and isinstance(node.get("enum"), list):
        values = [one.detail for one in problems]
        yield {"target": place.path, "update": {"enum": values}}
    elif problem.kind is Kind.TYPE and "$ref" in node:
        seen = lesson.types.get(problem.pointer, set())
        is_list = all(one.detail == ITEMS for one in problems)
        yield from _instead(place, seen - {"null"}, is_list=is_list)
    elif problem.kind is Kind.TYPE and read_types(node):
        seen = lesson.types.get(problem.pointer, set())
        yield from _typed(place, seen - {"null"})
    elif problem.kind is Kind.UNDECLARED:
        schema = place.schema(evidence.sample or {})
        yield {"target": place.path, "update": {"properties": {problem.detail: schema}}}
    elif problem.kind is Kind.STATUS:
        yield status(place, str(problem.detail), _schema(place, evidence, like))
    elif problem.kind is Kind.MEDIA_TYPE:
        yield media_type(place, str(problem.detail), _schema(place, evidence, like))


def _schema(place: Place, evidence: Evidence, like: Sequence[str]) -> Action | None:
    """Return the schema that bodies are right under, or None if there were none."""
    if like:
        return {"$ref": like[0]}
    return None if evidence.sample is None else place.schema(evidence.sample)


def _optional(place: Place, name: str) -> Iterator[Action]:
    required = place.node.get("required")
    if not isinstance(required, list) or name not in required:
        return
    if len(required) == 1:  # before OpenAPI 3.1, the list must not be empty
        yield {"target": f"{place.path}.required", "remove": True}
        return
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    yield {"target": f"{place.path}.required[?@=='{quoted}']", "remove": True}


def _nullable(place: Place) -> Iterator[Action]:
    if place.form == "swagger":
        yield {"target": place.path, "update": {"x-nullable": True}}
    elif place.form == "3.0":
        yield {"target": place.path, "update": {"nullable": True}}
    elif whole := next((key for key in ("$ref", "allOf") if key in place.node), ""):
        yield {"target": f"{place.path}['{whole}']", "remove": True}
        either = [{whole: place.node[whole]}, {"type": "null"}]
        yield {"target": place.path, "update": {"anyOf": either}}
    elif isinstance(place.node.get("type"), list):
        yield {"target": f"{place.path}.type", "update": "null"}
    elif "type" in place.node:
        yield from _replaced(place, [place.node["type"], "null"])
    else:
        for keyword in ("anyOf", "oneOf"):
            if isinstance(place.node.get(keyword), list):
                yield {"target": f"{place.path}.{keyword}", "update": {"type": "null"}}
                return


def _typed(place: Place, seen: set[str]) -> Iterator[Action]:
    """Yield what gives a place the types that were seen, and no other."""
    types = _sorted(seen)
    declared = [one for one in read_types(place.node) if one != "null"]
    keep = {
        key for kind in types for key in _OF_TYPE.get(kind, ()) if key not in ("format", "enum")
    }
    stale = [key for kind in declared for key in _OF_TYPE.get(kind, ()) if key in place.node]
    if len(types) == 1:
        value = [types[0], "null"] if isinstance(place.node.get("type"), list) else types[0]
        yield from _replaced(place, value)
    elif place.form == "3.1":
        yield from _replaced(place, types)
    else:
        # Neither Swagger 2.0 nor OpenAPI 3.0 has a list of types.
        if "type" in place.node:
            yield {"target": f"{place.path}.type", "remove": True}
        if place.form == "3.0":
            anyof = [{"type": kind} for kind in types]
            yield {"target": place.path, "update": {"anyOf": anyof}}
    for key in dict.fromkeys(stale):
        # Whatever type a password has, it is not to be shown.
        is_secret = key == "format" and place.node[key] == "password"
        if not is_secret and (key not in keep or len(types) > 1):
            yield {"target": f"{place.path}.{key}", "remove": True}


def _sorted(seen: set[str]) -> list[str]:
    """Return the types that were seen, without those that others include."""
    return sorted(seen - {"integer"} if "number" in seen else seen)


def _instead(place: Place, seen: set[str], *, is_list: bool) -> Iterator[Action]:
    """Yield what puts types in place of a reference, or an array of what it refers to."""
    types = _sorted(seen)
    yield {"target": f"{place.path}['$ref']", "remove": True}
    if is_list:
        items = {"$ref": place.node["$ref"]}
        yield {"target": place.path, "update": {"type": "array", "items": items}}
    elif len(types) == 1 or place.form == "3.1":
        yield {"target": place.path, "update": {"type": types[0] if len(types) == 1 else types}}
    elif place.form == "3.0":
        yield {"target": place.path, "update": {"anyOf": [{"type": kind} for kind in types]}}


def _replaced(place: Place, value: Any) -> Iterator[Action]:
    """Yield what puts a value in place of the type: a list does not take the place of a text."""
    if isinstance(value, list) or isinstance(place.node.get("type"), list):
        yield {"target": f"{place.path}.type", "remove": True}
    yield {"target": place.path, "update": {"type": value}}

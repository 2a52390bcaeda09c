"""Judging: a body against its schema, as the generated client reads it.

What the client takes without a word is no problem: null for a property that is not required, and
a property that is not declared, unless somebody asks for those. Limits of values are not looked at,
for the client does not enforce them on what it reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.dialect.protocol import types_of
from vcgen.learning.evidence import Finding, Kind, Problem
from vcgen.learning.formats import fits
from vcgen.learning.telling import told
from vcgen.records import Record, State, field, replace
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.nodes import listed, mapping
from vcgen.text.numbers import NON_FINITE
from vcgen.text.pointers import child, pointer_keys, pointer_to

# What was seen in place of an object: an array of such objects.
ITEMS = "array of it"
_MOST_DEPTH = 100


def type_of(value: object) -> str:
    """Return the type of a value, as JSON Schema calls it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    kinds = {float: "number", str: "string", list: "array", dict: "object"}
    return kinds[type(value)]


def stated_types(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that a schema states; none if it says nothing."""
    return [one for one in types_of(schema) if one]


def read_types(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that a schema states, else the one whose members it has, as it is read."""
    if (types := stated_types(schema)) or {"oneOf", "anyOf"} & schema.keys():
        return types
    is_object = "properties" in schema or isinstance(schema.get("additionalProperties"), Mapping)
    return ["object"] if is_object else ["array"] if "items" in schema else []


def _is_of(kind: str, types: Collection[str]) -> bool:
    return kind in types or (kind == "integer" and "number" in types)


class _Around(Record):
    """What else a value is judged by.

    Attributes:
        places: The pointers of schemas.
        names: The properties that those declare of which a schema is an alternative.
        is_part: Whether it is a part of another schema, which tells what is not declared.
    """

    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_part: bool = False

    @property
    def part(self) -> _Around:
        return replace(self, is_part=True)

    def within(self, place: str) -> _Around:
        return replace(self, places=self.places | {place})


_ALONE = _Around()


class Judge(State):
    """Judges bodies against the schemas of a slice.

    Attributes:
        view: The slice.
        undeclared: Whether properties that are not declared are problems.
        types: Which types of values were seen, by the pointer of their schema.
    """

    view: DocumentView
    undeclared: bool = False
    types: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _names: dict[str, tuple[frozenset[str], bool]] = field(
        default_factory=dict[str, tuple[frozenset[str], bool]]
    )

    def judge(
        self, value: Any, pointer: str, path: str = "$", depth: int = 0, around: _Around = _ALONE
    ) -> list[Finding]:
        """Return what is wrong about a value by the schema at a pointer.

        Of schemas with a discriminator, it is the one that the value says that it is of.
        """
        if depth > _MOST_DEPTH:
            return []
        schema, place = self.resolved(pointer)
        if not isinstance(schema, Mapping):
            return []
        if value is None:
            return [] if self._takes_null(pointer) else [Finding(Problem(Kind.NULL, pointer), path)]
        if pointer != place:
            self.types.setdefault(pointer, set()).add(type_of(value))
            if self._is_other(value, place):
                return [Finding(Problem(Kind.TYPE, pointer, self._seen(value, place)), path)]
        found = self._plain(value, schema, place, path)
        if any(one.problem.kind is Kind.TYPE for one in found):
            return found
        choices = () if place in around.places else _choices(schema, place)
        kind = "" if place in around.places else told(self.view, schema, value)
        if kind and not choices and self.resolved(kind)[1] != place:
            # It extends this schema, which is one of its parts.
            return self.judge(value, kind, path, depth + 1, around.within(place))
        names, is_map = self._declared(place) if isinstance(value, dict) else (frozenset(), False)
        inner = around.within(place)
        for index, _ in enumerate(listed(schema.get("allOf"))):
            found += self.judge(value, f"{place}/allOf/{index}", path, depth + 1, inner.part)
        if choices:
            last = replace(inner, names=inner.names | names)
            found += self._alternatives(value, [[kind]] if kind else choices, path, depth, last)
        if isinstance(value, dict):
            found += self._members(value, schema, place, path, depth)
        if isinstance(value, dict) and not (choices or is_map or around.is_part):
            found += self._undeclared(value, place, path, names | around.names)
        if isinstance(value, list) and "items" in schema:
            for item in value:
                found += self.judge(item, f"{place}/items", f"{path}[*]", depth + 1)
        if any(_is_value(one, path) for one in found) and self._is_secret(place):
            # A password would be written where the values are listed.
            found = [one for one in found if not _is_value(one, path)]
        return found

    def _is_other(self, value: Any, pointer: str, depth: int = 0) -> bool:
        """Tell whether a value is not the object or array that a schema, or a part of it, is.

        What refers to an object or array is wrong, then, and not the schema: others refer to it.
        """
        schema, place = self.resolved(pointer)
        if not isinstance(schema, Mapping) or depth > _MOST_DEPTH:
            return False
        if types := {*read_types(schema)}:
            return bool({"object", "array"} & types) and not _is_of(type_of(value), types)
        parts = range(len(listed(schema.get("allOf"))))
        return any(self._is_other(value, f"{place}/allOf/{index}", depth + 1) for index in parts)

    def _seen(self, value: Any, place: str) -> str:
        """Return the type of a value, or that it is an array of what a schema describes."""
        is_of_it = isinstance(value, list) and not any(self._is_other(one, place) for one in value)
        return ITEMS if is_of_it else type_of(value)

    def _is_secret(self, pointer: str, depth: int = 0) -> bool:
        """Tell whether the values of a schema, or of what it is composed of, are passwords."""
        schema, place = self.resolved(pointer)
        if not isinstance(schema, Mapping) or depth > _MOST_DEPTH:
            return False
        return schema.get("format") == "password" or any(
            self._is_secret(f"{place}/{keyword}/{index}", depth + 1)
            for keyword in SUBSCHEMAS
            for index, _ in enumerate(listed(schema.get(keyword)))
        )

    def resolved(self, pointer: str) -> tuple[Any, str]:
        """Return the schema at a pointer, or the one that it refers to, and where that stands."""
        for _ in range(_MOST_DEPTH):
            node = self.view.at(pointer_keys(pointer))
            reference = node.get("$ref") if isinstance(node, Mapping) else None
            if not isinstance(reference, str):
                return node, pointer
            pointer = pointer_to(pointer_keys(reference))
        return None, pointer

    def _takes_null(self, pointer: str, depth: int = 0) -> bool:
        """Tell whether null is a value of a schema; one that says nothing takes anything."""
        node = self.view.at(pointer_keys(pointer))
        if not isinstance(node, Mapping):
            return True
        if node.get("nullable") is True:
            return True
        if "$ref" in node:
            return depth < _MOST_DEPTH and self._takes_null(
                pointer_to(pointer_keys(str(node["$ref"]))), depth + 1
            )
        types = stated_types(node)
        if types or "enum" in node:
            return "null" in types or None in listed(node.get("enum"))
        if parts := listed(node.get("allOf")):
            return all(
                self._takes_null(f"{pointer}/allOf/{i}", depth + 1) for i in range(len(parts))
            )
        for keyword in ("oneOf", "anyOf"):
            if parts := listed(node.get(keyword)):
                places = (f"{pointer}/{keyword}/{i}" for i in range(len(parts)))
                return any(self._takes_null(one, depth + 1) for one in places)
        return not {"properties", "items", "additionalProperties"} & node.keys()

    def _plain(self, value: Any, schema: Mapping[str, Any], place: str, path: str) -> list[Finding]:
        """Return what a schema itself has against a value."""
        types = read_types(schema)
        is_number = isinstance(value, str) and value in NON_FINITE and "number" in types
        kind = "number" if is_number and "string" not in types else type_of(value)
        self.types.setdefault(place, set()).add(kind)
        if types and not _is_of(kind, types):
            return [Finding(Problem(Kind.TYPE, place, kind), path)]
        if isinstance(value, str) and not fits(value, str(schema.get("format", ""))):
            return [Finding(Problem(Kind.FORMAT, place), path)]
        values = schema.get("enum")
        if isinstance(values, list) and value not in values:
            return [Finding(Problem(Kind.VALUE, place, value), path)]
        return []

    def _members(
        self, value: dict[str, Any], schema: Mapping[str, Any], place: str, path: str, depth: int
    ) -> Iterator[Finding]:
        required = [name for name in listed(schema.get("required")) if isinstance(name, str)]
        for name in required:
            if name not in value:
                yield Finding(Problem(Kind.MISSING, place, name), path)
        known = mapping(schema.get("properties"))
        for name, inner in value.items():
            if name in known:
                if inner is not None or name in required:
                    at = child(f"{place}/properties", name)
                    yield from self.judge(inner, at, f"{path}.{name}", depth + 1)
            elif isinstance(schema.get("additionalProperties"), Mapping):
                at = f"{place}/additionalProperties"
                yield from self.judge(inner, at, f"{path}[*]", depth + 1)

    def _undeclared(
        self, value: dict[str, Any], place: str, path: str, names: frozenset[str]
    ) -> Iterator[Finding]:
        """Yield the properties that neither a schema nor what is around it declares."""
        is_inner = any(key in SUBSCHEMAS for key in pointer_keys(place)[3:])
        if self.undeclared and names and not is_inner:
            for name in value:
                if name not in names:
                    yield Finding(Problem(Kind.UNDECLARED, place, name), f"{path}.{name}")

    def _declared(self, place: str) -> tuple[frozenset[str], bool]:
        """Return the properties of all that a schema is composed of, and whether it is a map.

        Those of its own alternatives are not among them, for one of them holds alone.
        """
        if known := self._names.get(place):
            return known
        names: set[str] = set()
        is_map = False
        waiting, seen = [place], set[str]()
        while waiting:
            schema, at = self.resolved(waiting.pop())
            if at in seen or not isinstance(schema, Mapping):
                continue
            seen.add(at)
            names |= {*schema.get("properties", {})}
            is_map = is_map or isinstance(schema.get("additionalProperties"), Mapping)
            waiting += [
                f"{at}/allOf/{index}" for index, _ in enumerate(listed(schema.get("allOf")))
            ]
            others = [one for every in _choices(schema, at) for one in every]
            if place not in (at, *(self.resolved(one)[1] for one in others)):
                waiting += others
        self._names[place] = found = frozenset(names), is_map
        return found

    def _alternatives(
        self,
        value: Any,
        choices: Sequence[Sequence[str]],
        path: str,
        depth: int,
        around: _Around,
    ) -> list[Finding]:
        """Return what the alternatives that fit best have against a value."""
        best: list[Finding] = []
        for places in choices:
            tried = [(self.judge(value, one, path, depth + 1, around), one) for one in places]
            best += min(tried, key=lambda one: (len(one[0]), -self._known(value, one[1])))[0]
        return best

    def _known(self, value: Any, place: str) -> int:
        """Return how many of its properties a schema declares."""
        names, _ = self._declared(self.resolved(place)[1])
        return len(names & value.keys()) if isinstance(value, dict) else 0


def _choices(schema: Mapping[str, Any], place: str) -> list[list[str]]:
    """Return the pointers of the alternatives of a schema, of `oneOf` and of `anyOf`."""
    found = (
        [f"{place}/{keyword}/{index}" for index, _ in enumerate(listed(schema.get(keyword)))]
        for keyword in ("oneOf", "anyOf")
    )
    return [one for one in found if one]


def _is_value(finding: Finding, path: str) -> bool:
    """Tell whether a value is not listed that is at a path."""
    return finding.problem.kind is Kind.VALUE and finding.path == path

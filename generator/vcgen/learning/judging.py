"""Judging: a body against its schema, as the generated client reads it.

What the client takes without a word is no problem: null for a property that is not required, and
a property that is not declared, unless somebody asks for those. Limits of values are not looked at,
for the client does not enforce them on what it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.learning.evidence import Finding, Kind, Problem
from vcgen.learning.formats import fits
from vcgen.text.pointers import child, pointer_keys, pointer_to

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


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that a schema states; none if it says nothing."""
    stated = schema.get("type")
    types = stated if isinstance(stated, list) else [stated]
    return [one for one in types if isinstance(one, str)]


@dataclass
class Judge:
    """Judges bodies against the schemas of a slice.

    Attributes:
        view: The slice.
        undeclared: Whether properties that are not declared are problems.
        types: Which types of values were seen, by the pointer of their schema.
    """

    view: DocumentView
    undeclared: bool = False
    types: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def judge(self, value: Any, pointer: str, path: str = "$", depth: int = 0) -> list[Finding]:
        """Return what is wrong about a value by the schema at a pointer."""
        if depth > _MOST_DEPTH:
            return []
        schema, place = self.resolved(pointer)
        if not isinstance(schema, Mapping):
            return []
        if value is None:
            return [] if self._takes_null(pointer) else [Finding(Problem(Kind.NULL, pointer), path)]
        found = self._plain(value, schema, place, path)
        if any(one.problem.kind is Kind.TYPE for one in found):
            return found
        for index, _ in enumerate(_listed(schema, "allOf")):
            found += self.judge(value, f"{place}/allOf/{index}", path, depth + 1)
        found += self._alternatives(value, schema, place, path, depth)
        if isinstance(value, dict):
            found += self._members(value, schema, place, path, depth)
        if isinstance(value, list) and "items" in schema:
            for item in value:
                found += self.judge(item, f"{place}/items", f"{path}[*]", depth + 1)
        if any(_is_value(one, path) for one in found) and self._is_secret(place):
            # A password would be written where the values are listed.
            found = [one for one in found if not _is_value(one, path)]
        return found

    def _is_secret(self, pointer: str, depth: int = 0) -> bool:
        """Tell whether the values of a schema, or of what it is composed of, are passwords."""
        schema, place = self.resolved(pointer)
        if not isinstance(schema, Mapping) or depth > _MOST_DEPTH:
            return False
        return schema.get("format") == "password" or any(
            self._is_secret(f"{place}/{keyword}/{index}", depth + 1)
            for keyword in ("allOf", "oneOf", "anyOf")
            for index, _ in enumerate(_listed(schema, keyword))
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
        types = types_of(node)
        if types or "enum" in node:
            return "null" in types or None in _listed(node, "enum")
        if parts := _listed(node, "allOf"):
            return all(
                self._takes_null(f"{pointer}/allOf/{i}", depth + 1) for i in range(len(parts))
            )
        for keyword in ("oneOf", "anyOf"):
            if parts := _listed(node, keyword):
                places = (f"{pointer}/{keyword}/{i}" for i in range(len(parts)))
                return any(self._takes_null(one, depth + 1) for one in places)
        return not {"properties", "items", "additionalProperties"} & node.keys()

    def _plain(self, value: Any, schema: Mapping[str, Any], place: str, path: str) -> list[Finding]:
        """Return what a schema itself has against a value."""
        kind = type_of(value)
        self.types.setdefault(place, set()).add(kind)
        types = types_of(schema)
        if types and kind not in types and not (kind == "integer" and "number" in types):
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
        required = [name for name in _listed(schema, "required") if isinstance(name, str)]
        for name in required:
            if name not in value:
                yield Finding(Problem(Kind.MISSING, place, name), path)
        properties = schema.get("properties")
        known = properties if isinstance(properties, Mapping) else {}
        for name, inner in value.items():
            if name in known:
                if inner is not None or name in required:
                    at = child(f"{place}/properties", name)
                    yield from self.judge(inner, at, f"{path}.{name}", depth + 1)
            elif isinstance(schema.get("additionalProperties"), Mapping):
                at = f"{place}/additionalProperties"
                yield from self.judge(inner, at, f"{path}[*]", depth + 1)
            elif self.undeclared and known and not self._is_declared(name, place):
                yield Finding(Problem(Kind.UNDECLARED, place, name), f"{path}.{name}")

    def _is_declared(self, name: str, place: str) -> bool:
        """Tell whether a schema that is a part of another may leave a property to that one."""
        keys = pointer_keys(place)
        return any(key in ("allOf", "oneOf", "anyOf") for key in keys[3:]) or name in self._inner(
            place, set()
        )

    def _inner(self, place: str, seen: set[str]) -> set[str]:
        """Return the properties of all that a schema is composed of."""
        schema, place = self.resolved(place)
        if place in seen or not isinstance(schema, Mapping):
            return set()
        seen.add(place)
        found = {*schema.get("properties", {})}
        for keyword in ("allOf", "oneOf", "anyOf"):
            for index, _ in enumerate(_listed(schema, keyword)):
                found |= self._inner(f"{place}/{keyword}/{index}", seen)
        return found

    def _alternatives(
        self, value: Any, schema: Mapping[str, Any], place: str, path: str, depth: int
    ) -> list[Finding]:
        """Return what the alternative that fits best has against a value."""
        best: list[Finding] = []
        for keyword in ("oneOf", "anyOf"):
            tried: list[list[Finding]] = [
                self.judge(value, f"{place}/{keyword}/{index}", path, depth + 1)
                for index, _ in enumerate(_listed(schema, keyword))
            ]
            if tried:
                best += sorted(tried, key=len)[0]
        return best


def _is_value(finding: Finding, path: str) -> bool:
    """Tell whether a value is not listed that is at a path."""
    return finding.problem.kind is Kind.VALUE and finding.path == path


def _listed(schema: Mapping[str, Any], keyword: str) -> list[Any]:
    found = schema.get(keyword)
    return found if isinstance(found, list) else []

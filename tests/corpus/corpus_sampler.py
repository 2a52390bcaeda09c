"""Sample values, made from the schemas of a document by code that knows nothing of the generator.

A sample is full (every declared property), full of nulls where they are allowed, or bare (what is
required, and nothing else). `turn` chooses among what a schema leaves open: the next value of an
enum, the next alternative, an awkward text or a plain one. Schemas that contain each other make
full samples grow without measure: after `full` values, the rest of a sample is bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_files import Node, made
from corpus_oracle import REPLY, REQUEST, Oracle, is_of_python
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

MOST_TURNS = 40
_DEEPEST = 14
FULL = 100_000
_AWKWARD = "é/ü &=?#%+"
_TEXTS = {
    "date-time": ["2021-05-05T14:32:09.023Z", "2021-05-05T16:32:09+02:00"],
    "date": ["2021-05-05", "2024-02-29"],
    "time": ["14:32:09Z", "01:02:03.5+02:00", "14:32:09"],
    "duration": ["P1DT2H", "PT90S"],
    "uuid": ["8b9c1d7e-1f2a-4b3c-8d4e-5f6a7b8c9d0e", "00000000-0000-4000-8000-000000000001"],
    "byte": ["AAECAw==", "dmNnZW4="],
    "binary": ["AAECAw==", "dmNnZW4="],
    "decimal": ["1.50", "-0.001"],
    "uri": ["https://example.com/a?b=c#d", "urn:a:b"],
    "url": ["https://example.com/a?b=c#d", "http://example.com"],
    "email": ["someone@example.com", "a@example.org"],
    "hostname": ["vc.example.com", "a"],
    "ipv4": ["192.0.2.1", "198.51.100.7"],
    "ipv6": ["2001:db8::1", "::1"],
}


class EndlessError(Exception):
    """A schema contains itself so that no finite value is left at this place."""


@dataclass
class _Merged:
    """What the parts of a schema that hold together (allOf, a chosen alternative) say as one."""

    parts: list[Node]
    tags: dict[str, str]

    def first(self, keyword: str) -> Any:
        return next((part.get(keyword) for part in self.parts if keyword in part), None)

    def nodes(self, keyword: str) -> list[Node]:
        return [part[keyword] for part in self.parts if keyword in part]

    @property
    def types(self) -> list[str]:
        stated = self.first("type")
        kinds = stated if isinstance(stated, list) else [stated] if stated else []
        if not kinds and (self.first("properties") or self.first("additionalProperties")):
            return ["object"]
        return kinds or (["array"] if self.nodes("items") else [])

    @property
    def nullable(self) -> bool:
        """Whether every part of it lets null pass, and one says so."""
        stated = [part for part in self.parts if "type" in part or "enum" in part]
        return bool(stated) and all(
            part.get("nullable") is True or "null" in (part.get("type") or ()) for part in stated
        )


class Sampler:
    """Makes values for the schemas of one document."""

    def __init__(self, direction: str, *, full: int, turn: int, nulls: bool = False) -> None:
        self._unwanted = {REQUEST: "readOnly", REPLY: "writeOnly"}.get(direction, "")
        self._values_left = full
        self._nulls = nulls
        self._turn = turn
        self._open: list[str] = []

    @property
    def _full(self) -> bool:
        return self._values_left > 0

    def sample(self, schema: Node, name: str) -> Any:
        """Return a value.

        Raises:
            EndlessError: No value ends.
        """
        return self._of([schema], name, self._turn)

    def _of(self, nodes: list[Node], name: str, turn: int) -> Any:
        ends = [node.resolved().uri for node in nodes if "$ref" in node]
        if any(self._open.count(end) > 1 for end in ends) or len(self._open) > _DEEPEST:
            raise EndlessError(name)
        self._open += ends
        self._values_left -= 1
        try:
            return self._value(self._merged(nodes, turn), name, turn)
        finally:
            del self._open[len(self._open) - len(ends) :]

    def _merged(self, nodes: list[Node], turn: int) -> _Merged:
        merged = _Merged([], {})
        for node in nodes:
            self._add(merged, node.resolved(), turn, as_base=False)
        return merged

    def _add(self, merged: _Merged, node: Node, turn: int, *, as_base: bool) -> None:
        if not isinstance(node.value, dict):
            return
        heirs = [] if as_base else list(heirs_of(node))
        if heirs:
            tag, heir = heirs[turn % len(heirs)]
            merged.tags[node.value["discriminator"]["propertyName"]] = tag
            if heir.uri != node.uri:
                self._add(merged, heir, turn, as_base=True)
                return
        merged.parts.append(node)
        for _, part in node.children("allOf"):
            base = part.resolved()
            merged.tags.update(
                (base.value["discriminator"]["propertyName"], tag)
                for tag, heir in heirs_of(base)
                if heir.uri == node.uri
                and base.value["discriminator"]["propertyName"] not in merged.tags
            )
            self._add(merged, base, turn, as_base=True)
        for keyword in ("oneOf", "anyOf"):
            variants = list(node.children(keyword))
            if variants:
                chosen = variants[turn % len(variants)][1]
                self._note_tag(merged, node, chosen)
                self._add(merged, chosen.resolved(), turn, as_base=True)

    def _note_tag(self, merged: _Merged, node: Node, chosen: Node) -> None:
        discriminator = node.get("discriminator")
        if not isinstance(discriminator, dict):
            return
        heir = chosen.resolved()
        tags = [tag for tag, one in _mapped(node) if one.uri == heir.uri]
        tag = tags[0] if tags else heir.uri.rpartition("/")[2]
        merged.tags[discriminator["propertyName"]] = tag

    def _value(self, merged: _Merged, name: str, turn: int) -> Any:
        if merged.nullable and self._nulls:
            return None
        if (constant := merged.first("const")) is not None:
            return constant
        if enum := merged.first("enum"):
            return enum[turn % len(enum)]
        kinds = [kind for kind in merged.types if kind != "null"]
        match kinds[turn % len(kinds)] if kinds else "":
            case "string":
                return _text(merged, name, turn)
            case "integer":
                return _integer(merged, turn)
            case "number":
                return _number(merged, turn)
            case "boolean":
                return turn % 2 == 0
            case "array":
                return self._array(merged, name, turn)
            case "object":
                return self._object(merged, turn)
            case _:
                if "null" in merged.types:
                    return None
                if merged.first("format") in {"int32", "int64"}:
                    return _integer(merged, turn)
                return _anything(name, turn)

    def _array(self, merged: _Merged, name: str, turn: int) -> list[Any]:
        least, most = merged.first("minItems") or 0, merged.first("maxItems")
        wanted = max(least, 2 if self._full else 0)
        wanted = wanted if most is None else min(wanted, most)
        items = merged.nodes("items") or [made({})]
        found: list[Any] = []
        for index in range(wanted + (8 if merged.first("uniqueItems") else 0)):
            if len(found) == wanted:
                break
            try:
                value = self._of(items, f"{name}{index}", turn + index)
            except EndlessError:
                if len(found) >= least:
                    break
                raise
            if value not in found or not merged.first("uniqueItems"):
                found.append(value)
        return found

    def _object(self, merged: _Merged, turn: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        required = {name for part in merged.parts for name in part.get("required") or ()}
        declared: dict[str, list[Node]] = {}
        for part in merged.parts:
            for name, node in part.children("properties"):
                declared.setdefault(name, []).append(node)
        for name, nodes in declared.items():
            if name in merged.tags:
                found[name] = merged.tags[name]
                continue
            if any(node.get(self._unwanted) for node in nodes):
                continue
            if name not in required and not self._full:
                continue
            try:
                found[name] = self._of(nodes, name, turn)
            except EndlessError:
                if name in required:
                    raise
        found.update((tag, value) for tag, value in merged.tags.items() if tag not in found)
        self._extend(merged, found, declared, turn)
        found.update(
            (name, _anything(name, turn))
            for name in sorted(required - found.keys() - declared.keys())
        )
        return found

    def _extend(
        self, merged: _Merged, found: dict[str, Any], declared: dict[str, Any], turn: int
    ) -> None:
        """Add properties that have no names, where the schema is about them."""
        extras = [node for node in merged.nodes("additionalProperties") if node.value is not False]
        typed = [node for node in extras if isinstance(node.value, dict)]
        closed = len(extras) < len(merged.nodes("additionalProperties"))
        patterns = [
            (key, node[key]) for node in merged.nodes("patternProperties") for key in node.value
        ]
        least = merged.first("minProperties") or 0
        wanted = 2 if self._full and not closed and (typed or not declared) else 0
        for index in range(max(wanted, least - len(found))):
            name = ["key one", "a.b/ü", "type", "c", "d", "e"][index % 6]
            if name in declared:
                continue
            matching = [one for pattern, one in patterns if re.search(pattern, name)]
            try:
                found[name] = self._of(typed or matching or [made({})], name, turn + index)
            except EndlessError:
                return


def _mapped(node: Node) -> Iterator[tuple[str, Node]]:
    for tag, target in (node.value["discriminator"].get("mapping") or {}).items():
        is_name = "/" not in target and "#" not in target
        yield tag, node.target(f"#/components/schemas/{target}" if is_name else target)


def heirs_of(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the tag of each schema that a base tells apart, and the schema."""
    discriminator = node.get("discriminator")
    if isinstance(discriminator, str):
        # Swagger 2.0: the value is the name of the definition.
        yield node.uri.rpartition("/")[2], node
        yield from ((_name(heir), heir) for heir in _children(node))
    elif isinstance(discriminator, dict) and not {"oneOf", "anyOf"} & node.value.keys():
        mapped = list(_mapped(node))
        yield from mapped
        known = {heir.uri for _, heir in mapped}
        yield from ((_name(heir), heir) for heir in _children(node) if heir.uri not in known)


def _name(node: Node) -> str:
    return node.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _children(node: Node) -> tuple[Node, ...]:
    return _children_by_base(node.file).get(node.pointer, ())


@cache
def _children_by_base(file: str) -> dict[str, tuple[Node, ...]]:
    root = Node(file, "", None).root
    found: dict[str, tuple[Node, ...]] = {}
    is_3 = "components" in root
    place, kind = (root["components"], "schemas") if is_3 else (root, "definitions")
    for _, schema in place.children(kind):
        for _, part in schema.children("allOf"):
            if "$ref" in part:
                base = part.resolved()
                found[base.pointer] = (*found.get(base.pointer, ()), schema)
    return found


def turns_for(schema: Node) -> int:
    """Return how many turns it takes to see each alternative of a schema, within reason."""
    seen: set[str] = set()
    waiting = [schema]
    most = 2
    while waiting:
        node = waiting.pop().resolved()
        if node.uri in seen or not isinstance(node.value, dict):
            continue
        seen.add(node.uri)
        most = max(most, len(list(heirs_of(node))))
        most = max(most, *(len(node.get(keyword) or ()) for keyword in ("oneOf", "anyOf")))
        for keyword in ("allOf", "oneOf", "anyOf", "properties"):
            waiting += (child for _, child in node.children(keyword))
        waiting += (
            node[keyword] for keyword in ("items", "additionalProperties") if keyword in node
        )
        waiting += (heir for _, heir in heirs_of(node))
    return min(most, MOST_TURNS)


def samples(
    schema: Node, oracle: Oracle, direction: str, name: str, full: int = FULL, *partly: int
) -> Iterator[tuple[str, Any, list[str]]]:
    """Yield how each sample was made, the sample, and what the document has against it.

    Args:
        schema: Where values are wanted.
        oracle: The document.
        direction: Which way the values go.
        name: What texts begin with.
        full: How many values of a full sample are full.
        partly: More samples are wanted, of which only so many values are full.
    """
    seen: list[Any] = []
    turns = turns_for(schema)
    makers = {f"full {turn}": Sampler(direction, full=full, turn=turn) for turn in range(turns)}
    makers["nulls"] = Sampler(direction, full=full, turn=0, nulls=True)
    makers["bare"] = Sampler(direction, full=0, turn=0)
    makers |= {
        f"{some} full {turn}": Sampler(direction, full=some, turn=turn)
        for some in partly
        for turn in range(min(turns, 2))
    }
    for how, maker in makers.items():
        try:
            value = maker.sample(schema, name)
        except EndlessError:
            continue
        if value not in seen:
            seen.append(value)
            yield how, value, oracle.problems(schema, value, direction)


def _anything(name: str, turn: int) -> Any:
    values = [{"a": [1, "x", None, {"b": 1.5}]}, f"{name} {_AWKWARD}", 7, [True, None]]
    return values[turn % len(values)]


def _integer(merged: _Merged, turn: int) -> int:
    low, high = merged.first("minimum"), merged.first("maximum")
    # 2**53 + 1 is the first that a float cannot hold.
    wanted = [2**53 + 1, -7, 0] if merged.first("format") == "int64" else [2**31 - 1, -7, 0]
    value = wanted[turn % 3]
    value = (
        value if low is None else max(value, int(low) + (merged.first("exclusiveMinimum") is True))
    )
    value = (
        value
        if high is None
        else min(value, int(high) - (merged.first("exclusiveMaximum") is True))
    )
    step = merged.first("multipleOf")
    return value - value % int(step) if step else value


def _number(merged: _Merged, turn: int) -> float:
    low, high = merged.first("minimum"), merged.first("maximum")
    value: float = [0.1, 3, -1.5e300][turn % 3]
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def _text(merged: _Merged, name: str, turn: int) -> str:
    least, most = merged.first("minLength") or 0, merged.first("maxLength")
    if (pattern := merged.first("pattern")) and is_of_python(pattern):
        return _matching(pattern, least, most)
    if known := _TEXTS.get(merged.first("format") or ""):
        return known[turn % len(known)]
    text = f"{name} {_AWKWARD}" if turn % 2 == 0 else f"{name}-{turn}"
    text = text if most is None else text[:most]
    return text.ljust(least, "x")


@cache
def _matching(pattern: str, least: int, most: int | None) -> str:
    """Return a text that matches, as short and simple as may be."""

    def fits(text: str) -> bool:
        return least <= len(text) and (most is None or len(text) <= most) and bool(text.strip())

    phases = (Phase.generate, Phase.shrink)
    quiet = settings(database=None, max_examples=5000, derandomize=True, phases=phases)
    strategy = st.from_regex(re.compile(pattern), fullmatch=pattern[:1] != "^")
    return str(find(strategy, fits, settings=quiet))

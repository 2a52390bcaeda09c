"""What a schema is put together from: allOf taken apart, and where alternatives hide in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from vcgen.building.context import Context, component_of
from vcgen.building.descent import deepest_first
from vcgen.building.openapi import (
    ANYTHING,
    DataType,
    Node,
    Reference,
    Schema,
    extension,
    is_never,
    is_shapeless,
    schema_types,
)
from vcgen.text import labels
from vcgen.text.pointers import escaped

Part = tuple[Node, str]

# What says which properties an object has beside those that it names.
OPEN_KEYWORDS = (
    *("additionalProperties", "patternProperties", "unevaluatedProperties"),
    *("dependentSchemas", "schema_if", "then", "schema_else"),
)
# What says which properties an object has.
OBJECT_KEYWORDS = ("properties", *OPEN_KEYWORDS)

# Patterns that every name matches: how TypeBox writes a map.
_ANY_NAME = frozenset({"", "^", ".*", "^.*", "^.*$", "^(.*)$"})


def alternatives_of(schema: Schema) -> str:
    """Return the keyword by which a schema lists alternatives, "" where these only limit it."""
    for keyword in ("oneOf", "anyOf"):
        variants: list[Node] | None = getattr(schema, keyword)
        if variants and not all(map(is_shapeless, variants)):
            return keyword
    return ""


def gathered(schema: Schema) -> Schema:
    """Return a list of alternatives which are but values as the enumeration that it is."""
    variants = schema.oneOf or schema.anyOf or []
    if schema.properties or schema.allOf or not variants:
        return schema
    values: list[Any] = []
    docs: list[str] = []
    titles: list[str] = []
    for variant in variants:
        if isinstance(variant, Reference) or not _values_of(variant):
            return schema
        listed = _values_of(variant)
        values += listed
        # What is said of several values is said of none of them.
        title = (variant.title or "") if len(listed) == 1 else ""
        docs += [(variant.description or title) if len(listed) == 1 else ""] * len(listed)
        titles += [title] * len(listed)
    found = schema.without("oneOf", "anyOf").changed(enum=values)
    found.extra["x-enum-descriptions"] = docs
    found.extra.setdefault("x-enum-varnames", titles)
    return found


def _values_of(schema: Schema) -> list[Any]:
    if schema.enum is not None:
        return schema.enum
    return [schema.const] if "const" in schema.given else []


def variants_of(schema: Schema, keyword: str, pointer: str) -> list[Part]:
    """Return the alternatives of a schema that a value can be, with their places."""
    variants: list[Node] = getattr(schema, keyword)
    places = [(variant, f"{pointer}/{keyword}/{index}") for index, variant in enumerate(variants)]
    return [(variant, at) for variant, at in places if not is_never(variant)]


def label_of(variants: Sequence[Node], index: int) -> str:
    """Return what tells an alternative from the others, "" for one that has but null beside it.

    That is the text that a property of it alone has, its title, or what it extends; else its
    number, which changes where an alternative is added in front of it.
    """
    others = [one for at, one in enumerate(variants) if at != index]
    if others and all(map(is_null, others)):
        return ""
    texts = _texts_of(variants[index])
    return labels.label_of(texts, map(_texts_of, others)) or str(index + 1)


def _texts_of(node: Node) -> list[str]:
    """Return the texts that may tell an alternative apart: of properties, its title, its bases."""
    if not isinstance(node, Schema):
        return []
    bases = [one.ref for one in node.allOf or [] if isinstance(one, Reference)]
    texts = [*map(_fixed_text, (node.properties or {}).values()), node.title or ""]
    return [*filter(None, texts), *(component_of(reference)[1] for reference in bases)]


def _fixed_text(node: Node) -> str:
    """Return the only text that a schema admits, or ""."""
    values = _values_of(node) if isinstance(node, Schema) else []
    return values[0] if len(values) == 1 and isinstance(values[0], str) else ""


def is_null(node: Node) -> bool:
    """Tell whether an alternative is null alone; some write `nullable` for it, and nothing else."""
    if not isinstance(node, Schema):
        return False
    is_bare = is_shapeless(node) and extension(node, "nullable") is True
    return is_bare or schema_types(node) == [DataType.NULL]


def is_nullable(schema: Schema) -> bool:
    """Tell whether null is a value of the schema (`nullable` in 3.0, a type in 3.1)."""
    has_null = schema.enum is not None and None in schema.enum
    return (
        extension(schema, "nullable") is True or DataType.NULL in schema_types(schema) or has_null
    )


def only_reference(schema: Schema) -> Reference | None:
    """Return what a schema refers to by `allOf`, if it says no more of the values than that."""
    parts = schema.allOf or []
    if len(parts) != 1 or schema.required or not is_shapeless(schema.without("allOf")):
        return None
    return parts[0] if isinstance(parts[0], Reference) else None


class Parts:
    """Takes the schemas of a document apart."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._have_alternatives: dict[str, bool] = {}

    def of(self, node: Node, pointer: str, above: tuple[str, ...] = ()) -> Iterator[Part]:
        """Yield the parts of a schema: none of them has an allOf.

        A reference is a part by itself, but for one to a schema with alternatives: what stands
        beside it belongs to each of these. `above` holds the schemas that are being taken apart.
        """
        # A list of what waits instead of recursion, and of each how many schemas are around it.
        way = dict.fromkeys(above)
        waiting: list[tuple[Node, str, int]] = [(node, pointer, len(way))]
        while waiting:
            node, pointer, depth = waiting.pop()
            while len(way) > depth:
                way.popitem()
            if isinstance(node, Reference):
                target, at = self._context.resolve_part((node, pointer))
                if at not in way and self._has_alternatives(target, at):
                    waiting.append((target, at, depth))
                else:
                    yield node, pointer
                continue
            way[pointer] = None
            yield self._alone(node, pointer, way), pointer
            parts = [(one, f"{pointer}/allOf/{i}") for i, one in enumerate(node.allOf or [])]
            waiting += [(one, at, len(way)) for one, at in reversed(parts)]

    def _alone(self, node: Schema, pointer: str, way: Container[str]) -> Schema:
        """Return what a schema says without its allOf."""
        keyword = alternatives_of(node)
        variants = variants_of(node, keyword, pointer) if keyword else []
        # An alternative that has this schema for its base takes what all of them share.
        if any(self._context.resolve_part(one)[1] in way for one in variants):
            return node.without(keyword, "discriminator", "allOf")
        return node.without("allOf")

    def _has_alternatives(self, schema: Schema, pointer: str) -> bool:
        if pointer not in self._have_alternatives:
            places = {pointer: schema}

            def bases(at: str) -> list[str]:
                parts = enumerate(places[at].allOf or [])
                found = [self._context.resolve_part((one, f"{at}/allOf/{i}")) for i, one in parts]
                places.update((at, one) for one, at in found)
                return [at for _, at in found]

            # The bases first: those that extend them ask for them.
            for at in deepest_first(pointer, bases):
                if at not in self._have_alternatives:
                    self._have_alternatives[at] = self._lists_any(places[at], at)
        return self._have_alternatives[pointer]

    def _lists_any(self, schema: Schema, pointer: str) -> bool:
        self._have_alternatives[pointer] = False  # should it lead back to itself
        parts = list(self.of(schema, pointer))
        del self._have_alternatives[pointer]
        return any(
            isinstance(part, Schema) and alternatives_of(gathered(part)) for part, _ in parts
        )


def declared(context: Context, parts: Iterable[Part]) -> dict[str, tuple[Node, bool]]:
    """Return the properties of parts and all their bases, and whether each is required."""
    found: dict[str, Node] = {}
    required: set[str] = set()
    for part, _ in unfolded(context, parts):
        found.update(part.properties or {})
        required.update(part.required or [])
    return {name: (node, name in required) for name, node in found.items()}


def others_of(schema: Schema, pointer: str) -> list[Part]:
    """Return the schemas of the properties that a schema does not declare as its own.

    There are none where it does not say that there may be any. One that stands for a pattern that
    not all names match, or that only some values have, is of no type: others can be anything.
    """
    extra, rest = schema.additionalProperties, schema.unevaluatedProperties
    at, patterns = f"{pointer}/patternProperties", schema.patternProperties or {}
    stated = [(one, f"{at}/{escaped(key)}") for key, one in patterns.items()]
    if isinstance(extra, Schema | Reference):
        return [(extra, f"{pointer}/additionalProperties"), *stated]
    is_closed = extra is False or (rest is not None and is_never(rest))
    if stated and (is_closed or not _ANY_NAME.isdisjoint(patterns)):
        return stated
    if rest is not None and not patterns and not is_closed:
        return [(rest, f"{pointer}/unevaluatedProperties")]
    sometimes = [schema.then, schema.schema_else, *(schema.dependentSchemas or {}).values()]
    is_open = extra is True or rest is not None or patterns or any(map(_declares, sometimes))
    return [(ANYTHING, pointer)] if is_open and not is_closed else []


def _declares(node: Node | None) -> bool:
    """Tell whether a schema declares properties by itself, or may by a reference."""
    return isinstance(node, Reference) or (node is not None and bool(node.properties))


def keeps_others(context: Context, parts: Iterable[Part]) -> bool:
    """Tell whether parts or their bases say that there may be what they do not declare."""
    return any(others_of(part, at) for part, at in unfolded(context, parts))


def takes_any_property(context: Context, parts: Iterable[Part]) -> bool:
    """Tell whether parts or their bases say that properties of any name and value are valid."""
    said = [part.additionalProperties for part, _ in unfolded(context, parts)]
    found = [one for one in said if one is not None]
    return bool(found) and all(
        one is True
        or (
            isinstance(one, Schema | Reference) and is_shapeless(context.resolve_part((one, ""))[0])
        )
        for one in found
    )


def unfolded(context: Context, parts: Iterable[Part]) -> Iterator[tuple[Schema, str]]:
    """Yield parts and all their bases, each once."""
    seen: set[str] = set()
    waiting = deque(parts)
    while waiting:
        part, at = context.resolve_part(waiting.popleft())
        if at not in seen:
            seen.add(at)
            yield part, at
            waiting += [(one, f"{at}/allOf/{i}") for i, one in enumerate(part.allOf or [])]


def once(parts: Iterable[Part]) -> list[Part]:
    """Return the parts, each once."""
    found = {node.ref if isinstance(node, Reference) else at: (node, at) for node, at in parts}
    return list(found.values())


def required_of(parts: Iterable[Part]) -> set[str]:
    """Return the properties that the parts require by themselves."""
    schemas = (part for part, _ in parts if isinstance(part, Schema))
    return {name for schema in schemas for name in schema.required or []}


def has_properties(schema: Schema) -> bool:
    """Tell whether a schema names properties that an object may have."""
    properties = schema.properties or {}
    return bool(properties) and not all(map(is_never, properties.values()))


def is_deprecated(parts: Iterable[Part]) -> bool:
    """Tell whether the parts call the whole deprecated by themselves."""
    return any(isinstance(part, Schema) and part.deprecated for part, _ in parts)


def is_plain_object(schema: Schema) -> bool:
    """Tell whether a schema says nothing but what properties an object has."""
    rest = schema.without("type", *OBJECT_KEYWORDS)
    kinds = {*schema_types(schema)} - {DataType.NULL}
    return is_shapeless(rest) and kinds <= {DataType.OBJECT}


def property_pointer(pointer: str, name: str) -> str:
    """Return the place of a property of the schema at `pointer`."""
    return f"{pointer}/properties/{escaped(name)}"

"""Limits: which values a schema admits beside their type, at every place inside them.

They are found by keyword: those of the items of an array as `items.maxLength`, those of the values
of a map as `values.maxLength`. What keywords say about objects that become classes belongs to
these, and is not repeated where they are used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.enums import is_class
from vcgen.building.openapi import DataType, Declared, Node, Reference, Schema, schema_types
from vcgen.building.subschemas import alternatives_of, has_properties
from vcgen.text.keywords import NAMED
from vcgen.text.numbers import whole

Limits = dict[str, Any]
T = TypeVar("T")

_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_PLAIN = (*_UPPER, *_LOWER, "multipleOf", "pattern", "uniqueItems", "format")
_ORDER = (
    *("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", "minLength"),
    *("maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "minProperties"),
    "maxProperties",
)
_PLACES = {keyword: index for index, keyword in enumerate(_ORDER)}
# A lower bound that everything reaches.
_COUNTS = frozenset({"minLength", "minItems", "minProperties", "minContains"})
# What is compared as a whole: keyword, and the field of the model that holds it.
_WHOLE = {
    "not": "schema_not",
    "if": "schema_if",
    "then": "then",
    "else": "schema_else",
    "dependentSchemas": "dependentSchemas",
    "patternProperties": "patternProperties",
    "propertyNames": "propertyNames",
    "unevaluatedProperties": "unevaluatedProperties",
    "unevaluatedItems": "unevaluatedItems",
    "prefixItems": "prefixItems",
    "contains": "contains",
}
# What a schema says its limits with, by the names of the fields.
_LIMITING = frozenset({*_PLAIN, *_WHOLE.values(), "dependentRequired", "schema_format"}) | {
    *("additionalProperties", "items", "oneOf", "anyOf", "enum", "const")
}
# The bounds that formats of numbers are.
_INTEGERS = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
# Formats that are types of their own, or say nothing of which texts are valid.
_NO_LIMITS = frozenset({"date-time", "date", "time", "duration", "uuid", "byte", "decimal"}) | {
    *("binary", "password", "string", "text", "number", "integer", "float", "double")
}
_KINDS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"maxLength", "minLength", "pattern", "format"}),
    "number": frozenset(
        {"maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "multipleOf"}
    ),
    "array": frozenset({"items", "maxItems", "minItems", "uniqueItems", "prefixItems", "contains"})
    | {"maxContains", "minContains", "unevaluatedItems"},
    "object": frozenset({"values", "maxProperties", "minProperties", "propertyNames"})
    | {"dependentRequired", "dependentSchemas", "patternProperties", "unevaluatedProperties"},
}
_OWN = frozenset().union(*_KINDS.values())
# What no value depends on.
_WORDS = frozenset(
    {"title", "description", "default", "deprecated", "examples", "example", "xml", "externalDocs"}
)
# Lists whose order says nothing.
_SETS = frozenset({"enum", "required", "type", "allOf", "anyOf", "oneOf"})
# Beyond this, what a schema says stands for itself by a digest.
_LONGEST_TEXT = 200


class Limiting:
    """Finds the limits of schemas."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, Limits] = {}
        self._spelt: dict[str, str] = {}
        self._kinds_of: dict[str, frozenset[str]] = {}

    def of(self, node: Node) -> Limits:
        """Return the limits of the values of a schema, where it is used."""
        if not self._context.options.tells_limits:
            return {}
        if isinstance(node, Reference):
            return _both(_plain(node.extra), self._of_target(node))
        if self._makes_class(node):
            return {}
        found = self.own(node)
        for part in node.allOf or []:
            found = _both(found, self.of(part))
        return found

    def own(self, schema: Schema) -> Limits:
        """Return what a schema says by itself, the parts of allOf aside."""
        given = schema.given
        # Most say nothing but their type.
        if not self._context.options.tells_limits or _LIMITING.isdisjoint(given):
            return {}
        said = {name: getattr(schema, name) for name in _PLAIN if name in given}
        found = _plain({**said, "format": schema.schema_format})
        found |= {
            keyword: self.text(value)
            for keyword, name in _WHOLE.items()
            if (value := getattr(schema, name)) is not None
        }
        if needed := schema.dependentRequired:
            found["dependentRequired"] = json.dumps({k: sorted(needed[k]) for k in sorted(needed)})
        found |= self._inside(schema)
        for keyword in ("oneOf", "anyOf"):
            found |= self._alternatives(schema, keyword)
        return found | self._values(schema)

    def _of_target(self, reference: Reference) -> Limits:
        target, at = self._context.resolve_part((reference, reference.ref))
        return self._of_component(self._known, at, {}, lambda: self.of(target))

    def _of_component(self, known: dict[str, T], at: str, within: T, find: Callable[[], T]) -> T:
        """Return what was found out about a component, which may lead back to itself.

        Args:
            known: What is known about others.
            at: The place of the component.
            within: What counts inside the component, where it does.
            find: Finds it out.
        """

        def begin() -> None:
            known[at] = within

        def step() -> None:
            begin()
            try:
                known[at] = find()
            except BaseException:
                del known[at]
                raise

        if at not in known:
            self._context.descent.into(step, begin)
        return known[at]

    def _makes_class(self, schema: Schema) -> bool:
        """Tell whether the objects of a schema become a class, which has its limits."""
        parts = schema.allOf
        if not parts:
            return has_properties(schema)
        inline = any(isinstance(part, Schema) and self._makes_class(part) for part in parts)
        return has_properties(schema) or inline or sum(map(self._is_object, parts)) > 1

    def _is_object(self, node: Node) -> bool:
        return isinstance(node, Reference) and "object" in self._kinds(node)

    def _inside(self, schema: Schema) -> Limits:
        """Return the limits of the items of an array, and of the values of a map."""
        inside = {"values": schema.additionalProperties}
        if schema.prefixItems is None:
            inside["items"] = schema.items
        return {
            f"{place}.{keyword}": limit
            for place, node in inside.items()
            if isinstance(node, Schema | Reference)
            for keyword, limit in self.of(node).items()
        }

    def _values(self, schema: Schema) -> Limits:
        """Return the values that a schema lists, where no class does so."""
        has_const = "const" in schema.given
        if schema.enum is None and not has_const:
            return {}
        values = schema.enum if schema.enum is not None else [schema.const]
        values = [value for value in values if value is not None]
        if not values or is_class(values):
            return {}
        return {"enum": tuple(sorted(json.dumps(value, sort_keys=True) for value in values))}

    def _alternatives(self, schema: Schema, keyword: str) -> Limits:
        """Return what limits the values of every alternative, by what kind of JSON they are."""
        variants: list[Node] = getattr(schema, keyword) or []
        if not variants:
            return {}
        if alternatives_of(schema) != keyword:
            return {keyword: self.text(_sorted(self._plain_of(variants)))}
        found: Limits = {}
        listed = [one for one in variants if not self._lists_values(one)]
        limits = [(self._kinds(one), self.of(one)) for one in listed]
        for kind in _KINDS:
            ones = [_of_kind(limit, kind) for kinds, limit in limits if kind in kinds]
            if ones and all(one == ones[0] for one in ones):
                found = _both(found, ones[0])
            elif ones and all(ones):
                texts = sorted(json.dumps(one, sort_keys=True, default=str) for one in ones)
                found[f"{keyword} ({kind})"] = " or ".join(texts)
        return found

    def _lists_values(self, node: Node) -> bool:
        schema, _ = self._context.resolve_part((node, ""))
        return schema.enum is not None or "const" in schema.given

    def _kinds(self, node: Node) -> frozenset[str]:
        """Return which kinds of JSON values may be valid; in doubt, all of them."""
        schema, at = self._context.resolve_part((node, ""))
        if isinstance(node, Reference):
            everything = frozenset(_KINDS)
            return self._of_component(self._kinds_of, at, everything, lambda: self._kinds(schema))
        stated = {*schema_types(schema)}
        if stated:
            numbers = {"number"} if stated & {DataType.INTEGER, DataType.NUMBER} else set[str]()
            return frozenset({one.value for one in stated} & _KINDS.keys()) | numbers
        if schema.properties or schema.additionalProperties is not None:
            return frozenset({"object"})
        if schema.items is not None or schema.prefixItems is not None:
            return frozenset({"array"})
        found = frozenset(_KINDS)
        for part in schema.allOf or []:
            found &= self._kinds(part)
        variants = schema.oneOf or schema.anyOf or []
        kinds = [self._kinds(one) for one in variants]
        return found & frozenset[str]().union(*kinds) if kinds else found

    def text(self, value: object) -> str:
        """Return what says of schemas all that values depend on, whatever components are called."""
        return json.dumps(self._plain_of(value), sort_keys=True, ensure_ascii=False, default=str)

    def digest(self, node: Node) -> str:
        """Return what is the same for schemas of the same values."""
        return _hashed(self.text(node))

    def _plain_of(self, value: object, is_named: bool = False) -> object:
        """Return a part of the document without words for readers, and without references."""
        if isinstance(value, Reference):
            return self._target_text(value)
        if isinstance(value, Schema):
            return dict(self._said(value))
        if isinstance(value, list):
            return [self._plain_of(one) for one in value]
        if isinstance(value, Mapping):
            kept = {k: v for k, v in value.items() if is_named or k not in _WORDS}
            return {str(key): self._plain_of(one) for key, one in kept.items()}
        return value

    def _said(self, schema: Schema) -> Iterator[tuple[str, object]]:
        for keyword, value in (schema.said | schema.extra).items():
            is_said = keyword not in _WORDS and not keyword.startswith("x-")
            if is_said and isinstance(value, Schema | Reference):
                yield keyword, self._plain_of(value)
            elif is_said and value is not None and not isinstance(value, Declared):
                plain = self._plain_of(value, keyword in NAMED)
                yield keyword, _sorted(plain) if keyword in _SETS else plain

    def _target_text(self, reference: Reference) -> str:
        target, at = self._context.resolve_part((reference, reference.ref))
        return self._of_component(self._spelt, at, "itself", lambda: _shortened(self.text(target)))


def _sorted(values: object) -> object:
    """Return a list in an order that does not depend on the document's."""
    return sorted(values, key=_spelt) if isinstance(values, list) else values


def _spelt(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _shortened(text: str) -> str:
    """Return a text, or its digest: a text within a text within a text doubles its quotes."""
    return text if len(text) <= _LONGEST_TEXT else _hashed(text)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def ordered(limits: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    """Return limits in an order that does not depend on the document's."""
    if not limits:
        return ()

    def place(key: str) -> tuple[str, int, str]:
        inside, _, keyword = key.rpartition(".")
        return inside, _PLACES.get(keyword, len(_PLACES)), key

    return tuple((key, limits[key]) for key in sorted(limits, key=place))


def strictest(*several: Iterable[tuple[str, object]]) -> tuple[tuple[str, object], ...]:
    """Return limits that hold together."""
    found: Limits = {}
    for one in several:
        found = _both(found, dict(one))
    return ordered(found)


def _plain(said: Mapping[str, Any]) -> Limits:
    """Return the keywords that hold a limit each; what limits nothing is left out."""
    given = [(name, said[name]) for name in _PLAIN if name in said]
    found = {name: whole(one) for name, one in given if one is not None and one is not False}
    for bound, excluded in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        # In OpenAPI 3.0, and in documents that write 3.1 as if it was that.
        if found.get(excluded) is True:
            found.pop(excluded)
            found |= {excluded: found.pop(bound)} if bound in found else {}
    name = found.pop("format", "")
    if name in _INTEGERS:
        found = _both(found, dict(zip(("minimum", "maximum"), _INTEGERS[name], strict=True)))
    elif isinstance(name, str) and name and name not in _NO_LIMITS:
        found["format"] = name
    return {key: limit for key, limit in found.items() if limit or key not in _COUNTS}


def _both(one: Limits, other: Limits) -> Limits:
    """Return limits that hold together: the stricter of each."""
    found = dict(one)
    for key, limit in other.items():
        known = found.get(key)
        keyword = key.rpartition(".")[2]
        if known is None or known == limit:
            found[key] = limit
        elif keyword in _UPPER:
            found[key] = min(known, limit)
        elif keyword in _LOWER:
            found[key] = max(known, limit)
        else:
            found[key] = ir.Together(" and ".join(sorted({str(known), str(limit)})))
    return found


def _of_kind(limits: Limits, kind: str) -> Limits:
    """Return the limits that concern a kind of JSON values; those of all kinds concern it, too."""

    def concerns(key: str) -> bool:
        first = key.partition(".")[0]
        is_of_another = first in _OWN or first.endswith(")")
        return first in _KINDS[kind] or first.endswith(f"({kind})") or not is_of_another

    return {key: limit for key, limit in limits.items() if concerns(key)}

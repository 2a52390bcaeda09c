"""Tags: which values of a discriminator mean which schema."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from vcgen.building.context import Context, component_of, is_component
from vcgen.building.descent import deepest_first
from vcgen.building.openapi import Discriminator, Node, Reference, Schema
from vcgen.building.subschemas import (
    Part,
    alternatives_of,
    declared,
    is_null,
    unfolded,
    variants_of,
)
from vcgen.text.numbers import whole

# The values that schemas list for a property, by the places of the schemas.
_Lists = dict[str, list[str]]
# Around the schemas that are asked for.
_TOP = ""


class Tags:
    """Finds the values of discriminators."""

    def __init__(self, context: Context) -> None:
        self._context = context
        # What is known of the schemas that do not lead back to themselves, by the property.
        self._known: defaultdict[str, _Lists] = defaultdict(dict)

    def of_choice(self, variants: Sequence[Part], discriminator: Discriminator) -> dict[str, int]:
        """Return which of some alternatives each value means, by its place among them.

        That is what the discriminator maps, else the values that this alternative alone lists,
        else its name.
        """
        return self._told(
            variants, discriminator, self._lists(variants, discriminator.propertyName)
        )

    def _told(
        self, variants: Sequence[Part], discriminator: Discriminator, lists: _Lists
    ) -> dict[str, int]:
        places = [self._context.resolve_part(variant)[1] for variant in variants]
        found: dict[str, int] = {}
        for tag, target in (discriminator.mapping or {}).items():
            pointer = self._context.pointer_of(target)
            if pointer in places:
                found[tag] = places.index(pointer)
        mapped = {places[index] for index in found.values()}
        rest = [index for index, place in enumerate(places) if place not in mapped]
        name = discriminator.propertyName
        listed = [lists.get(place, []) for place in places]
        alone = _alone(listed)
        for index, values in enumerate(listed):
            # What is mapped has no other values, but as far as it is told apart itself.
            if index in rest or self._is_divided(variants[index], name):
                for value in values:
                    if value in alone:
                        found.setdefault(value, index)
        for index in rest:
            if is_component(places[index]):
                found.setdefault(component_of(places[index])[1], index)
        return found

    def of_booleans(self, variants: Sequence[Part]) -> tuple[str, dict[str, int]]:
        """Return the property that is true in one of two objects alone, and which its values mean.

        An enumeration tells its values apart by itself, a boolean does not. The name is empty if
        there is no such property.
        """
        objects = [index for index, (node, _) in enumerate(variants) if not is_null(node)]
        parts = [declared(self._context, [variants[index]]) for index in objects]
        for name in parts[0] if len(parts) == 2 else ():
            listed = [self._values(part.get(name, (None, False))[0]) for part in parts]
            if sorted(listed) == [["false"], ["true"]]:
                values = (value for [value] in listed)
                return name, dict(zip(values, objects, strict=True))
        return "", {}

    def of_family(self, base: str, discriminator: Discriminator) -> dict[str, str]:
        """Return the pointer of the schema that each value means, of those that extend a base.

        That is what the discriminator maps, else the values that this schema alone lists by
        itself, and its name.
        """
        named = self._context.subtypes(base, discriminator)
        found = {tag: at for tag, at in named.items() if tag in (discriminator.mapping or {})}
        mapped = set(found.values())
        listed: dict[str, list[str]] = {}
        for at in named.values():
            part = self._context.resolve_part((self._context.reference(at), at))
            listed[at], _ = self._own(part, discriminator.propertyName)
        alone = _alone(listed.values())
        for at, values in listed.items():
            for value in values:
                if value in alone and at not in mapped:
                    found.setdefault(value, at)
        return {**found, **{tag: at for tag, at in named.items() if tag not in found}}

    def _lists(self, variants: Sequence[Part], name: str) -> _Lists:
        """Return the values of a property that some schemas list, or the nearest bases that do.

        Of alternatives, and of what others extend, it is those of each. Of no texts, it is their
        JSON. What these schemas consist of is there, too, however deep it is; what leads back to
        itself lists nothing there.
        """
        known = self._known[name]
        parts: dict[str, Schema] = {}
        under: dict[str, list[str]] = {}
        found: _Lists = {}

        def places(nodes: Iterable[Part]) -> list[str]:
            resolved = [self._context.resolve_part(node) for node in nodes]
            parts.update((at, schema) for schema, at in resolved)
            return [at for _, at in resolved]

        def inside(at: str) -> list[str]:
            if at == _TOP:
                return places(variants)
            if at not in known and (values := self._of_itself(parts[at], at, name)):
                known[at] = values
            if at in known:
                found[at] = known[at]
                return []
            bases = self._own((parts[at], at), name)[1]
            under[at] = places([*_alternatives(parts[at], at), *bases])
            return under[at]

        for at in deepest_first(_TOP, inside):
            if at in under:
                found[at] = self._of_others(parts[at], at, name, found)
                if known.keys() >= {*under[at]}:
                    known[at] = found[at]
        return found

    def _of_itself(self, schema: Schema, at: str, name: str) -> list[str]:
        """Return the values of a property that a schema lists, or what extends it."""
        found, _ = self._own((schema, at), name)
        family = self._of_subtypes(at, name)
        return (found if len({*family.values()}) < 2 else []) or [*family]

    def _of_others(self, schema: Schema, pointer: str, name: str, lists: _Lists) -> list[str]:
        """Return the values of a property that a schema has by its alternatives, or by a base."""
        told, variants = schema.discriminator, _alternatives(schema, pointer)
        if told and told.propertyName == name:
            found = [*self._told(variants, told, lists)]
        else:
            found = _once(value for one in variants for value in self._listed(one, lists))
        _, bases = self._own((schema, pointer), name)
        return found or next(filter(None, (self._listed(one, lists) for one in bases)), [])

    def _listed(self, part: Part, lists: _Lists) -> list[str]:
        return lists.get(self._context.resolve_part(part)[1], [])

    def _own(self, part: tuple[Schema, str], name: str) -> tuple[list[str], list[Part]]:
        """Return the values that a schema itself lists for a property, and its bases."""
        pieces, bases = [part], list[Part]()
        for piece, at in pieces:  # which grows on the way
            for index, one in enumerate(piece.allOf or []):
                where = f"{at}/allOf/{index}"
                if isinstance(one, Reference):
                    bases.append((one, where))
                else:
                    pieces.append((one, where))
        lists = (self._values((piece.properties or {}).get(name)) for piece, _ in pieces)
        return min(filter(None, lists), key=len, default=list[str]()), bases

    def _of_subtypes(self, pointer: str, name: str) -> dict[str, str]:
        """Return which schema each value of a property means, of one and those that extend it."""
        base = component_of(pointer)[1] if is_component(pointer) else ""
        told = self._context.discriminator_of(base)
        return self.of_family(base, told) if told and told.propertyName == name else {}

    def _is_divided(self, part: Part, name: str) -> bool:
        """Tell whether an alternative is several classes."""
        schema, at = self._context.resolve_part(part)
        return bool(alternatives_of(schema)) or len({*self._of_subtypes(at, name).values()}) > 1

    def _values(self, node: Node | None) -> list[str]:
        """Return the values that the schema of a property lists."""
        parts = unfolded(self._context, [(node, "")] if node else [])
        values: list[Any] = next(
            (
                schema.enum if schema.enum is not None else [schema.const]
                for schema, _ in parts
                if schema.enum is not None or schema.const is not None
            ),
            list[Any](),
        )
        found = (value for value in values if isinstance(value, str | int | float | bool))
        return _once(one if isinstance(one, str) else _written(one) for one in found)


def _alternatives(schema: Schema, pointer: str) -> list[Part]:
    keyword = alternatives_of(schema)
    return variants_of(schema, keyword, pointer) if keyword else []


def _written(value: float) -> str:
    """Return the JSON of a number or boolean, without a fraction if it is whole."""
    return json.dumps(whole(value))


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _alone(listed: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the values that one schema lists, and no other."""
    count = Counter(value for values in listed for value in values)
    return frozenset(value for value, times in count.items() if times == 1)

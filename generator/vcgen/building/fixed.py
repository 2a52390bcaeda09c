"""Fixed values: properties that can have one value alone, and the tags of discriminators."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from vcgen import ir
from vcgen.building.context import Context, component_of, is_component
from vcgen.building.openapi import Discriminator, Node, Schema
from vcgen.building.registry import Registry
from vcgen.building.subschemas import alternatives_of, gathered, unfolded, variants_of
from vcgen.building.tags import Tags
from vcgen.building.unions import without_null
from vcgen.records import replace
from vcgen.text.pointers import escaped

# How long the text of a value may be that is no member: formatters do not agree on how to break a
# longer one, and there callers give it.
_LONGEST = 44


class FixedValues:
    """Finds the values that callers need not give."""

    def __init__(self, context: Context, registry: Registry) -> None:
        self._context = context
        self._registry = registry
        self._values = Tags(context)

    def of(
        self, node: Node, type_: ir.Type, default: str | None, *, is_required: bool
    ) -> ir.Member | None:
        """Return the one value of a property or parameter, None where there are others.

        An enumeration of one value may still be absent, if it is optional: then it is fixed only
        if the value is its default, too. A const says what a thing is.
        """
        schema, _ = self._context.resolve_part((node, ""))
        is_const = "const" in schema.given
        values: list[Any] = [schema.const] if is_const else list(schema.enum or [])
        definition = self._registry.enum(without_null(type_))
        if not values and definition:
            values = [one.value for one in definition.members]  # through an allOf
        if len(values) != 1 or values[0] is None or ir.NONE in type_.alternatives:
            return None
        if self._is_a_choice(node):
            return None
        [value] = values
        is_stated = default is not None and default == json.dumps(value, ensure_ascii=False)
        return self._member(type_, value) if is_required or is_const or is_stated else None

    def _is_a_choice(self, node: Node) -> bool:
        """Tell whether other values are valid than those that an enumeration lists."""
        parts = unfolded(self._context, [(node, "")])
        for part, at in ((gathered(part), at) for part, at in parts):
            keyword = alternatives_of(part)
            if keyword and len(variants_of(part, keyword, at)) > 1:
                return True
        return False

    def tagged(self, pointer: str, one: ir.Field) -> ir.Field:
        """Return a field with the value of a discriminator that means the class at a place.

        Callers give it if there are several, or none that the type has: the value that means the
        base of the class does not mean the class. So they do for the base, as what extends it
        cannot take back a default. A type that lists one value alone keeps it.
        """
        tags = self._tags.get(pointer, {}).get(one.spec_name, ())
        if not tags or one.takes_null:
            return one
        values = _values(tags)
        definition = self._registry.enum(without_null(one.type))
        is_alone = definition is not None and len(definition.members) == 1
        if one.fixed and (is_alone or one.fixed.value in values):
            return one
        places = (pointer, *self._context.extending(pointer))
        meant = [self._meant(at, one) for at in places if one.spec_name in self._tags.get(at, {})]
        fixed = meant[0] if all(meant) else None
        return one if fixed == one.fixed else replace(one, fixed=fixed, required=False)

    def _meant(self, pointer: str, one: ir.Field) -> ir.Member | None:
        """Return the only value of a discriminator that means the class at a place, if any."""
        tags = self._tags[pointer][one.spec_name]
        values = _values(tags) if len(tags) == 1 else []
        return next(filter(None, (self._member(one.type, value) for value in values)), None)

    def _member(self, type_: ir.Type, value: Any) -> ir.Member | None:
        alone = without_null(type_)
        if definition := self._registry.enum(alone):
            return next((one for one in definition.members if one.value == value), None)
        fits = alone.name == type(value).__name__ and len(repr(value)) <= _LONGEST
        return ir.Member("", value, "") if fits else None

    @cached_property
    def _tags(self) -> Mapping[str, Mapping[str, Mapping[str, None]]]:
        """The values of discriminators that mean a component, by component and property."""
        found: dict[str, dict[str, dict[str, None]]] = {}
        for name, tag, pointer in self._meanings():
            found.setdefault(pointer, {}).setdefault(name, {})[tag] = None
        return found

    def _meanings(self) -> Iterator[tuple[str, str, str]]:
        """Yield the property, the value and the schema of each tag.

        A component that is not mapped is meant by its name only if it lists no values.
        """
        for name, schema in (self._context.components.schemas or {}).items():
            told = schema.discriminator if isinstance(schema, Schema) else None
            if told is None or not isinstance(schema, Schema):
                continue
            mapped = {tag: self._context.pointer_of(at) for tag, at in (told.mapping or {}).items()}
            found = {**mapped, **self._told_by(name, schema, told)}
            count = Counter(found.values())
            for tag, at in found.items():
                is_name = tag not in mapped and is_component(at) and component_of(at)[1] == tag
                if not is_name or count[at] == 1:
                    yield told.propertyName, tag, at

    def _told_by(self, name: str, schema: Schema, told: Discriminator) -> dict[str, str]:
        """Return the schemas that the values of a component's discriminator mean."""
        keyword = alternatives_of(schema)
        if not keyword:
            return self._values.of_family(name, told)
        variants = variants_of(schema, keyword, f"#/components/schemas/{escaped(name)}")
        places = [self._context.resolve_part(one)[1] for one in variants]
        chosen = self._values.of_choice(variants, told)
        return {tag: places[index] for tag, index in chosen.items()}


def _values(tags: Iterable[str]) -> list[Any]:
    """Return what tags can be: the texts that they are, or the values that these stand for."""
    return [value for tag in tags for value in (tag, _parsed(tag))]


def _parsed(tag: str) -> Any:
    """Return the number or boolean that a tag stands for, else the tag."""
    try:
        return json.loads(tag)
    except ValueError:
        return tag

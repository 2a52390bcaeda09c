"""Alternatives (oneOf, anyOf, subtypes of a base) become unions, told apart by a tag or by fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vcgen import ir
from vcgen.building.context import Context, component_of
from vcgen.building.openapi import ANYTHING, Discriminator, Node, Reference, Schema, is_shapeless
from vcgen.building.protocol import Types
from vcgen.building.subschemas import (
    Part,
    alternatives_of,
    is_deprecated,
    is_null,
    label_of,
    variants_of,
)
from vcgen.building.tags import Tags
from vcgen.building.unions import (
    absorbed,
    is_told_apart,
    join,
    optional,
    without_none,
    without_null,
)

# Microsoft Graph has 653 at one place; with some thousands, type checkers take minutes.
_MOST = 2_000
_TOO_MANY = f"a choice of more than {_MOST:,} alternatives"
# Choices inside choices multiply, where each has something beside it.
_MOST_TOGETHER = 1_000
# A level takes about ten frames of Python's thousand.
_DEEPEST = 30
_TOO_DEEP = f"choices inside choices, more than {_DEEPEST} levels deep"
_MULTIPLIED = f"choices inside choices, together more than {_MOST_TOGETHER:,} alternatives"


class Alternatives:
    """Makes the types of alternatives."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._tags = Tags(types.context)
        # The places of the alternatives that are being put together.
        self._distributing: list[str] = []
        # How many of these there are so far.
        self._count = 0

    def distributed(
        self,
        part: tuple[Schema, str],
        beside: Sequence[Part],
        doc: str | None,
        pointer: str,
        spec_name: str,
    ) -> ir.Type:
        """Return the union of the alternatives that a part lists, each with what is beside it."""
        _, at = part
        if at in self._distributing:
            return self._types.unsupported(at, "a list of alternatives that is inside one of them")
        self._count = self._count + 1 if self._distributing else 0
        if self._count > _MOST_TOGETHER:
            return self._types.unsupported(self._distributing[0], _MULTIPLIED)
        if len(self._distributing) > _DEEPEST:
            return self._types.unsupported(self._distributing[0], _TOO_DEEP)
        self._distributing.append(at)
        try:
            return self._distributed(part, beside, doc, pointer, spec_name)
        finally:
            self._distributing.remove(at)

    def _distributed(
        self,
        part: tuple[Schema, str],
        beside: Sequence[Part],
        doc: str | None,
        pointer: str,
        spec_name: str,
    ) -> ir.Type:
        schema, at = part
        deprecated = is_deprecated([part, *beside])
        keyword = alternatives_of(schema)
        rest = schema.without(keyword, "discriminator")
        beside = [one for one in (*beside, (rest, at)) if not _is_empty(one[0])]
        for _, where in beside:
            self._types.own(where, spec_name)
        variants = variants_of(schema, keyword, at)
        if len(variants) > _MOST:
            return self._types.unsupported(at, _TOO_MANY)
        objects = [one for one in variants if _is_open_object(self._types.context, one)]
        is_several = keyword == "anyOf" and not schema.discriminator and len(objects) > 1
        types: list[ir.Type] = []
        every: list[Node] = getattr(schema, keyword)
        for variant, where in variants:
            label = label_of(every, int(where.rpartition("/")[2]))
            name = _variant_name(spec_name, variant, label)
            if is_several:
                self._types.admit_others(where)
            if is_null(variant):
                types.append(ir.NONE)
            elif beside:
                apart = self._types.parts.of(variant, where, (pointer, at))
                types.append(self._types.merged([*apart, *beside], doc, where, name))
            else:
                types.append(self._types.type_of(variant, where, name))
        tag = schema.discriminator
        return self._union(variants, types, tag, doc, deprecated, pointer, spec_name)

    def family(
        self, own: ir.Type, base: Schema, discriminator: Discriminator, pointer: str
    ) -> ir.Type:
        """Return the union of a base class and the classes that its discriminator names."""
        spec_name = component_of(pointer)[1]
        subtypes = self._tags.of_family(spec_name, discriminator)
        tags = tuple(
            ir.Tag(
                tag,
                without_null(self._types.class_of(self._types.context.reference(subtype), subtype)),
            )
            for tag, subtype in subtypes.items()
        )
        if len(tags) > _MOST:
            return self._types.unsupported(pointer, _TOO_MANY)
        alone = without_null(own)
        parts = tuple(dict.fromkeys([*(tag.type for tag in tags), alone]))
        if parts == (alone,):
            return own
        types = zip(subtypes.values(), (tag.type for tag in tags), strict=True)
        parts = _with_last(parts, self._default(discriminator, types) or alone)
        name = f"Any{self._types.class_name(spec_name, pointer)}"
        doc, deprecated = self._types.context.docs.of_class(base.description), bool(base.deprecated)
        definition = ir.UnionClass(
            name, spec_name, parts, discriminator.propertyName, tags, doc, deprecated
        )
        self._types.registry.define(definition, f"{pointer}/discriminator")
        alias = ir.Type(ir.TypeKind.CLASS, name)
        return optional(alias) if own != alone else alias

    def _union(
        self,
        variants: Sequence[Part],
        types: Sequence[ir.Type],
        discriminator: Discriminator | None,
        doc: str | None,
        deprecated: bool,
        pointer: str,
        spec_name: str,
    ) -> ir.Type:
        """Return the union of types: a plain one if the decoder can tell them apart."""
        type_ = join(types)
        parts = absorbed(without_none(type_), self._types.registry)
        if type_ == ir.ANY or not parts:
            return type_
        if len(parts) == 1 or (
            discriminator is None and is_told_apart(parts, self._types.registry)
        ):
            return join((*parts, ir.NONE)) if ir.NONE in type_.arguments else join(parts)
        if discriminator:
            property_name = discriminator.propertyName
            told = self._tags.of_choice(variants, discriminator)
        else:
            property_name, told = self._tags.of_booleans(variants)
        meant = ((tag, without_null(types[index])) for tag, index in told.items())
        tags = tuple(ir.Tag(tag, one) for tag, one in meant if one != ir.NONE)
        name = self._types.class_name(spec_name, pointer)
        if discriminator:
            # A reply of a kind that is not known yet must not be lost.
            places = (self._types.context.resolve_part(variant)[1] for variant in variants)
            usual = self._default(discriminator, zip(places, types, strict=True))
            parts = _with_last(parts, usual if usual in parts else ir.ANY_MAP)
        doc = self._types.context.docs.of_class(doc)
        definition = ir.UnionClass(name, spec_name, parts, property_name, tags, doc, deprecated)
        self._types.registry.define(definition, pointer)
        alias = ir.Type(ir.TypeKind.CLASS, name)
        return optional(alias) if ir.NONE in type_.arguments else alias

    def _default(
        self, discriminator: Discriminator | None, types: Iterable[tuple[str, ir.Type]]
    ) -> ir.Type | None:
        """Return the type of any value that is not mapped (OpenAPI 3.2), given those by pointer."""
        if discriminator is None or not discriminator.defaultMapping:
            return None
        found = dict(types).get(self._types.context.pointer_of(discriminator.defaultMapping))
        return without_null(found) if found else None


def _with_last(parts: Sequence[ir.Type], last: ir.Type) -> tuple[ir.Type, ...]:
    """Return the parts of a union with the one last that values of an unknown kind are read as."""
    return (*(part for part in parts if part != last), last)


def _variant_name(spec_name: str, node: Node, label: str) -> str:
    """Return the name for the class of an alternative: its own, or what tells it apart."""
    own = component_of(node.ref)[1] if isinstance(node, Reference) else label
    return f"{spec_name}.{own}" if own else spec_name


def _is_open_object(context: Context, variant: Part) -> bool:
    """Tell whether an object may have more than an alternative declares."""
    schema, _ = context.resolve_part(variant)
    return bool(schema.properties) and schema.additionalProperties is not False


def _is_empty(node: Node) -> bool:
    if not isinstance(node, Schema) or node.required:
        return False
    # What admits every property says nothing of what is no object.
    is_open = node.additionalProperties in (True, ANYTHING)
    return is_shapeless(node.without("additionalProperties") if is_open else node)

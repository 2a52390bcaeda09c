"""Objects: properties become fields, allOf becomes inheritance or a merge, the rest become maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from vcgen import ir
from vcgen.building.clashes import settled_fields
from vcgen.building.constraints import access_of, both, facts_of
from vcgen.building.context import is_component
from vcgen.building.fixed import FixedValues
from vcgen.building.limits import strictest
from vcgen.building.openapi import (
    ANYTHING,
    Node,
    Reference,
    Schema,
    is_never,
    is_shapeless,
)
from vcgen.building.protocol import Types
from vcgen.building.subschemas import (
    OBJECT_KEYWORDS,
    Part,
    alternatives_of,
    declared,
    has_properties,
    is_deprecated,
    is_nullable,
    is_plain_object,
    keeps_others,
    once,
    others_of,
    property_pointer,
    required_of,
    takes_any_property,
    unfolded,
)
from vcgen.building.unions import (
    is_told_apart,
    join,
    narrower,
    optional,
    without_none,
    without_null,
)
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text import naming


class Objects:
    """Makes the types of objects."""

    def __init__(self, types: Types) -> None:
        self._types = types
        # What the properties at some places belong to, whichever class they become part of.
        self._owners: dict[str, str] = {}
        # The places of schemas beside which others may hold at once.
        self._beside_others: set[str] = set()
        self._fixed = FixedValues(types.context, types.registry)

    def own(self, pointer: str, spec_name: str) -> None:
        """State what the properties at a place belong to; the first to say so is right."""
        self._owners.setdefault(pointer, spec_name)

    def admit_others(self, pointer: str) -> None:
        """State that an object of the schema at a place may have what others declare."""
        self._beside_others.add(pointer)

    def of(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a schema with properties or allOf."""
        parts = list(self._types.parts.of(schema, pointer))
        return self.merged(parts, schema.description, pointer, spec_name)

    def merged(
        self, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
    ) -> ir.Type:
        """Return the type of the values that are valid for every part."""
        parts = once(parts)
        for index, (part, at) in enumerate(parts):
            if isinstance(part, Schema) and alternatives_of(part):
                beside = [*parts[:index], *parts[index + 1 :]]
                return self._types.distributed((part, at), beside, doc, pointer, spec_name)
        bases = [(part, at) for part, at in parts if isinstance(part, Reference)]
        rest = [(part, at) for part, at in parts if isinstance(part, Schema)]
        if len(bases) == 1 and self._adds_nothing(bases[0], rest):
            # A component that adds nothing is its base, and not all that its base may be.
            type_ = self._types.class_of(*bases[0]) if is_component(pointer) else None
            return type_ or self._types.type_of(*bases[0], spec_name)
        types = [self._types.class_of(*base) for base in bases]
        if self._is_object(types) or any(has_properties(part) for part, _ in rest):
            self._promise(parts, doc, pointer, spec_name)
            class_ = ir.Type(ir.TypeKind.CLASS, self._types.class_name(spec_name, pointer))
            return optional(class_) if _take_null((part for part, _ in rest), types) else class_
        types += [
            self._types.type_of(*part, spec_name) for part in rest if not is_shapeless(part[0])
        ]
        return self._common(types, pointer)

    def map_of(self, schema: Schema, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of an object without properties of its own."""
        value = self._other_type(schema, pointer, spec_name, self._types.type_of)
        return ir.Type(ir.TypeKind.MAP, arguments=(value or ir.ANY,))

    def _is_object(self, types: Sequence[ir.Type]) -> bool:
        """Tell whether the values that all types have are those of an object class."""
        classes = [type_ for type_ in types if self._types.registry.is_object(without_null(type_))]
        maps = [type_ for type_ in types if without_null(type_).kind is ir.TypeKind.MAP]
        return bool(classes) and len(classes) + len(maps) == len(types)

    def _adds_nothing(
        self, base: tuple[Reference, str], rest: Sequence[tuple[Schema, str]]
    ) -> bool:
        """Tell whether the parts beside a base only repeat what it says already."""
        is_plain = all(is_plain_object(part) for part, _ in rest)
        if not is_plain or keeps_others(self._types.context, rest):
            return False
        found = declared(self._types.context, rest)
        required = required_of(rest)
        # All that a base and its own bases have takes its time to look up.
        known = declared(self._types.context, [base]) if found or required else {}
        return all(
            name in known and known[name][0] == node for name, (node, _) in found.items()
        ) and (all(known[name][1] for name in required if name in known))

    def _common(self, types: Sequence[ir.Type], pointer: str) -> ir.Type:
        """Return the type of the values that all types have."""
        common: ir.Type | None = ir.ANY
        for type_ in types:
            common = common and narrower(common, type_, self._types.registry)
        return common or self._types.unsupported(
            pointer, "allOf of types that have no value in common"
        )

    def _promise(
        self, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
    ) -> None:
        """Have the class of an object made once its bases can be."""
        name = self._types.class_name(spec_name, pointer)

        def build() -> None:
            limits = strictest(
                *(
                    self._types.limiting.own(one).items()
                    for one, _ in parts
                    if isinstance(one, Schema)
                )
            )
            head = self._types.context.docs.of_class(doc), is_deprecated(parts)
            takes_any = takes_any_property(self._types.context, parts)
            own = list(self._fields(parts, pointer, spec_name))
            bases = list(self._bases(parts))
            others = self._others(parts, pointer, spec_name)
            is_kept = others is None and self._is_kept(bases, pointer)
            others = ir.ANY if is_kept else others
            kept = others, is_kept
            hides = others is not None and self._types.hiding.hides_others(bases, parts)
            facts = (*head, *kept, limits, takes_any)
            plain = ir.Struct(name, spec_name, "", (), *facts, hides_others=hides)
            struct = self._assemble(plain, bases, own, parts, pointer)
            self._refuse_undecodable(struct, pointer)
            self._types.registry.define(struct, pointer)

        self._types.registry.promise(name, pointer, build)

    def _bases(self, parts: Sequence[Part]) -> Iterator[ir.Struct]:
        for part, at in parts:
            if isinstance(part, Schema):
                if not is_plain_object(part):
                    rest = part.without(*OBJECT_KEYWORDS)
                    self._refuse_mixture(without_null(self._types.type_of(rest, at, at)), at)
                continue
            type_ = without_null(self._types.class_of(part, at))
            if struct := self._types.registry.struct(type_):
                yield struct
            elif self._types.registry.is_object(type_):
                # If there is a class of that name, it is another's, and the clash is refused.
                if self._types.registry.get(type_.name) is None:
                    self._types.unsupported(at, "a schema that extends itself")
            else:
                self._refuse_mixture(type_, at)

    def _refuse_mixture(self, type_: ir.Type, pointer: str) -> None:
        """Refuse what says of an object that it is something else."""
        if type_ != ir.ANY and type_.kind is not ir.TypeKind.MAP:
            self._types.unsupported(pointer, "allOf of an object and something else")

    def _is_kept(self, bases: Iterable[ir.Struct], pointer: str) -> bool:
        """Tell whether a class keeps what it does not know, so that it can be sent back."""
        return self._types.context.is_kept(pointer) or any(base.is_kept for base in bases)

    def _others(self, parts: Sequence[Part], pointer: str, spec_name: str) -> ir.Type | None:
        """Return the type of the properties that no part declares, None where none are meant."""
        types: list[ir.Type] = []
        for part, at in parts:
            if isinstance(part, Reference):
                type_ = without_null(self._types.class_of(part, at))
                struct = self._types.registry.struct(type_)
                types += type_.arguments if type_.kind is ir.TypeKind.MAP else ()
                types += [struct.others] if struct and struct.others and not struct.is_kept else []
            elif other := self._other_type(part, at, spec_name, self._types.type_at):
                types.append(other)
        types += [ir.ANY] if pointer in self._beside_others and not types else []
        return self._common(types, pointer) if types else None

    def _other_type(
        self,
        schema: Schema,
        pointer: str,
        spec_name: str,
        type_of: Callable[[Node, str, str], ir.Type],
    ) -> ir.Type | None:
        """Return the type of the properties that a schema does not declare, None for none.

        It is that of anything where the decoder could not tell what their names tell apart.
        """
        types = [
            ir.ANY if node is ANYTHING else type_of(node, at, f"{spec_name}.value")
            for node, at in others_of(schema, pointer)
        ]
        joined = join(types)
        is_told = is_told_apart(without_none(joined), self._types.registry)
        return (joined if is_told else ir.ANY) if types else None

    def _fields(self, parts: Sequence[Part], pointer: str, spec_name: str) -> Iterator[ir.Field]:
        """Yield the fields of the properties that the parts of a class declare by themselves."""
        listed, is_sent = required_of(parts), self._types.context.is_sent(pointer)
        for schema, place in parts:
            properties = schema.properties if isinstance(schema, Schema) else None
            for spec_field, node in (properties or {}).items():
                at = property_pointer(place, spec_field)
                owner = self._owners.get(place, spec_name)
                type_ = self._types.type_at(node, at, f"{owner}.{spec_field}")
                is_listed = spec_field in listed
                access = access_of(self._types.context, node)
                facts = facts_of(self._types.context, self._types.limiting, node, type_)
                fixed = self._fixed.of(node, type_, facts["default"], is_required=is_listed)
                fixed = fixed if is_sent and access != "read" else None
                required = is_listed and not fixed and not _is_left_out(access, is_sent=is_sent)
                may_lack = not (required or fixed or (is_sent and is_listed))
                yield ir.Field(
                    naming.field_name(spec_field),
                    spec_field,
                    optional(type_) if may_lack else type_,  # as `_tightened` would have it
                    required,
                    self._types.context.docs.of_value(node.description),
                    takes_null=ir.NONE in (type_, *type_.arguments) or type_ == ir.ANY,
                    access=access,
                    is_listed=is_listed,
                    is_sent=is_sent,
                    fixed=fixed,
                    is_secret=self._types.hiding.is_secret(node),
                    **facts,
                )

    def _assemble(
        self,
        struct: ir.Struct,
        bases: list[ir.Struct],
        own: list[ir.Field],
        parts: Sequence[Part],
        pointer: str,
    ) -> ir.Struct:
        """Return the class: it extends its one base, unless it says otherwise of a field there."""
        inherited: dict[str, ir.Field] = {}
        for base in bases:
            # What a class says of a field again goes before what its own base says.
            lineage = reversed(self._types.registry.lineage(base))
            last = {one.spec_name: one for above in lineage for one in above.fields}
            self._add(inherited, last.values())
        merged = dict(inherited)
        self._add(merged, own)
        # A base may require what only this class declares.
        required = required_of(unfolded(self._types.context, parts) if bases else parts)
        banned = self._banned(parts)
        found = {key: one for key, one in merged.items() if key not in banned}
        tagged = {
            key: self._fixed.tagged(pointer, one) if one.is_sent else one
            for key, one in found.items()
        }
        tightened = [_tightened(one, key in required) for key, one in tagged.items()]
        fields = settled_fields(self._types.context, struct, tightened, inherited, pointer)
        is_same = all(
            key in fields and _is_same(fields[key], one) for key, one in inherited.items()
        )
        if len(bases) == 1 and bases[0].others == struct.others and is_same:
            fields = {
                key: one
                for key, one in fields.items()
                if key not in inherited or one.fixed not in (None, inherited[key].fixed)
            }
            return replace(struct, base=bases[0].name, fields=tuple(fields.values()))
        own_base = ir.OPEN_MODEL if struct.others else ir.MODEL
        return replace(struct, base=own_base, fields=tuple(fields.values()))

    def _banned(self, parts: Iterable[Part]) -> set[str]:
        """Return the properties that an object cannot have."""
        return {
            name
            for part, at in parts
            if isinstance(part, Schema)
            for name, node in (part.properties or {}).items()
            if is_never(self._types.context.resolve_part((node, at))[0])
        }

    def _add(self, fields: dict[str, ir.Field], more: Iterable[ir.Field]) -> None:
        """Add fields to others; what is said twice of one holds together."""
        for one in more:
            other = fields.get(one.spec_name)
            fields[one.spec_name] = self._both(other, one) if other else one

    def _both(self, first: ir.Field, second: ir.Field) -> ir.Field:
        one, other = without_null(first.type), without_null(second.type)
        takes_null = first.takes_null and second.takes_null
        common = narrower(one, other, self._types.registry) or other
        return replace(
            second,
            type=optional(common) if takes_null else common,
            required=first.required or second.required,
            doc=second.doc or first.doc,
            takes_null=takes_null,
            access=first.access or second.access,
            fixed=second.fixed or (first.fixed if common == one else None),
            is_secret=first.is_secret or second.is_secret,
            is_listed=first.is_listed or second.is_listed,
            **both(first, second),
        )

    def _refuse_undecodable(self, struct: ir.Struct, pointer: str) -> None:
        for one in struct.fields:
            if one.is_renamed and any(c in '"\\' or c < " " for c in one.spec_name):
                self._types.context.refuse(
                    property_pointer(pointer, one.spec_name),
                    "a property whose name contains a quote, backslash or control character cannot "
                    "be decoded",
                    EXCLUDE,
                )


def _take_null(parts: Iterable[Schema], bases: Iterable[ir.Type]) -> bool:
    """Tell whether null is a value of all that an object is put together from."""
    said = [is_nullable(part) for part in parts if not is_shapeless(part)]
    said += [ir.NONE in base.alternatives for base in bases]
    return bool(said) and all(said)


def _is_left_out(access: str, *, is_sent: bool) -> bool:
    """Tell whether some values of a class have not a property, though it is required."""
    return access == "write" or (access == "read" and is_sent)


def _is_required(one: ir.Field) -> bool:
    """Tell whether a value of the class has to have a property."""
    return one.is_listed and not _is_left_out(one.access, is_sent=one.is_sent) and not one.fixed


def _is_same(one: ir.Field, other: ir.Field) -> bool:
    """Tell whether two fields are written alike, but for a value that is fixed."""
    if one is other:
        return True
    one = replace(one, required=other.required) if one.fixed != other.fixed else one
    return (one.shape, one.docstring) == (other.shape, other.docstring)


def _tightened(one: ir.Field, is_required: bool) -> ir.Field:
    """Return a field as it is in the class: None where it may be absent, and where it is null."""
    if is_required and not one.is_listed:
        one = replace(one, is_listed=True)
    required = not one.fixed and (one.required or _is_required(one))
    if required is not one.required:
        one = replace(one, required=required)
    has_none = ir.NONE in one.type.alternatives
    wants_none = not (one.required or one.fixed or (one.is_unset and one.is_listed))
    if has_none is (wants_none or (one.takes_null and has_none)):
        return one  # what most classes take over from their bases
    type_ = one.type if one.takes_null else without_null(one.type)
    return replace(one, type=optional(type_) if wants_none else type_)

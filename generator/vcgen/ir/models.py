"""Schemas: the classes of the values that go over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_

from vcgen.ir.docs import Documented
from vcgen.ir.types import ANY, Type, TypeKind, either
from vcgen.records import Record, replace

MODEL = "Model"
OPEN_MODEL = "OpenModel"


class Field(Documented, Record):
    """A property of an object.

    Attributes:
        takes_null: Whether null is one of its values, and not only its absence.
        access: `read` if it is left out of requests, `write` if it is left out of replies, or "".
        is_listed: Whether the document requires it where it is not left out.
        is_sent: Whether requests carry its object in a body, or in the content of a parameter.
        fixed: Its one value, which it has where the caller gives none.
        is_secret: Whether no `repr` may show its value.
        default: The JSON text of what the server takes for its absence, or None.
        constraints: The keywords that limit its values, and those inside them as
            `items.maxLength`; always in the same order.
        accepts: What callers may give beside its type, or None.
    """

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str
    takes_null: bool = False
    access: str = ""
    is_listed: bool = False
    is_sent: bool = False
    fixed: Member | None = None
    is_secret: bool = False
    deprecated: bool = False
    default: str | None = None
    constraints: tuple[tuple[str, object], ...] = ()
    accepts: Type | None = None

    @property
    def is_unset(self) -> bool:
        """Whether its absence is neither None nor an error."""
        return (
            self.is_sent
            and not (self.required or self.fixed)
            and (self.is_listed or (self.takes_null and self.access != "read"))
        )

    @property
    def is_always(self) -> bool:
        """Whether each value has it, by the document, be it filled in."""
        return self.required or (self.fixed is not None and self.is_listed)

    @property
    def is_needed(self) -> bool:
        """Whether callers have to give it, and replies have it not."""
        return self.is_unset and self.is_listed and self.access == "write"

    @property
    def absent(self) -> str:
        """What it is where it is absent."""
        if self.is_unset and self.is_listed:
            return "NOT_GIVEN"
        if self.accepts:
            return "NOT_SET" if self.is_unset else "NO_VALUE"
        return "UNSET" if self.is_unset else "None"

    @property
    def absence(self) -> str:
        """What a caller gives by giving nothing, "" where something must be given."""
        if self.required or self.is_needed:
            return ""
        if self.fixed:
            return f"{self.fixed.value!r}"
        return "UNSET" if self.is_unset and not self.is_listed else "None"

    @property
    def annotation(self) -> str:
        """Its type, with what it is where it is absent, and with what callers may give."""
        is_told = self.is_unset and not self.is_listed and self.type != ANY
        read = self.type.or_unset if is_told else self.type.annotation
        return f"Accepts[{read}, {self.accepts.annotation}]" if self.accepts else read

    @property
    def is_renamed(self) -> bool:
        """Whether the name on the wire is another."""
        return self.name != self.spec_name

    @property
    def shape(self) -> Field:
        """The field as its values have it, whatever else is said of them."""
        facts = replace(self, doc="", deprecated=False, default=None, constraints=())
        return replace(facts, access="", is_listed=False, is_sent=False, fixed=None, accepts=None)

    def seen_from(self, module: str, homes: Mapping[str, str]) -> Field:
        """Return the field with its types as they are seen from a module."""
        type_ = self.type.seen_from(module, homes)
        accepts = self.accepts and self.accepts.seen_from(module, homes)
        if type_ is self.type and accepts is self.accepts:
            return self
        return replace(self, type=type_, accepts=accepts)


class Struct(Documented, Record):
    """An object schema.

    Attributes:
        others: The type of the properties that have no field, or None where they are ignored.
        is_kept: Whether they are kept only since its values come and go back.
        constraints: The keywords that limit its values as wholes, always in the same order.
        takes_any: Whether the document says that it may have properties of any name and value.
        converts: Whether it is the first of its bases that accepts what is not of its types.
        hides_others: Whether no `repr` may show the values of those that have no field.
    """

    name: str
    spec_name: str
    base: str
    fields: tuple[Field, ...]
    doc: str
    deprecated: bool = False
    others: Type | None = None
    is_kept: bool = False
    constraints: tuple[tuple[str, object], ...] = ()
    takes_any: bool = False
    converts: bool = False
    hides_others: bool = False

    is_enum = False
    is_union = False
    like = ""

    @property
    def shape(self) -> Struct:
        """The class as its values have it, whatever it is called and described as."""
        fields = tuple(field.shape for field in self.fields)
        base = "" if self.base in {MODEL, OPEN_MODEL} else self.base
        others = None if self.is_kept else self.others
        facts = replace(self, spec_name="", doc="", deprecated=False, constraints=())
        facts = replace(facts, is_kept=False, takes_any=False, converts=False)
        return replace(facts, base=base, fields=fields, others=others)

    @property
    def bases(self) -> str:
        """What stands between the brackets behind its name."""
        return f"{'Accepting, ' * self.converts}{self.base}, kw_only=True"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the fields that no `repr` may show, but for those that are inherited.

        What is unknown of an object with secrets may be one: a new one, or one of another type.
        """
        own = tuple(field.name for field in self.fields if field.is_secret)
        is_hidden = self.hides_others or (own and self.others)
        return (*own, "additional_properties") if is_hidden else own

    @property
    def own_others(self) -> Type | None:
        """The type of the properties that have no field, if it is not inherited."""
        return self.others if self.base == OPEN_MODEL and self.others != ANY else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be written in its body."""
        return not (self.fields or self.docstring or self.own_others)

    @property
    def types(self) -> tuple[Type, ...]:
        """The types in its body."""
        others = (self.own_others,) if self.own_others else ()
        return (*(field.type for field in self.fields), *others)

    @property
    def classes(self) -> frozenset[str]:
        """The classes that it mentions."""
        return frozenset({self.base}).union(*(type_.classes for type_ in self.types))

    def seen_from(self, module: str, homes: Mapping[str, str]) -> Struct:
        """Return the class with its types as they are seen from a module."""
        fields = tuple(field.seen_from(module, homes) for field in self.fields)
        others = self.others and self.others.seen_from(module, homes)
        if others is self.others and all(map(is_, fields, self.fields)):
            return self
        return replace(self, fields=fields, others=others)


class Member(Record):
    """A value of an enumeration.

    Attributes:
        since: The release that added it, as the document calls it, or "".
    """

    name: str
    value: str | int
    doc: str
    since: str = ""


class EnumClass(Documented, Record):
    """An enumeration that keeps values it does not list.

    Attributes:
        like: The name of what callers may give for it, "" where they give none.
    """

    name: str
    spec_name: str
    members: tuple[Member, ...]
    doc: str
    is_integer: bool = False
    deprecated: bool = False
    like: str = ""

    is_enum = True
    is_union = False
    is_empty = False
    secrets = ()
    classes = frozenset[str]()

    @property
    def scalar(self) -> Type:
        """The type of its values."""
        return Type(TypeKind.SCALAR, "int" if self.is_integer else "str")

    @property
    def types(self) -> tuple[Type, ...]:
        """The types that it is made of."""
        return (self.scalar,)

    @property
    def shape(self) -> EnumClass:
        """The class as its values have it, whatever it is called and described as."""
        members = tuple(replace(member, doc="", since="") for member in self.members)
        return replace(self, spec_name="", members=members, doc="", deprecated=False, like="")

    def seen_from(self, module: str, homes: Mapping[str, str]) -> EnumClass:
        """Return the class itself, which mentions no other."""
        return self

    @property
    def base(self) -> str:
        """The class that it extends."""
        return "OpenIntEnum" if self.is_integer else "OpenEnum"

    @property
    def bases(self) -> str:
        """What stands between the brackets behind its name."""
        return self.base


class Tag(Record):
    """A value of a discriminator, and the type that it means."""

    value: str
    type: Type


class UnionClass(Documented, Record):
    """Unions that the JSON decoder cannot decode by itself.

    Attributes:
        types: The alternatives, tried in this order.
        discriminator: The property on the wire that tells them apart, or "".
        tags: The alternative for each known value of the discriminator.
        like: The name of what callers may give for it, "" where that is its own type.
        accepts: What that stands for.
        is_ahead: Whether it mentions a name that is not known where it is written.
    """

    name: str
    spec_name: str
    types: tuple[Type, ...]
    discriminator: str
    tags: tuple[Tag, ...]
    doc: str
    deprecated: bool = False
    like: str = ""
    accepts: tuple[Type, ...] = ()
    is_ahead: bool = False

    is_enum = False
    is_union = True

    @property
    def shape(self) -> UnionClass:
        """The alternatives, whatever they are called and described as."""
        return replace(self, spec_name="", doc="", deprecated=False, like="", accepts=())

    def seen_from(self, module: str, homes: Mapping[str, str]) -> UnionClass:
        """Return the alternatives as they are seen from a module."""
        types = tuple(type_.seen_from(module, homes) for type_ in self.types)
        tags = tuple(replace(tag, type=tag.type.seen_from(module, homes)) for tag in self.tags)
        accepts = tuple(type_.seen_from(module, homes) for type_ in self.accepts)
        return replace(self, types=types, tags=tags, accepts=accepts)

    @property
    def classes(self) -> frozenset[str]:
        """The classes that the alternatives mention."""
        return frozenset[str]().union(*(type_.classes for type_ in self.types))

    @property
    def is_recursive(self) -> bool:
        """Whether it is one of its own alternatives, or inside one."""
        return self.name in self.classes

    @property
    def value(self) -> str:
        """What the name stands for, quoted where it mentions what is not known there."""
        return f'"{self.annotation}"' if self.is_ahead else self.annotation

    @property
    def like_value(self) -> str:
        """What the other name stands for, in the same way."""
        written = either([type_.annotation for type_ in self.accepts])
        return f'"{written}"' if self.is_ahead else written

    @property
    def annotation(self) -> str:
        """The alternatives as they are written in an annotation."""
        return either([type_.annotation for type_ in self.types])


Definition = Struct | EnumClass | UnionClass

"""Schemas: the classes of the values that go over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.ir.docs import Documented
from generator.ir.types import Type


@dataclass(frozen=True)
class Field(Documented):
    """A property of an object.

    Attributes:
        takes_null: Whether null is one of its values, and not only its absence.
        is_one_way: Whether it is left out of requests, or of replies.
        default: The JSON text of what the server takes for its absence, or None.
        constraints: The keywords that limit its values, always in the same order.
    """

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str
    takes_null: bool = False
    is_one_way: bool = False
    deprecated: bool = False
    default: str | None = None
    constraints: tuple[tuple[str, object], ...] = ()

    @property
    def is_renamed(self) -> bool:
        """Whether the name on the wire is another."""
        return self.name != self.spec_name

    @property
    def shape(self) -> Field:
        """The field as its values have it, whatever else is said of them."""
        return replace(self, doc="", deprecated=False, default=None, constraints=())


@dataclass(frozen=True)
class Struct(Documented):
    """An object schema."""

    name: str
    spec_name: str
    base: str
    fields: tuple[Field, ...]
    doc: str
    deprecated: bool = False

    is_enum = False
    is_union = False

    @property
    def shape(self) -> Struct:
        """The class as its values have it, whatever it is called and described as."""
        fields = tuple(field.shape for field in self.fields)
        return replace(self, spec_name="", fields=fields, doc="", deprecated=False)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but what it extends."""
        return not (self.fields or self.docstring)

    @property
    def classes(self) -> frozenset[str]:
        """The classes that it mentions."""
        own = frozenset[str]().union(*(field.type.classes for field in self.fields))
        return own | {self.base}

    def seen_from(self, module: str, homes: Mapping[str, str]) -> Struct:
        """Return the class with its types as they are seen from a module."""
        fields = tuple(replace(f, type=f.type.seen_from(module, homes)) for f in self.fields)
        return replace(self, fields=fields)


@dataclass(frozen=True)
class Member:
    """A value of an enumeration."""

    name: str
    value: str | int
    doc: str


@dataclass(frozen=True)
class EnumClass(Documented):
    """An enumeration that keeps values it does not list."""

    name: str
    spec_name: str
    members: tuple[Member, ...]
    doc: str
    is_integer: bool = False
    deprecated: bool = False

    is_enum = True
    is_union = False
    classes = frozenset[str]()

    @property
    def shape(self) -> EnumClass:
        """The class as its values have it, whatever it is called and described as."""
        members = tuple(replace(member, doc="") for member in self.members)
        return replace(self, spec_name="", members=members, doc="", deprecated=False)

    def seen_from(self, module: str, homes: Mapping[str, str]) -> EnumClass:
        """Return the class itself, which mentions no other."""
        return self

    @property
    def base(self) -> str:
        """The class that it extends."""
        return "OpenIntEnum" if self.is_integer else "OpenEnum"


@dataclass(frozen=True)
class Tag:
    """A value of a discriminator, and the type that it means."""

    value: str
    type: Type


@dataclass(frozen=True)
class UnionClass(Documented):
    """Alternatives that the JSON decoder cannot tell apart by itself.

    Attributes:
        types: The alternatives, tried in this order.
        discriminator: The property on the wire that tells them apart, or "".
        tags: The alternative for each known value of the discriminator.
    """

    name: str
    spec_name: str
    types: tuple[Type, ...]
    discriminator: str
    tags: tuple[Tag, ...]
    doc: str
    deprecated: bool = False

    is_enum = False
    is_union = True

    @property
    def shape(self) -> UnionClass:
        """The alternatives, whatever they are called and described as."""
        return replace(self, spec_name="", doc="", deprecated=False)

    def seen_from(self, module: str, homes: Mapping[str, str]) -> UnionClass:
        """Return the alternatives as they are seen from a module."""
        types = tuple(type_.seen_from(module, homes) for type_ in self.types)
        tags = tuple(replace(tag, type=tag.type.seen_from(module, homes)) for tag in self.tags)
        return replace(self, types=types, tags=tags)

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
        """What the name stands for; quoted where it stands for itself, too."""
        return repr(self.annotation) if self.is_recursive else self.annotation

    @property
    def annotation(self) -> str:
        """The alternatives as they are written in an annotation."""
        return " | ".join(type_.annotation for type_ in self.types)


Definition = Struct | EnumClass | UnionClass

"""Schemas: the classes of the values that go over the wire."""

from __future__ import annotations

from dataclasses import dataclass

from generator.ir.types import Type


@dataclass(frozen=True)
class Field:
    """A property of an object."""

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str

    @property
    def is_renamed(self) -> bool:
        """Whether the name on the wire is another."""
        return self.name != self.spec_name


@dataclass(frozen=True)
class Struct:
    """An object schema."""

    name: str
    spec_name: str
    base: str
    fields: tuple[Field, ...]
    doc: str

    is_enum = False


@dataclass(frozen=True)
class Member:
    """A value of an enumeration."""

    name: str
    value: str
    doc: str


@dataclass(frozen=True)
class EnumClass:
    """An enumeration that keeps values it does not list."""

    name: str
    spec_name: str
    members: tuple[Member, ...]
    doc: str

    is_enum = True
    base = "OpenEnum"

"""What those that make types ask of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.hiding import Hiding
from vcgen.building.limits import Limiting
from vcgen.building.openapi import Node, Reference, Schema
from vcgen.building.registry import Registry
from vcgen.building.subschemas import Part, Parts


class Types(Protocol):
    """The types of the package, made as they are reached.

    An object contains any type, and a type may be an object: each maker asks this one for the
    types that are not its own.
    """

    @property
    def context(self) -> Context:
        """The document, and what is known of it."""
        ...

    @property
    def registry(self) -> Registry:
        """The classes that are made."""
        ...

    @property
    def parts(self) -> Parts:
        """The subschemas that a schema is composed of."""
        ...

    @property
    def limiting(self) -> Limiting:
        """The limits of values."""
        ...

    @property
    def hiding(self) -> Hiding:
        """Which values are secret."""
        ...

    def type_of(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a schema; `spec_name` names the class, should it need one."""
        ...

    def type_at(self, node: Node, pointer: str, spec_name: str) -> ir.Type:
        """Return the type of a property, the same one for every class that takes it over."""
        ...

    def class_of(self, reference: Reference, pointer: str) -> ir.Type:
        """Return the type of a component itself, not of what its discriminator tells apart."""
        ...

    def class_name(self, spec_name: str, pointer: str) -> str:
        """Return the name of the class for a schema."""
        ...

    def merged(
        self, parts: Sequence[Part], doc: str | None, pointer: str, spec_name: str
    ) -> ir.Type:
        """Return the type of the values that are valid for every part."""
        ...

    def distributed(
        self,
        part: tuple[Schema, str],
        beside: Sequence[Part],
        doc: str | None,
        pointer: str,
        spec_name: str,
    ) -> ir.Type:
        """Return the union of the alternatives that a part lists, each with what is beside it."""
        ...

    def own(self, pointer: str, spec_name: str) -> None:
        """State what the properties at a place belong to; the first to say so is right."""
        ...

    def admit_others(self, pointer: str) -> None:
        """State that an object of the schema at a place may have what others declare."""
        ...

    def unsupported(self, pointer: str, what: str) -> ir.Type:
        """Refuse a schema, and return what stands in for it while other problems are found."""
        ...

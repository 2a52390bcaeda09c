"""Modules: which class stands in which file, and what the file has to import for it."""

from __future__ import annotations

from vcgen.ir.models import Definition, EnumClass, Struct, UnionClass
from vcgen.ir.resources import Resource
from vcgen.records import Record, replace


class ModelModule(Record):
    """A module of models.

    Attributes:
        path: Path relative to the package.
        doc: What is in it, in a line.
        is_base: Whether it holds what the classes of all modules are built upon.
        definitions: Its classes, typed as they are seen from here.
        siblings: The modules whose classes they mention.
    """

    path: str
    doc: str
    is_base: bool
    definitions: tuple[Definition, ...]
    siblings: tuple[str, ...] = ()

    @property
    def structs(self) -> tuple[Struct, ...]:
        """The object classes."""
        return tuple(node for node in self.definitions if isinstance(node, Struct))

    @property
    def enums(self) -> tuple[EnumClass, ...]:
        """The enumerations."""
        return tuple(node for node in self.definitions if isinstance(node, EnumClass))

    @property
    def given(self) -> tuple[EnumClass, ...]:
        """The enumerations for whose members callers may give plain values."""
        return tuple(node for node in self.enums if node.like)

    @property
    def has_aliases(self) -> bool:
        """Whether there are names that stand for types, beside the classes."""
        return bool(self.given or self.unions)

    @property
    def classes(self) -> tuple[Struct | EnumClass, ...]:
        """The object classes and the enumerations, in the order of the document."""
        return tuple(node for node in self.definitions if not isinstance(node, UnionClass))

    @property
    def names(self) -> tuple[str, ...]:
        """What is defined here, with the second names of classes."""
        return tuple(name for one in self.definitions for name in (one.name, one.like) if name)

    @property
    def unions(self) -> tuple[UnionClass, ...]:
        """The alternatives that have a name, each after those that it mentions but for circles."""
        unions = {one.name: one for one in self.definitions if isinstance(one, UnionClass)}
        ordered: dict[str, UnionClass] = {}
        seen: set[str] = set()

        def add(union: UnionClass) -> None:
            # Marked before its alternatives, so that a circle ends.
            if union.name not in seen:
                seen.add(union.name)
                for name in sorted(union.classes & unions.keys()):
                    add(unions[name])
                is_ahead = not union.classes & unions.keys() <= ordered.keys()
                ordered[union.name] = replace(union, is_ahead=is_ahead)

        for union in unions.values():
            add(union)
        return tuple(ordered.values())


class OperationModule(Record):
    """A module of operations."""

    path: str
    doc: str
    resources: tuple[Resource, ...]

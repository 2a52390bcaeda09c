"""Modules: which class stands in which file, and what the file has to import for it."""

from __future__ import annotations

from dataclasses import dataclass

from vcgen.ir.models import Definition, EnumClass, Struct, UnionClass
from vcgen.ir.operations import Resource
from vcgen.ir.types import names_of


@dataclass(frozen=True)
class Base:
    """What the classes of the models are built upon.

    Attributes:
        has_structs: Whether there are objects.
        has_open_structs: Whether there are some that keep what they have no field for.
        has_string_enums: Whether an enumeration lists strings.
        has_integer_enums: Whether an enumeration lists integers.
        has_unions: Whether there are alternatives that a decoder needs help with.
        has_times: Whether anything holds a date and time.
        has_durations: Whether anything holds a duration.
    """

    has_structs: bool
    has_open_structs: bool
    has_string_enums: bool
    has_integer_enums: bool
    has_unions: bool
    has_times: bool
    has_durations: bool

    @property
    def decoder(self) -> str:
        """The function that the JSON decoder calls for what it does not know, or ""."""
        if self.has_open_structs:
            return "decode_open"
        if self.has_unions:
            return "decode_union"
        return "decode_duration" if self.has_durations else ""

    @property
    def has_stand_ins(self) -> bool:
        """Whether a class of its own stands for what the decoder does not know."""
        return self.has_unions or self.has_durations

    @property
    def aliases(self) -> frozenset[str]:
        """The types that it defines, and that are no classes."""
        has = {"AwareDatetime": self.has_times, "IsoDuration": self.has_durations}
        return frozenset(name for name in has if has[name])

    @property
    def encoder(self) -> str:
        """The function that an encoder calls for what it does not know, or ""."""
        return "encode_open" if self.has_open_structs else ""


@dataclass(frozen=True)
class ModelModule:
    """A module of models.

    Attributes:
        path: Path relative to the package.
        doc: What is in it, in a line.
        base: What it defines for the classes to build upon, or None where another module does.
        definitions: Its classes, typed as they are seen from here.
        siblings: The modules whose classes they mention.
    """

    path: str
    doc: str
    base: Base | None
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
    def classes(self) -> tuple[Struct | EnumClass, ...]:
        """The object classes and the enumerations, in the order of the document."""
        return tuple(node for node in self.definitions if not isinstance(node, UnionClass))

    @property
    def unions(self) -> tuple[UnionClass, ...]:
        """The alternatives that have a name, each after those that it mentions."""
        unions = {one.name: one for one in self.definitions if isinstance(one, UnionClass)}
        ordered: dict[str, UnionClass] = {}
        seen: set[str] = set()

        def add(union: UnionClass) -> None:
            # Marked before its alternatives, so that a circle ends.
            if union.name not in seen:
                seen.add(union.name)
                for name in sorted(union.classes & unions.keys()):
                    add(unions[name])
                ordered[union.name] = union

        for union in unions.values():
            add(union)
        return tuple(ordered.values())

    @property
    def names(self) -> frozenset[str]:
        """Every scalar and class that the annotations mention."""
        fields = [type_ for struct in self.structs for type_ in struct.types]
        return names_of([*fields, *(type_ for union in self.unions for type_ in union.types)])

    @property
    def specifies_fields(self) -> bool:
        """Whether more is said of a field than its type and that it may be absent."""
        renamed = any(field.is_renamed for struct in self.structs for field in struct.fields)
        return renamed or any(struct.own_others for struct in self.structs)


@dataclass(frozen=True)
class OperationModule:
    """A module of operations."""

    path: str
    doc: str
    resources: tuple[Resource, ...]
    is_deep: bool

    @property
    def homes_of_hidden(self) -> tuple[str, ...]:
        """The modules of the plain types that need their full names somewhere."""
        return tuple(sorted({home for one in self.resources for home in one.homes_of_hidden}))

    @property
    def up(self) -> str:
        """The dots of an import from the package itself."""
        return ".." if self.is_deep else "."

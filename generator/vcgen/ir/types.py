"""Types of the generated code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from operator import is_

from vcgen.records import PartlyCompared, replace


class TypeKind(Enum):
    """What a type is made of."""

    SCALAR = "scalar"
    CLASS = "class"
    LIST = "list"
    MAP = "map"
    UNION = "union"

    # A kind is but itself; Enum hashes its name, in Python, and types are hashed all the time.
    __hash__ = object.__hash__


# A list of members is none of members and of their values, but for those who do not change it.
UNCHANGED = {TypeKind.LIST: "Sequence", TypeKind.MAP: "Mapping"}

# The modules of the plain types whose names an argument or a method may have, too.
HOMES = {
    **dict.fromkeys(("bool", "bytes", "dict", "float", "int", "list", "str"), "builtins"),
    **dict.fromkeys(("date", "time"), "datetime"),
}

# The classes of the values of scalars, a subclass before its base, by the names of the scalars.
VALUES = {
    **{name: name for name in ("bool", "int", "float", "str", "bytes")},
    "AwareDatetime": "datetime",
    "date": "date",
}

# A type checker reads each type of a union a level deeper than the one before it, and ends at 256.
_TOGETHER = 200


def either(types: Sequence[str]) -> str:
    """Return the union of types as it is written; one of very many has its types in groups."""
    if len(types) <= _TOGETHER:
        return " | ".join(types)
    groups = (types[at : at + _TOGETHER] for at in range(0, len(types), _TOGETHER))
    return " | ".join(f"({' | '.join(group)})" if group[1:] else group[0] for group in groups)


class Type(PartlyCompared):
    """A Python type of the generated code.

    Attributes:
        kind: What it is made of.
        name: The scalar (`str`, `AwareDatetime`, `Any`, `None`) or class; `Sequence` or `Mapping`
            for a list or map that is only looked at; "" for the others.
        arguments: The types inside a list, a map (its values) or a union.
        prefix: What stands before a class that is in another module.
        hidden: The names of plain types that mean something else where this one is written.
        takes_any: Whether an enumeration stands for any value of its kind, by the document.
    """

    kind: TypeKind
    name: str = ""
    arguments: tuple[Type, ...] = ()
    prefix: str = ""
    hidden: frozenset[str] = frozenset()
    takes_any: bool = False

    @property
    def identity(self) -> tuple[object, ...]:
        """The type itself, wherever it is written."""
        return self.kind, self.name, self.arguments, self.prefix

    @property
    def alternatives(self) -> tuple[Type, ...]:
        """What it is one of: the types of a union, or itself alone."""
        return self.arguments if self.kind is TypeKind.UNION else (self,)

    @property
    def annotation(self) -> str:
        """The type as it is written in an annotation."""
        inner = [argument.annotation for argument in self.arguments]
        match self.kind:
            case TypeKind.LIST:
                return f"{self.name or self._full('list')}[{inner[0]}]"
            case TypeKind.MAP:
                named = self.name or self._full("dict")
                return f"{named}[{self._full('str')}, {inner[0]}]"
            case TypeKind.UNION:
                return either(inner)
            case TypeKind.SCALAR:
                return self._full(self.name)
            case _:
                return self.prefix + self.name + (f"[{', '.join(inner)}]" if inner else "")

    @property
    def or_unset(self) -> str:
        """The type in an annotation, where it may be unset, too; None stands last."""
        parts = [one.annotation for one in self.alternatives if one != NONE]
        return either([*parts, "UnsetType", *["None"] * (NONE in self.alternatives)])

    @property
    def expression(self) -> str:
        """The type as it is written where it has its value at once: a class may come later."""
        return f'"{self.annotation}"' if self.classes else self.annotation

    def beside(self, names: Iterable[str]) -> Type:
        """Return the type for a place where `names` mean something else."""
        hidden = frozenset(names).intersection(HOMES)
        if not hidden and not self.hidden and not self.arguments:
            return self  # as nearly all of them are
        arguments = tuple(argument.beside(hidden) for argument in self.arguments)
        return replace(self, arguments=arguments, hidden=hidden)

    def _full(self, name: str) -> str:
        return f"{HOMES[name]}.{name}" if name in self.hidden else name

    def seen_from(self, module: str, homes: Mapping[str, str]) -> Type:
        """Return the type for a module, where the classes of others have its name in front."""
        arguments = tuple(argument.seen_from(module, homes) for argument in self.arguments)
        home = homes.get(self.name, module) if self.kind is TypeKind.CLASS else module
        prefix = self.prefix if home == module else f"_{home}."
        if prefix == self.prefix and all(map(is_, arguments, self.arguments)):
            return self
        return Type(self.kind, self.name, arguments, prefix, self.hidden, self.takes_any)

    @property
    def names(self) -> frozenset[str]:
        """Every scalar and class that the annotation mentions."""
        own = frozenset({self.name}) if self.name else frozenset[str]()
        return own.union(*(argument.names for argument in self.arguments))

    @property
    def classes(self) -> frozenset[str]:
        """Every class of the package that the annotation mentions."""
        own = frozenset({self.name}) if self.kind is TypeKind.CLASS else frozenset[str]()
        return own.union(*[one.classes for one in self.arguments]) if self.arguments else own


def names_of(types: Iterable[Type]) -> frozenset[str]:
    """Return every scalar and class that the annotations mention."""
    return frozenset[str]().union(*(type_.names for type_ in types))


NONE = Type(TypeKind.SCALAR, "None")
ANY = Type(TypeKind.SCALAR, "Any")
STR = Type(TypeKind.SCALAR, "str")
ANY_MAP = Type(TypeKind.MAP, arguments=(ANY,))

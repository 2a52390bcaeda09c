"""The package as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from generator.ir.client import Client
from generator.ir.errors import BASE_ERRORS, Errors
from generator.ir.models import Definition, EnumClass, Struct, UnionClass
from generator.ir.operations import Operation, Resource
from generator.ir.types import names_of
from generator.ir.wire import Wire


@dataclass(frozen=True)
class Flavour:
    """What differs between the synchronous and the asynchronous surface, and nothing else does."""

    prefix: str
    define: str
    wait: str
    lock: str
    with_lock: str
    enter: str
    exit: str
    close: str
    read: str


SYNC = Flavour(
    prefix="",
    define="def",
    wait="",
    lock="threading.Lock",
    with_lock="with",
    enter="__enter__",
    exit="__exit__",
    close="close",
    read="read",
)
ASYNC = Flavour(
    prefix="Async",
    define="async def",
    wait="await ",
    lock="asyncio.Lock",
    with_lock="async with",
    enter="__aenter__",
    exit="__aexit__",
    close="aclose",
    read="aread",
)


@dataclass(frozen=True)
class Package:
    """The package to be written."""

    name: str
    client: Client
    definitions: tuple[Definition, ...]
    errors: Errors
    resources: tuple[Resource, ...]

    flavours = (SYNC, ASYNC)

    @property
    def doc(self) -> str:
        """What the package is, in a line."""
        return f"Client of the {self.client.title}."

    @property
    def resource_classes(self) -> tuple[str, ...]:
        """The classes of the resources, both flavours."""
        return tuple(f.prefix + one.name for f in self.flavours for one in self.resources)

    @property
    def structs(self) -> tuple[Struct, ...]:
        """The object classes."""
        return tuple(node for node in self.definitions if isinstance(node, Struct))

    @property
    def unions(self) -> tuple[UnionClass, ...]:
        """The alternatives that have a name, each after those that it mentions."""
        unions = {one.name: one for one in self.definitions if isinstance(one, UnionClass)}
        ordered: dict[str, UnionClass] = {}

        def add(union: UnionClass) -> None:
            # Marked before its alternatives, so that a circle ends.
            if union.name not in seen:
                seen.add(union.name)
                for name in sorted(union.classes & unions.keys()):
                    add(unions[name])
                ordered[union.name] = union

        seen: set[str] = set()
        for union in unions.values():
            add(union)
        return tuple(ordered.values())

    @property
    def classes(self) -> tuple[Struct | EnumClass, ...]:
        """The object classes and the enumerations, in the order of the document."""
        return tuple(node for node in self.definitions if not isinstance(node, UnionClass))

    @property
    def has_string_enums(self) -> bool:
        """Whether an enumeration lists strings."""
        return any(not enum.is_integer for enum in self.enums)

    @property
    def has_integer_enums(self) -> bool:
        """Whether an enumeration lists integers."""
        return any(enum.is_integer for enum in self.enums)

    @property
    def wire(self) -> Wire:
        """What the operations need of the module that talks HTTP."""
        return Wire(self.operations, self.definitions, self.client.has_cookie_key)

    @property
    def enums(self) -> tuple[EnumClass, ...]:
        """The enumerations."""
        return tuple(node for node in self.definitions if isinstance(node, EnumClass))

    @property
    def public_errors(self) -> tuple[str, ...]:
        """The exceptions that callers import."""
        return (*BASE_ERRORS, *(error.name for error in self.errors.classes))

    @property
    def public_models(self) -> tuple[str, ...]:
        """The classes that callers import."""
        return tuple(node.name for node in self.definitions)

    @property
    def public(self) -> tuple[str, ...]:
        """All that callers import."""
        clients = ("AsyncClient", "Client")
        return (*clients, *self.public_errors, *self.public_models, *self.public_wire)

    @property
    def public_wire(self) -> tuple[str, ...]:
        """What callers import of the module that talks HTTP."""
        download = ("Download",) if self.wire.binary else ()
        return (*download, *(("File",) if self.wire.multipart_body else ()), "recorded_responses")

    @property
    def has_times(self) -> bool:
        """Whether anything holds a date and time."""
        return "AwareDatetime" in self._scalars

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations of every resource."""
        return tuple(operation for resource in self.resources for operation in resource.operations)

    @property
    def _scalars(self) -> frozenset[str]:
        fields = (field.type for struct in self.structs for field in struct.fields)
        inside = (type_ for union in self.unions for type_ in union.types)
        signatures = (type_ for one in self.operations for type_ in one.types)
        return names_of((*fields, *inside, *signatures))

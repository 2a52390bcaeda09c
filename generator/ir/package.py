"""The package as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from generator.ir.client import Client
from generator.ir.errors import BASE_ERRORS, Errors
from generator.ir.models import EnumClass, Struct
from generator.ir.operations import Operation, Resource
from generator.ir.types import names_of


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


SYNC = Flavour(
    prefix="",
    define="def",
    wait="",
    lock="threading.Lock",
    with_lock="with",
    enter="__enter__",
    exit="__exit__",
    close="close",
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
)


@dataclass(frozen=True)
class Package:
    """The package to be written."""

    name: str
    client: Client
    definitions: tuple[Struct | EnumClass, ...]
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
        return ("AsyncClient", "Client", *self.public_errors, *self.public_models)

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
        return names_of((*fields, *(type_ for one in self.operations for type_ in one.types)))

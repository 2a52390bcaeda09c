"""The package as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from vcgen.ir.client import Client
from vcgen.ir.errors import BASE_ERRORS, Errors
from vcgen.ir.models import Definition
from vcgen.ir.modules import Base, ModelModule, OperationModule
from vcgen.ir.operations import Operation, Resource
from vcgen.ir.order import natural
from vcgen.ir.wire import Wire


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
    """The package to be written.

    Attributes:
        name: What it is imported by.
        client: The client classes.
        errors: The exceptions.
        model_modules: The classes of the models, by module.
        operation_modules: The operations, by module.
        is_split: Whether models and operations have a module for each group of them.
    """

    name: str
    client: Client
    errors: Errors
    model_modules: tuple[ModelModule, ...]
    operation_modules: tuple[OperationModule, ...]
    is_split: bool

    flavours = (SYNC, ASYNC)

    @property
    def doc(self) -> str:
        """What the package is, in a line."""
        return f"Client of the {self.client.title}."

    @property
    def base(self) -> Base:
        """What the classes of the models are built upon."""
        return next(module.base for module in self.model_modules if module.base)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The classes of all models."""
        return tuple(node for module in self.model_modules for node in module.definitions)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources of all modules."""
        return tuple(one for module in self.operation_modules for one in module.resources)

    @property
    def resources_by_name(self) -> tuple[Resource, ...]:
        """The resources in the order that imports of their modules have."""
        return tuple(sorted(self.resources, key=lambda resource: natural(resource.attribute)))

    @property
    def resource_classes(self) -> tuple[str, ...]:
        """The classes of the resources, both flavours."""
        return tuple(name for resource in self.resources for name in resource.class_names)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations of all resources."""
        return tuple(operation for one in self.resources for operation in one.operations)

    @property
    def wire(self) -> Wire:
        """What the operations need of the module that talks HTTP."""
        return Wire(self.operations, self.base, self.client.has_cookie_key)

    @property
    def public_errors(self) -> tuple[str, ...]:
        """The exceptions that callers import."""
        return (*BASE_ERRORS, *(error.name for error in self.errors.classes))

    @property
    def public_models(self) -> tuple[str, ...]:
        """The classes that callers import from the package; from their modules if it is split."""
        return () if self.is_split else tuple(node.name for node in self.definitions)

    @property
    def public_wire(self) -> tuple[str, ...]:
        """What callers import of the module that talks HTTP."""
        download = ("Download",) if self.wire.binary else ()
        return (*download, *(("File",) if self.wire.multipart_body else ()), "recorded_responses")

    @property
    def public(self) -> tuple[str, ...]:
        """All that callers import from the package."""
        clients = ("AsyncClient", "Client")
        return (*clients, *self.public_errors, *self.public_models, *self.public_wire)

"""The package as a whole."""

from __future__ import annotations

from vcgen.ir.client import Client
from vcgen.ir.errors import BASE_ERRORS, WAIT_ERRORS, Errors
from vcgen.ir.fakes import Fake, fake_of
from vcgen.ir.models import Definition, EnumClass, Struct
from vcgen.ir.modules import ModelModule, OperationModule
from vcgen.ir.operations import Operation
from vcgen.ir.order import natural
from vcgen.ir.resources import Resource
from vcgen.ir.types import VALUES, names_of
from vcgen.records import Record

SYNC = "sync"
ASYNC = "async"
FLAVOURS = (SYNC, ASYNC)


class Recording(Record):
    """What a recording of the traffic must not hold.

    Attributes:
        names: Properties whose values are secret.
        calls: Patterns of `METHOD /path`, of the calls whose bodies are secret as wholes.
        query: Query parameters that prove who calls.
    """

    names: tuple[str, ...]
    calls: tuple[str, ...]
    query: tuple[str, ...]


class Package(Record):
    """The package to be written.

    Attributes:
        name: What it is imported by.
        client: The client classes.
        errors: The exceptions.
        model_modules: The classes of the models, by module.
        operation_modules: The operations, by module.
        is_split: Whether models and operations have a module for each group of them.
        flavours: Which of `sync` and `async` there is, in this order.
        testing: Whether there is a fake server for tests.
        recording: What a recording must not hold, if the package can record at all.
    """

    name: str
    client: Client
    errors: Errors
    model_modules: tuple[ModelModule, ...]
    operation_modules: tuple[OperationModule, ...]
    is_split: bool
    flavours: tuple[str, ...] = FLAVOURS
    recording: Recording | None = None
    testing: bool = False

    @property
    def doc(self) -> str:
        """What the package is, in a line."""
        return f"Client for the {self.client.title}."

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The classes of all models."""
        return tuple(node for module in self.model_modules for node in module.definitions)

    @property
    def scalars(self) -> tuple[str, ...]:
        """The classes of the values of all scalars, a subclass before its base."""
        types = (type_ for one in (*self.definitions, *self.operations) for type_ in one.types)
        names = names_of(types)
        return tuple(value for name, value in VALUES.items() if name in names)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources of all modules."""
        return tuple(one for module in self.operation_modules for one in module.resources)

    @property
    def resources_by_name(self) -> tuple[Resource, ...]:
        """The resources in the order that imports of their modules have."""
        return tuple(sorted(self.resources, key=lambda resource: natural(resource.attribute)))

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations of all resources."""
        return tuple(operation for one in self.resources for operation in one.operations)

    @property
    def fake(self) -> Fake:
        """What the fake server of the package knows."""
        return fake_of(self.client, self.resources, self.definitions)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The properties whose values are secret."""
        structs = [one for one in self.definitions if isinstance(one, Struct)]
        found = {field.spec_name for one in structs for field in one.fields if field.is_secret}
        return tuple(sorted(found))

    @property
    def since(self) -> tuple[tuple[str, str], ...]:
        """The operations whose documentation tells which release added them, and that release."""
        return tuple((one.address, one.since) for one in self.operations if one.since)

    @property
    def values_since(self) -> tuple[tuple[str, str], ...]:
        """The values that can be sent, each with the release that added it.

        A value that is older in another enumeration is left out.
        """
        sent = [one for one in self.definitions if isinstance(one, EnumClass) and one.like]
        found: dict[str, set[str]] = {}
        for member in (member for one in sent for member in one.members):
            found.setdefault(str(member.value), set()).add(member.since)
        same = {value: releases.pop() for value, releases in found.items() if len(releases) == 1}
        return tuple((value, since) for value, since in same.items() if since)

    @property
    def opening(self) -> str:
        """The operation that opens a session, as the fake server calls it."""
        return self._named(self.client.session.create) if self.client.session else ""

    @property
    def closing(self) -> str:
        """The operation that ends a session."""
        return self._named(self.client.session.delete) if self.client.session else ""

    def _named(self, function: str) -> str:
        return ".".join(function.split("__", 1))

    @property
    def pages(self) -> bool:
        """Whether anything comes in pages."""
        return any(resource.pages for resource in self.resources)

    @property
    def public_paging(self) -> tuple[str, ...]:
        """What callers import of the module that turns pages."""
        names = {SYNC: "Pages", ASYNC: "AsyncPages"}
        return tuple(names[flavour] for flavour in self.flavours) if self.pages else ()

    @property
    def waits(self) -> bool:
        """Whether anything can be waited for."""
        return any(resource.follows for resource in self.resources)

    @property
    def tasks(self) -> bool:
        """Whether the server goes on with anything after its response."""
        return any(resource.tasks for resource in self.resources)

    @property
    def public_tasks(self) -> tuple[str, ...]:
        """What callers import of the module that follows tasks."""
        names = {SYNC: "TaskHandle", ASYNC: "AsyncTaskHandle"}
        handles = tuple(names[flavour] for flavour in self.flavours)
        return (*handles, "TaskState") if self.tasks else ()

    @property
    def public_errors(self) -> tuple[str, ...]:
        """The exceptions that callers import."""
        waiting = WAIT_ERRORS if self.waits else ()
        return (*BASE_ERRORS, *waiting, *self.errors.names)

    @property
    def public_models(self) -> tuple[str, ...]:
        """The classes that callers import from the package; from their modules if it is split."""
        modules = () if self.is_split else self.model_modules
        return tuple(name for module in modules for name in module.names)

    @property
    def public_wire(self) -> tuple[str, ...]:
        """What callers import of the module that talks HTTP."""
        answers = [answer for one in self.operations for answer in one.returns]
        download = ["Download"] * any(one.reader == "Binary" for one in answers)
        bodies = [one.body for one in self.operations if one.body]
        uploadable = ["Uploadable"] * any(one.encoder == "UploadBody" for one in bodies)
        stream = ["ItemStream"] * any(one.is_stream for one in answers)
        takes_files = any(one.is_multipart or one.choices for one in bodies)
        obtains = any(scheme.grant for scheme in self.client.schemes)
        return (
            "CallOptions",
            *["ClientCredentials"] * obtains,
            *download,
            *["File"] * takes_files,
            *stream,
            *uploadable,
            "recorded_responses",
        )

    @property
    def public_lenient(self) -> tuple[str, ...]:
        """What callers import of the module that reads what differs from the document."""
        return ("Deviation", "MissingField", "recorded_deviations")

    @property
    def public_recording(self) -> tuple[str, ...]:
        """What callers import of the module that records."""
        names = {SYNC: "record_traffic", ASYNC: "record_traffic_async"}
        return tuple(names[flavour] for flavour in self.flavours) if self.recording else ()

    @property
    def public_clients(self) -> tuple[str, ...]:
        """The classes of the clients."""
        names = {SYNC: "Client", ASYNC: "AsyncClient"}
        return tuple(sorted(names[flavour] for flavour in self.flavours))

    @property
    def public(self) -> tuple[str, ...]:
        """All that callers import from the package."""
        return (
            *self.public_clients,
            *self.public_errors,
            *self.public_models,
            *self.public_lenient,
            *self.public_recording,
            *self.public_paging,
            *self.public_tasks,
            *self.public_wire,
        )

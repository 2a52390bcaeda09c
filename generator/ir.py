"""The intermediate representation: the Python package to be written, every name final.

All nodes are frozen. Where a node stands for something of the document it keeps both names:
`name` is the Python one, `spec_name` the document's. Text of the document is kept as it came
(`doc`, `spec_name`, values): the templates' filters make it a docstring or a literal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class TypeKind(Enum):
    """What a type is made of."""

    SCALAR = "scalar"
    CLASS = "class"
    LIST = "list"
    MAP = "map"
    UNION = "union"


@dataclass(frozen=True)
class Type:
    """A Python type of the generated code.

    Attributes:
        kind: What it is made of.
        name: The scalar (`str`, `AwareDatetime`, `Any`, `None`) or class; "" for the others.
        arguments: The types inside a list, a map (its values) or a union.
    """

    kind: TypeKind
    name: str = ""
    arguments: tuple[Type, ...] = ()

    @property
    def annotation(self) -> str:
        """The type as it is written in an annotation."""
        inner = [argument.annotation for argument in self.arguments]
        match self.kind:
            case TypeKind.LIST:
                return f"list[{inner[0]}]"
            case TypeKind.MAP:
                return f"dict[str, {inner[0]}]"
            case TypeKind.UNION:
                return " | ".join(inner)
            case _:
                return self.name

    @property
    def names(self) -> frozenset[str]:
        """Every scalar and class that the annotation mentions."""
        own = frozenset({self.name}) if self.name else frozenset[str]()
        return own.union(*(argument.names for argument in self.arguments))

    @property
    def classes(self) -> frozenset[str]:
        """Every class of the package that the annotation mentions."""
        own = frozenset({self.name}) if self.kind is TypeKind.CLASS else frozenset[str]()
        return own.union(*(argument.classes for argument in self.arguments))


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


@dataclass(frozen=True)
class Parameter:
    """An argument of an operation, and where it goes."""

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str


@dataclass(frozen=True)
class FixedQuery:
    """A query parameter that the path key prescribes."""

    name: str
    value: str


@dataclass(frozen=True)
class Answer:
    """A status that means success, and how its body is read: `Json`, or `NoContent`."""

    status: int
    reader: str
    type: Type

    @property
    def has_body(self) -> bool:
        """Whether the reader is told a type."""
        return self.type != NONE


@dataclass(frozen=True)
class Failure:
    """A status that means failure, and the exception for it."""

    status: int
    exception: str


@dataclass(frozen=True)
class Raise:
    """A line of the `Raises:` section."""

    exception: str
    doc: str


@dataclass(frozen=True)
class Operation:
    """An operation of the document, which becomes a function and two methods."""

    name: str
    spec_name: str
    function: str
    method: str
    path: str
    path_parameters: tuple[Parameter, ...]
    query_parameters: tuple[Parameter, ...]
    fixed_query: tuple[FixedQuery, ...]
    body: Parameter | None
    security: tuple[tuple[str, ...], ...]
    returns: tuple[Answer, ...]
    raises: tuple[Failure, ...]
    result: Type
    doc: str
    raises_doc: tuple[Raise, ...]

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The arguments that a caller must give, in the order of the signature."""
        given = (*self.path_parameters, *self._body, *self.query_parameters)
        return tuple(parameter for parameter in given if parameter.required)

    @property
    def optional(self) -> tuple[Parameter, ...]:
        """The arguments that a caller may give, by keyword."""
        given = (*self._body, *self.query_parameters)
        return tuple(parameter for parameter in given if not parameter.required)

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """All arguments, in the order of the signature."""
        return self.required + self.optional

    @property
    def types(self) -> tuple[Type, ...]:
        """The types of the signature."""
        return (self.result, *(argument.type for argument in self.arguments))

    @property
    def documented(self) -> tuple[Parameter, ...]:
        """The arguments that the document says something about."""
        return tuple(argument for argument in self.arguments if argument.doc)

    @property
    def has_query(self) -> bool:
        """Whether anything goes into the query."""
        return bool(self.fixed_query or self.query_parameters)

    @property
    def _body(self) -> tuple[Parameter, ...]:
        return (self.body,) if self.body else ()


@dataclass(frozen=True)
class Resource:
    """The operations of one tag."""

    name: str
    spec_name: str
    attribute: str
    doc: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class ErrorClass:
    """An exception, and the body that comes with it.

    Attributes:
        kind: The discriminator's value that names it, or "" where the status alone does.
        body: The class of the body where it is not the common one, or "".
    """

    name: str
    spec_name: str
    doc: str
    kind: str
    body: str


@dataclass(frozen=True)
class Errors:
    """The exception hierarchy.

    Attributes:
        body: The class of the common error body, or "" where the document has none.
        discriminator: The field of the body that names the kind, or "".
        spec_discriminator: The same on the wire, or "".
        message_list: The field that holds a list of messages, or "".
        message: The field with the text for people, of the body or of a message, or "".
        classes: One exception a kind.
    """

    body: str
    spec_discriminator: str
    message_list: str
    message: str
    classes: tuple[ErrorClass, ...]

    @property
    def annotation(self) -> str:
        """The type of the body of any error."""
        return f"{self.body} | None" if self.body else "Any"

    @property
    def kinds(self) -> tuple[ErrorClass, ...]:
        """The exceptions that a discriminator value chooses."""
        return tuple(error for error in self.classes if error.kind)


@dataclass(frozen=True)
class SecurityScheme:
    """How a caller proves who it is, and the client's argument for it."""

    name: str
    spec_name: str
    header: str
    is_basic: bool


@dataclass(frozen=True)
class Session:
    """How a session is opened and closed.

    Attributes:
        create: The method that opens one, as `resource.method`; it answers the token.
        delete: The method that closes one.
        token: The scheme that takes the token.
        login: The scheme that opening needs.
    """

    create: str
    delete: str
    token: SecurityScheme
    login: SecurityScheme


@dataclass(frozen=True)
class Client:
    """The two client classes.

    Attributes:
        title: Title of the document.
        server: The base URL, with `{host}` where the caller's host goes.
        schemes: One argument a scheme.
        session: How to log in and out, or None.
    """

    title: str
    server: str
    schemes: tuple[SecurityScheme, ...]
    session: Session | None

    @property
    def has_basic(self) -> bool:
        """Whether a scheme takes a name and a password."""
        return any(scheme.is_basic for scheme in self.schemes)

    @property
    def has_api_key(self) -> bool:
        """Whether a scheme takes a key."""
        return not all(scheme.is_basic for scheme in self.schemes)

    @property
    def wire_names(self) -> tuple[str, ...]:
        """What the clients take from the module of the wire."""
        fixed = ("Call", "Connection", "T", "locate", "read", "transport_errors")
        credential = ("Credential",) if self.session else ()
        basic = ("basic",) if self.has_basic else ()
        return (*fixed, *credential, *basic, *(("api_key",) if self.has_api_key else ()))


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


def names_of(types: Iterable[Type]) -> frozenset[str]:
    """Return every scalar and class that the annotations mention."""
    return frozenset[str]().union(*(type_.names for type_ in types))


BASE_ERRORS = ("ApiError", "ClientError", "TransportError", "UnexpectedResponse")
NONE = Type(TypeKind.SCALAR, "None")
ANY = Type(TypeKind.SCALAR, "Any")

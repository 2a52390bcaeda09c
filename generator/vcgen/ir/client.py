"""The client classes: servers, security schemes, sessions."""

from __future__ import annotations

from vcgen.ir.servers import OwnServer, Server
from vcgen.records import Record


class Grant(Record):
    """Where a program obtains access tokens with an identity of its own (RFC 6749, section 4.4).

    Attributes:
        token_url: Where it asks for one; relative to the URL of the API, or whole.
        refresh_url: Where it asks for another one.
        scopes: What the operations of the client need.
    """

    token_url: str
    refresh_url: str
    scopes: tuple[str, ...] = ()


class SecurityScheme(Record):
    """How a caller proves who it is, and the client's argument for it.

    Attributes:
        scheme: The HTTP scheme that stands in front of a key in the Authorization header, or "".
        is_renewable: Whether the caller may give a function that provides it, again and again.
        grant: How the client can obtain it, or None.
    """

    name: str
    spec_name: str
    header: str
    is_basic: bool
    place: str = "header"
    is_bearer: bool = False
    scheme: str = ""
    is_renewable: bool = False
    grant: Grant | None = None

    @property
    def annotation(self) -> str:
        """The type of the credential itself."""
        return "tuple[str, str]" if self.is_basic else "str"

    @property
    def label(self) -> str:
        """What a key is sent under: the name of its header, or its HTTP scheme."""
        return self.scheme or self.header

    @property
    def key(self) -> str:
        """The name that it is sent under: of a header, a query parameter, or a cookie."""
        return self.header or "Authorization"

    @property
    def prefix(self) -> str:
        """What the header has in front of it, or ""."""
        return self.scheme or ("Basic" if self.is_basic else "Bearer" if self.is_bearer else "")

    @property
    def is_key(self) -> bool:
        """Whether it is a key under a name of its own."""
        return not (self.is_basic or self.is_bearer)

    @property
    def credential(self) -> str:
        """What makes a credential of the argument."""
        if self.is_basic or self.is_bearer:
            return "basic_credential" if self.is_basic else "bearer_credential"
        if self.scheme:
            return "prefixed_credential"
        return f"{self.place}_credential"


class Session(Record):
    """How a session is opened and closed.

    Attributes:
        create: The function that describes the call to open one; it answers the token.
        delete: The function that describes the call to close one.
        token: The scheme that takes the token.
        login: The scheme that opening needs.
    """

    create: str
    delete: str
    token: SecurityScheme
    login: SecurityScheme


class Client(Record):
    """The two client classes.

    Attributes:
        title: Title of the document.
        server: Where the operations are.
        schemes: One argument a scheme.
        session: How to log in and out, or None.
        servers: Those that only some operations have.
        offered: The URLs of all servers that the document names, that of `server` first.
    """

    title: str
    server: Server
    schemes: tuple[SecurityScheme, ...]
    session: Session | None
    servers: tuple[OwnServer, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def connection(self) -> str:
        """What holds the server and the credentials."""
        names = ("Placed" if self.servers else "", "Renewing" if self.renews else "")
        return f"{''.join(names)}{'Session' if self.session else ''}Connection"

    @property
    def base(self) -> str:
        """What the bases of the two classes are called after."""
        return "Session" if self.session else "Renewing" if self.renews else ""

    @property
    def renews(self) -> bool:
        """Whether credentials may expire that the client obtains again."""
        return any(scheme.is_renewable for scheme in self.schemes)

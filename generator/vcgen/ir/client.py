"""The client classes: servers, security schemes, sessions."""

from __future__ import annotations

from dataclasses import dataclass

from vcgen.ir.servers import OwnServer, Server


@dataclass(frozen=True)
class SecurityScheme:
    """How a caller proves who it is, and the client's argument for it.

    Attributes:
        scheme: The HTTP scheme that stands in front of a key in the Authorization header, or "".
    """

    name: str
    spec_name: str
    header: str
    is_basic: bool
    place: str = "header"
    is_bearer: bool = False
    scheme: str = ""

    @property
    def prefix(self) -> str:
        """What goes in front of a key."""
        return f"{self.scheme} " if self.scheme else ""

    @property
    def is_key(self) -> bool:
        """Whether it is a key under a name of its own."""
        return not (self.is_basic or self.is_bearer)

    @property
    def credential(self) -> str:
        """What makes a credential of the argument."""
        if self.is_basic or self.is_bearer:
            return "basic_credential" if self.is_basic else "bearer_credential"
        return f"{self.place}_credential"


@dataclass(frozen=True)
class Session:
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


@dataclass(frozen=True)
class Client:
    """The two client classes.

    Attributes:
        title: Title of the document.
        server: Where the operations are.
        schemes: One argument a scheme.
        session: How to log in and out, or None.
        servers: Those that only some operations have.
    """

    title: str
    server: Server
    schemes: tuple[SecurityScheme, ...]
    session: Session | None
    servers: tuple[OwnServer, ...] = ()

    @property
    def connection(self) -> str:
        """What holds the server and the credentials."""
        names = ("Placed" if self.servers else "", "Session" if self.session else "")
        return f"{''.join(names)}Connection"

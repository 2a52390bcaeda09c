"""The client classes: servers, security schemes, sessions."""

from __future__ import annotations

from dataclasses import dataclass


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

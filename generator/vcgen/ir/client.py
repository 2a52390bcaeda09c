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
    place: str = "header"
    is_bearer: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether it does not go into a header."""
        return self.place != "header"

    @property
    def is_key(self) -> bool:
        """Whether it is a key under a name of its own."""
        return not (self.is_basic or self.is_bearer)


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
        default_url: The base URL where the caller names neither host nor URL, or "".
    """

    title: str
    server: str
    schemes: tuple[SecurityScheme, ...]
    session: Session | None
    default_url: str = ""

    @property
    def has_basic(self) -> bool:
        """Whether a scheme takes a name and a password."""
        return any(scheme.is_basic for scheme in self.schemes)

    @property
    def has_api_key(self) -> bool:
        """Whether a scheme takes a key."""
        return any(scheme.is_key for scheme in self.schemes)

    @property
    def has_bearer(self) -> bool:
        """Whether a scheme takes a bearer token."""
        return any(scheme.is_bearer for scheme in self.schemes)

    @property
    def has_other_places(self) -> bool:
        """Whether a key goes anywhere but into a header."""
        return any(scheme.place != "header" for scheme in self.schemes)

    @property
    def has_cookie_key(self) -> bool:
        """Whether a key goes into a cookie."""
        return any(scheme.place == "cookie" for scheme in self.schemes)

    @property
    def has_default_url(self) -> bool:
        """Whether the caller need not say where the server is."""
        return bool(self.default_url)

    @property
    def wire_names(self) -> tuple[str, ...]:
        """What the clients take from the module of the wire."""
        fixed = ("Call", "Connection", "T", "locate", "read", "transport_errors")
        credential = ("Credential",) if self.session else ()
        basic = ("basic",) if self.has_basic else ()
        bearer = ("bearer",) if self.has_bearer else ()
        key = ("api_key",) if self.has_api_key else ()
        return (*fixed, *credential, *basic, *bearer, *key, "record")

"""Credentials."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from urllib.parse import quote

from msgspec import Struct

from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.hidden import Masked, hidden
from vcgen.runtime.wire.values import put_cookie, put_pairs


class Credential(Masked, Struct, frozen=True):
    """Credentials in a header."""

    name: str
    value: str

    def __post_init__(self) -> None:
        is_plain = self.value.isascii() and self.value.isprintable()
        if not is_plain or not self.value or self.value != self.value.strip():
            raise ValueError(f"the value for {self.name} must be non-empty plain ASCII")

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, unless an argument of the call has its name."""
        if self.name.lower() not in map(str.lower, draft.headers):
            draft.headers[self.name] = self.value


class QueryCredential(Credential, frozen=True):
    """Credentials in a query parameter."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, unless an argument of the call has its name."""
        start = f"{quote(self.name, safe='')}="
        given = draft.url.partition("?")[2].split("&")
        if not any(pair.startswith(start) for pair in given):
            put_pairs(draft, [start + quote(self.value, safe="")])
        draft.secret_query |= {self.name}


class CookieCredential(Credential, frozen=True):
    """Credentials in a cookie, whose value must be valid (RFC 6265)."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if {*' ",;\\'}.intersection(self.value):
            raise ValueError(f"a cookie cannot hold the value for {self.name}")

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, unless an argument of the call has its name."""
        given = draft.headers.get("Cookie", "").split("; ")
        if not any(pair.startswith(f"{self.name}=") for pair in given):
            put_cookie(draft, f"{self.name}={self.value}")


def header_credential(name: str, key: str | None) -> Credential | None:
    """Return the credential for a key in a header."""
    return None if key is None else Credential(name, key)


def prefixed_credential(prefix: str, key: str | None) -> Credential | None:
    """Return the credential for a key after its scheme (RFC 9110, section 11.4)."""
    if key is None:
        return None
    return Credential("Authorization", hidden(f"{prefix} {key}"))


def query_credential(name: str, key: str | None) -> Credential | None:
    """Return the credential for a key in the query."""
    return None if key is None else QueryCredential(name, key)


def cookie_credential(name: str, key: str | None) -> Credential | None:
    """Return the credential for a key in a cookie."""
    return None if key is None else CookieCredential(name, key)


def bearer_credential(token: str | None) -> Credential | None:
    """Return the credential for a bearer token (RFC 6750)."""
    return prefixed_credential("Bearer", token)


def basic_credential(user: tuple[str, str] | None) -> Credential | None:
    """Return the credential for a name and password (RFC 7617)."""
    if user is None:
        return None
    name, password = user
    if ":" in name:
        raise ValueError("a user name must not contain a colon")
    with suppress(UnicodeEncodeError):  # the exception would hold the password
        plain = f"{name}:{password}".encode()
        return Credential("Authorization", "Basic " + b64encode(plain).decode())
    raise ValueError("the user name and the password must be text")

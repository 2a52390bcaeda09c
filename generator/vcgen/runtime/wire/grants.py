"""Access tokens of OAuth 2, by the client credentials grant (RFC 6749, section 4.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Any
from urllib.parse import quote_plus

import httpx2
from msgspec import Struct, field
from msgspec.structs import replace

from vcgen.runtime.errors import ApiError, ClientError
from vcgen.runtime.wire.bodies import FormBody
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.connections import Connection
from vcgen.runtime.wire.credentials import (
    Credential,
    basic_credential,
    bearer_credential,
)
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.hidden import Masked
from vcgen.runtime.wire.readers import Json
from vcgen.runtime.wire.renewals import Renewable, provided

# Seconds before its end that a token is renewed; a short one is after half of its life.
MARGIN = 30.0


class ClientCredentials(Masked, Struct, frozen=True, kw_only=True):
    """What a program obtains access tokens with, and renews them before they expire.

    Attributes:
        scopes: What to ask for. By default, what the operations of this client need.
        token_url: Where to ask, instead of the URL in the API document.
        parameters: What else the server wants to know, such as `audience`.
        in_body: Whether the server takes the secret in the body, instead of the header.
    """

    client_id: str
    client_secret: str
    scopes: Sequence[str] | None = None
    token_url: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    in_body: bool = False


class AccessToken(Masked, Struct):
    """The response of a token endpoint (RFC 6749, section 5.1)."""

    access_token: str
    expires_in: float | str | None = None  # some servers send a text
    refresh_token: str | None = None


class Grant(Masked, Struct):
    """How a token is obtained: from the API document, and from the caller."""

    given: ClientCredentials
    token_url: str
    refresh_url: str
    scopes: Sequence[str]
    refresh_token: str | None = None

    def obtain(self, connection: Connection) -> Flow[tuple[Sendable, float]]:
        """Obtain a token, and tell when to renew it.

        Raises:
            ClientError: It could not be obtained.
        """
        begun = monotonic()
        token = (yield from self._refreshed(connection)) or (
            yield from self._token(
                connection, self.token_url, TokenRequest(self.given, self._asked)
            )
        )
        self.refresh_token = token.refresh_token or self.refresh_token
        life = inf
        with suppress(ValueError):
            life = inf if token.expires_in is None else float(token.expires_in)
        with suppress(ValueError):
            made = Credential("Authorization", f"Bearer {token.access_token}")
            return made, begun + life - min(MARGIN, life / 2)
        del token  # so that no frame shows it
        raise ClientError(f"POST {self.token_url}: no header can hold the token")

    @property
    def _asked(self) -> dict[str, str]:
        given = self.given
        scope = " ".join(self.scopes if given.scopes is None else given.scopes)
        asked = {"scope": scope} if scope else {}
        return {"grant_type": "client_credentials", **asked, **given.parameters}

    def _refreshed(self, connection: Connection) -> Flow[AccessToken | None]:
        """Return the token for a refresh token (section 6), None if it is of no use."""
        if self.refresh_token is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        self.refresh_token, request = None, TokenRequest(self.given, form)
        del form  # so that no frame shows it
        try:
            return (yield from self._token(connection, self.refresh_url, request))
        except ApiError:
            return None

    def _token(
        self, connection: Connection, url: str, request: TokenRequest
    ) -> Flow[AccessToken]:
        """Ask a URL for a token; one that is relative is below that of the API."""
        settings = connection.settings
        whole = httpx2.URL(f"{settings.base_url}/").join(self.given.token_url or url)
        call = Call(
            method="POST",
            path=str(whole),
            sends=[request],
            returns={200: Json[AccessToken](AccessToken)},
        )
        # The headers of the caller are for the API; they may be secret.
        plain = replace(settings, base_url="", headers={})
        return (yield from connection.with_settings(plain).answer(call))


class TokenRequest(Masked, Struct, frozen=True):
    """A form, and who sends it (RFC 6749, section 2.3.1)."""

    given: ClientCredentials
    form: Mapping[str, str]

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        draft.has_key = True  # if it is sent twice, one token is not used
        given, form = self.given, self.form
        pair = (given.client_id, given.client_secret)
        quoted = (quote_plus(pair[0]), quote_plus(pair[1]))
        if given.in_body:
            own = zip(("client_id", "client_secret"), pair, strict=True)
            form = {**form, **dict(own)}
        elif named := basic_credential(quoted):
            named.put(draft)
        FormBody(form, "application/x-www-form-urlencoded").put(draft)


def granted(
    given: Any, lock: Any, token_url: str, refresh_url: str, scopes: Sequence[str]
) -> Sendable | None:
    """Return the credentials that a caller gives: what obtains tokens, or a token."""
    if not isinstance(given, ClientCredentials):
        return provided(given, lock, bearer_credential)
    return Renewable(Grant(given, token_url, refresh_url, scopes).obtain, lock)

"""Sessions: opened if needed, opened again if they expire, and ended."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import Any

import httpx2
from msgspec import Struct

from vcgen.runtime.errors import ApiError, ClientError
from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.connections import Connection
from vcgen.runtime.wire.credentials import Credential
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.flows import Flow, Locked
from vcgen.runtime.wire.redirects import has_left
from vcgen.runtime.wire.settings import Settings

# How many sessions a call may find refused: where many share sessions that last for a
# few calls each, one of them has to wait for its turn.
SESSIONS_OF_A_CALL = 100
# How many of these it may have opened itself.
LOGINS_OF_A_CALL = 5


class Session(Struct):
    """How to open and end a session, and its state, which views of a client share.

    Attributes:
        login: The security scheme for opening a session.
        token: The security scheme that sends the token in `header`.
        create: The call that returns the token.
        lock: Held while a session is opened or ended.
        is_ours: Whether this client opened the session.
        has_served: Whether the server accepted its token for a call.
        failure: Why the last login failed, or None.
    """

    login: str
    token: str
    header: str
    create: Call[str]
    delete: Call[None]
    lock: Any
    is_ours: bool = False
    has_served: bool = False
    failure: Exception | None = None


class SessionConnection(Connection):
    """A connection that opens a session, and a new one if it expires."""

    def __init__(
        self,
        settings: Settings,
        reading: Reading,
        session: Session,
        **credentials: Sendable | None,
    ) -> None:
        super().__init__(settings, reading, **credentials)
        self._session = session

    @property
    def _token(self) -> Sendable | None:
        return self.credentials.get(self._session.token)

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call, and return the response.

        If the server refuses the session, a new one is opened. If this call opened the
        session and no other call used it, the server refused the call itself.
        """
        if not any(self._session.token in schemes for schemes in call.security):
            return (yield from super().response(call, draft))
        mine = None if self._token else (yield from self.log_in(None))
        refused = logins = 0
        while True:
            held = self._token
            response = yield from super().response(call, draft)
            is_current = held is self._token
            if response.status_code != 401 or has_left(response):
                self._session.has_served = self._session.has_served or is_current
                return response
            refused += 1
            is_over = refused == SESSIONS_OF_A_CALL or logins == LOGINS_OF_A_CALL
            is_of_no_use = is_current and held is mine and not self._session.has_served
            is_final = is_over or is_of_no_use or not draft.is_kept
            if is_final or not self._can_log_in:
                return response
            if fresh := (yield from self.log_in(held)):
                mine, logins = fresh, logins + 1

    @property
    def _can_log_in(self) -> bool:
        return self._session.login in self.credentials

    def log_in(self, expired: Sendable | None) -> Flow[Credential | None]:
        """Replace a session; return the new token, None if another call did so.

        Raises:
            ClientError: The session could not be opened.
        """
        if not self._can_log_in:
            return None
        opening = self._log_in(expired, self._session.failure)
        token: Credential | None = yield self._locked(opening)
        return token

    def _log_in(
        self, expired: Sendable | None, known: Exception | None
    ) -> Flow[Credential | None]:
        if self._token is not expired:
            return None
        if self._session.failure and self._session.failure is not known:
            # A call that waited for a login that failed does not try again.
            raise copy(self._session.failure) from self._session.failure
        if not self._can_log_in:
            return None
        try:
            token = self._opened((yield from self.answer(self._session.create)))
        except Exception as error:
            self._session.failure = error
            if isinstance(error, ApiError) and error.status_code == 401:
                # To try again could lock the account.
                self.credentials.pop(self._session.login)
            raise
        self.credentials[self._session.token] = token
        self._session.is_ours, self._session.has_served = True, False
        return token

    def _opened(self, text: str) -> Credential:
        """Open a session and return its token."""
        with suppress(ValueError):
            return Credential(self._session.header, text)
        create = self._session.create
        del text  # so that no frame shows it
        raise ClientError(
            f"{create.method} {create.path}: no header can hold the token"
        )

    def log_out(self) -> Flow[None]:
        """End the session that this client opened, and forget the password.

        Raises:
            ClientError: The request to end the session failed.
        """
        # Under the lock, so that a session that is being opened is ended, too.
        yield self._locked(self._log_out())

    def _locked(self, flow: Flow[Any]) -> Locked:
        return Locked(self._session.lock, flow, self.settings.total_timeout)

    def _log_out(self) -> Flow[None]:
        self.credentials.pop(self._session.login, None)
        if not self._session.is_ours:
            return
        self._session.is_ours = False
        try:
            yield from self.answer(self._session.delete)
        except ApiError as error:
            if error.status_code != 401:  # the session is over already
                raise
        finally:
            self.credentials.pop(self._session.token, None)

"""Credentials that expire: a function of the caller's provides them when needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable
from math import inf
from time import monotonic
from typing import Any, TypeAlias

import httpx2
from msgspec import Struct

from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.connections import Connection
from vcgen.runtime.wire.credentials import Credential
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.flows import AsyncDriver, Driver, Flow, Locked
from vcgen.runtime.wire.hidden import Masked, hidden
from vcgen.runtime.wire.servers import PlacedConnection
from vcgen.runtime.wire.sessions import SessionConnection

# How many credentials in a row a call may see refused, if none of them served any call.
REFUSALS_OF_A_CALL = 5

Provider: TypeAlias = Callable[[], T]
AsyncProvider: TypeAlias = Callable[[], Awaitable[T]]


class Renewable(Masked, Struct, eq=False):
    """Credentials that are obtained when a call needs them, and again if they expire.

    Attributes:
        obtain: The flow that obtains them, and when they expire: see `monotonic`.
        lock: Held meanwhile, so that one call does it for all.
        count: How often they were obtained.
        unserved: How many in a row have served no call.
        failure: Why they could not be obtained the last time, or None.
    """

    obtain: Callable[[Connection], Flow[tuple[Sendable, float]]]
    lock: Any
    held: Sendable | None = None
    expires: float = 0.0
    count: int = 0
    unserved: int = 0
    failure: Exception | None = None

    def put(self, draft: Draft, /) -> None:
        """Add them to a request."""
        if self.held is not None:
            self.held.put(draft)

    def renew(self, connection: Connection, count: int) -> Flow[bool]:
        """Obtain them again, if no other call has done so since they were counted.

        Return whether they are others than before.
        """
        renewing = self._renew(connection, count, self.failure)
        is_other: bool = yield Locked(self.lock, renewing)
        return is_other

    def _renew(
        self, connection: Connection, count: int, known: Exception | None
    ) -> Flow[bool]:
        if self.count != count:
            return True
        if self.failure is not None and self.failure is not known:
            # A call that waited for an attempt that failed makes no other.
            raise self.failure.with_traceback(None)
        try:
            found, self.expires = yield from self.obtain(connection)
        except Exception as error:
            self.failure = error
            raise
        is_other = found != self.held
        self.held = found
        self.count += 1
        self.unserved += 1
        return is_other


class Provide(Struct, frozen=True):
    """Call the function of the caller, and note what it raises."""

    provider: Callable[[], Any]
    wanted: Renewable

    def do(self, _: Driver, /) -> Any:
        try:
            return hidden(self.provider())
        except Exception as error:
            self.wanted.failure = error
            raise

    async def ado(self, _: AsyncDriver, /) -> Any:
        try:
            found = hidden(self.provider())
            return hidden(await found) if isawaitable(found) else found
        except Exception as error:
            self.wanted.failure = error
            raise


class RenewingConnection(Connection):
    """A connection that obtains credentials again if they expire."""

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call, and return the response.

        If the server refuses credentials, others are obtained, once for all calls.
        """
        found = self.credentials_for(call)
        used = [one for one in found if isinstance(one, Renewable)]
        return (
            self._renewed(call, draft, used) if used else super().response(call, draft)
        )

    def _renewed(
        self, call: Call[Any], draft: Draft, used: Sequence[Renewable]
    ) -> Flow[httpx2.Response]:
        begun = [one.count for one in used]
        for one, count in zip(used, begun, strict=True):
            if monotonic() >= one.expires:
                yield from one.renew(self, count)
        while True:
            counts = [one.count for one in used]
            response = yield from super().response(call, draft)
            if response.status_code != 401:
                for one in used:
                    one.unserved = 0
                return response
            is_hopeless = any(
                one.count > first and one.unserved >= REFUSALS_OF_A_CALL
                for one, first in zip(used, begun, strict=True)
            )
            if is_hopeless or not draft.is_kept:
                return response
            if not (yield from self._renew(used, counts)):
                return response

    def _renew(self, used: Sequence[Renewable], counts: Sequence[int]) -> Flow[bool]:
        """Obtain credentials again; return whether some are others than before."""
        is_other = False
        for one, count in zip(used, counts, strict=True):
            is_other = (yield from one.renew(self, count)) or is_other
        return is_other


class RenewingSessionConnection(SessionConnection, RenewingConnection):
    """A connection with a session that obtains other credentials again."""


class PlacedRenewingConnection(RenewingConnection, PlacedConnection):
    """A connection that obtains credentials again, for different servers."""


class PlacedRenewingSessionConnection(
    SessionConnection, RenewingConnection, PlacedConnection
):
    """A connection with a session and other credentials, for different servers."""


def provided(
    given: Any, lock: Any, make: Callable[..., Credential | None], *label: str
) -> Sendable | None:
    """Return the credentials that a caller gives: a value, or a function for it."""
    if not callable(given):
        return make(*label, given)

    def obtain(_: Connection) -> Flow[tuple[Sendable, float]]:
        value = yield Provide(given, wanted)
        is_value = issubclass(type(value), (str, tuple))
        made = make(*label, value) if is_value else None
        if made is None:
            kind = type(value).__name__
            raise TypeError(f"the function returned no credential, but a {kind}")
        return made, inf

    wanted = Renewable(obtain, lock)
    return wanted

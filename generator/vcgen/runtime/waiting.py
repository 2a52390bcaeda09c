"""Waiting: a call is repeated until its response ends the wait.

Becomes `_waiting.py`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Any, Protocol, cast

import httpx2
from msgspec import Struct

from vcgen.runtime.errors import (
    ApiError,
    ClientError,
    TransportError,
    WaitFailed,
    WaitTimedOut,
)
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.flows import AsyncDriver, Driver, Flow, Pause
from vcgen.runtime.wire.transport import content_of, recorded_responses, shown
from vcgen.runtime.wire.tries import retry_after

# The factor between pauses, and the share by which each may differ at random.
GROWTH = 1.5
JITTER = 0.25


class Follow(Protocol):
    """Runs a flow and returns its result."""

    def __call__(self, flow: Flow[T], /) -> T: ...


class AsyncFollow(Protocol):
    """Runs a flow and returns its result when awaited."""

    async def __call__(self, flow: Flow[T], /) -> T: ...


class Ask(Struct, frozen=True):
    """Make a call."""

    send: Any
    call: Call[Any]

    def do(self, _: Driver, /) -> Any:
        return self.send(self.call)

    async def ado(self, _: AsyncDriver, /) -> Any:
        return await self.send(self.call)


class Seen(Struct, frozen=True):
    """The outcome of a call: a value or an error."""

    value: Any = None
    error: ClientError | None = None
    response: httpx2.Response | None = None

    @property
    def status(self) -> int:
        """The status of the response, 0 if there is none."""
        return 0 if self.response is None else self.response.status_code

    @property
    def asked(self) -> float:
        """The seconds that the server asks to wait, 0 if it does not."""
        headers = httpx2.Headers() if self.response is None else self.response.headers
        seconds = retry_after(headers)
        return seconds if isfinite(seconds) else 0.0

    @property
    def is_lost(self) -> bool:
        """Whether there was no response."""
        return isinstance(self.error, TransportError)


class WaitMatch(Struct, frozen=True, kw_only=True, eq=False):
    """A condition that a response can meet.

    Attributes:
        error: The exception to match; None to match a value.
        statuses: The statuses to match; empty to match all.
        path: The fields that lead to a property of the value or the error's body.
        values: The values to match; None to match every value.
        after: Seconds for which responses must meet the condition.
        hint: What the condition means.
        reason: The fields that lead to a property with the reason.
    """

    error: type[ApiError] | None = None
    statuses: Sequence[int] = ()
    path: Sequence[str] = ()
    values: Sequence[object] | None = None
    after: float = 0
    hint: str = ""
    reason: Sequence[str] = ()

    def fits(self, seen: Seen) -> bool:
        """Return whether a response meets the condition."""
        if self.error is None:
            return seen.error is None and self._fits(seen.status, seen.value)
        error = seen.error
        if not isinstance(error, self.error):
            return False
        return self._fits(error.status_code, error.error)

    def _fits(self, status: int, body: Any) -> bool:
        if self.statuses and status not in self.statuses:
            return False
        found = within(body, self.path) if self.path else ()
        if self.values is None:
            return not self.path or any(one is not None for one in found)
        return any(one in self.values for one in found)

    def message(self, seen: Seen) -> str:
        """Describe a response, with its reason and the hint."""
        reasons = within(seen.value, self.reason) if self.reason else ()
        said = said_by(seen, self.path, self.values or ())
        parts = [said, *(str(one or "") for one in reasons)]
        text = ": ".join(part for part in parts if part)
        return f"{text} ({self.hint})" if self.hint else text


class Waiter(Struct, frozen=True, kw_only=True):
    """When a wait ends, and how often the call is made.

    Attributes:
        success: The conditions that end the wait with a result.
        failure: The conditions that end it with `WaitFailed`.
        retry: The errors that do not end it.
        interval: Seconds of the first pause.
        longest: Seconds of the longest pause.
    """

    success: Sequence[WaitMatch]
    failure: Sequence[WaitMatch] = ()
    retry: Sequence[WaitMatch] = ()
    interval: float
    longest: float

    def wait(
        self,
        send: Any,
        call: Call[T],
        timeout: float,
        on_progress: Callable[[T], Any] | None,
    ) -> Flow[T]:
        """Repeat a call until a condition of success is met; return the value.

        Raises:
            WaitFailed: A condition of failure is met.
            WaitTimedOut: The timeout has passed.
            ClientError: The call fails.
        """
        begun = time.monotonic()
        held: dict[WaitMatch, float] = {}
        last: Any = None
        pause = self.interval
        while True:
            seen = yield from self.look(send, call)
            now = time.monotonic()
            if seen.error is None:
                last = seen.value
                if on_progress is not None:
                    on_progress(last)
            if not seen.is_lost:
                held = {one: held.get(one, now) for one in self._fitting(seen)}
                match = next((m for m, t in held.items() if now - t >= m.after), None)
                if match in self.success:
                    return cast("T", seen.value)
                if match is not None and match in self.failure:
                    failed = WaitFailed(*address_of(call), match.message(seen), last)
                    failed.response = seen.response
                    raise failed from seen.error
                if seen.error is not None and not held:
                    raise seen.error
            if (left := begun + timeout - now) <= 0:
                reason = f"timed out after {timeout:g} s: {self._text(seen, held)}"
                late = WaitTimedOut(*address_of(call), reason, last)
                late.response = seen.response
                raise late from seen.error
            # Callers that began at the same time do not keep calling at the same time.
            share = random.SystemRandom().uniform(1 - JITTER, 1 + JITTER)
            yield Pause(min(left, max(pause * share, seen.asked)))
            pause = min(self.longest, pause * GROWTH)

    def look(self, send: Any, call: Call[Any]) -> Flow[Seen]:
        """Make a call and return its outcome."""
        with recorded_responses() as responses:
            try:
                value = yield Ask(send, call)
            except ClientError as error:
                return Seen(error=error, response=error.response)
        if not responses:
            return Seen(value)
        return Seen(value, response=shown(responses[-1], content_of(responses[-1])))

    def _fitting(self, seen: Seen) -> Iterator[WaitMatch]:
        for one in (*self.success, *self.failure, *self.retry):
            if one.fits(seen):
                yield one

    def _text(self, seen: Seen, held: dict[WaitMatch, float]) -> str:
        """Describe the last response by the condition that it meets."""
        known = [] if seen.is_lost else [*held]
        return (known or [*self.success])[0].message(seen)


def address_of(call: Call[Any]) -> tuple[str, str]:
    """Return the method and the URL of a call, without its query."""
    return call.method, call.draft().url.partition("?")[0]


def said_by(seen: Seen, path: Sequence[str], values: Sequence[object] = ()) -> str:
    """Describe a response, by one of some values if there is any of them."""
    if seen.error is not None:
        return getattr(seen.error, "message", "") or str(seen.error)
    if not path:
        return ""
    found = [*within(seen.value, path)] or [None]
    met = next((one for one in found if one in values), found[0])
    return f"{'.'.join(path)} is {met}"


def within(value: Any, path: Sequence[str]) -> Iterator[Any]:
    """Yield the values at a path, in each item of a list; None if missing."""
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from within(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        yield from within(cast("dict[str, object]", value).get(path[0]), path[1:])
    else:
        yield from within(getattr(value, path[0], None), path[1:])

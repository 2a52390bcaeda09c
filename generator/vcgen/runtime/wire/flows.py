"""Flows: the steps of a call; drivers: what executes them."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import aclosing, closing
from math import ceil, inf
from time import monotonic, sleep
from typing import Any, Protocol, TypeAlias

import httpx2
from msgspec import Struct

from vcgen.runtime.errors import ClientError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.drafts import Draft


class Step(Protocol):
    """A step of a flow: `do` executes it and returns the result."""

    def do(self, driver: Driver, /) -> Any: ...

    async def ado(self, driver: AsyncDriver, /) -> Any: ...


Flow: TypeAlias = Generator[Step, Any, T]


class Driver(Struct, frozen=True):
    """Executes the steps of flows, until the clock reaches `until`."""

    http: httpx2.Client
    until: float = inf

    def run(self, flow: Flow[T], seconds: float = inf) -> T:
        """Run a flow, for some seconds at most, and return its result."""
        driver = Driver(self.http, min(self.until, monotonic() + seconds))
        try:
            step = next(flow)
            while True:
                try:
                    done = step.do(driver)
                except (ClientError, httpx2.RequestError) as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(done)
        except StopIteration as end:
            value: T = end.value
            return value
        finally:
            flow.close()


class AsyncDriver(Struct, frozen=True):
    """Executes the steps of flows; other tasks run while it waits."""

    http: httpx2.AsyncClient

    async def run(self, flow: Flow[T], seconds: float = inf) -> T:
        """Run a flow, for some seconds at most, and return its result."""
        import asyncio  # imported here, since it takes long

        timeout = asyncio.timeout(None if seconds == inf else seconds)
        try:
            try:
                async with timeout:
                    step = next(flow)
                    while True:
                        try:
                            done = await step.ado(self)
                        except (ClientError, httpx2.RequestError) as error:
                            step = flow.throw(error)
                        else:
                            step = flow.send(done)
            except TimeoutError:
                while timeout.expired():  # it has no time for any other step
                    flow.throw(overdue())
                raise
        except StopIteration as end:
            value: T = end.value
            return value
        finally:
            flow.close()


class Exchange(Struct, frozen=True):
    """Send a request and read the response up to its body."""

    draft: Draft

    def do(self, driver: Driver, /) -> httpx2.Response:
        for one in self.draft.uploads:
            one.check()
        request = self.draft.request(driver.http)
        limit(request.extensions["timeout"], driver)
        return driver.http.send(
            request, stream=True, auth=self._auth, follow_redirects=False
        )

    async def ado(self, driver: AsyncDriver, /) -> httpx2.Response:
        request = self.draft.request(driver.http)
        return await driver.http.send(
            request, stream=True, auth=self._auth, follow_redirects=False
        )

    @property
    def _auth(self) -> Any:
        # The HTTP library would carry credentials to where a redirect leads.
        return httpx2.USE_CLIENT_DEFAULT if self.draft.is_ours else None


class Receive(Struct, frozen=True):
    """Read the body of a response, decompressed: one byte more than `most` at most."""

    response: httpx2.Response
    most: int

    def do(self, _: Driver, /) -> httpx2.Response:
        if is_small(self.response, self.most):
            self.response.read()
            return self.response
        body = bytearray()
        with closing(self.response):
            for part in self.response.iter_bytes():
                body += part
                if len(body) > self.most:
                    break
        return filled(self.response, body[: self.most + 1])

    async def ado(self, _: AsyncDriver, /) -> httpx2.Response:
        if is_small(self.response, self.most):
            await self.response.aread()
            return self.response
        body = bytearray()
        parts = self.response.aiter_bytes()
        async with aclosing(self.response), aclosing(parts):
            async for part in parts:
                body += part
                if len(body) > self.most:
                    break
        return filled(self.response, body[: self.most + 1])


class Pause(Struct, frozen=True):
    """Do nothing for some seconds."""

    seconds: float

    def do(self, driver: Driver, /) -> None:
        sleep(min(self.seconds, remaining(driver.until)))

    async def ado(self, _: AsyncDriver, /) -> None:
        import asyncio  # imported here, since it takes long

        await asyncio.sleep(self.seconds)


class Locked(Struct, frozen=True):
    """Run a flow while holding a lock, for some seconds at most."""

    lock: Any
    flow: Flow[Any]
    seconds: float = inf

    def do(self, driver: Driver, /) -> Any:
        left = remaining(driver.until)
        if not self.lock.acquire(timeout=min(left, threading.TIMEOUT_MAX)):
            raise overdue()
        try:
            return driver.run(self.flow, self.seconds)
        finally:
            self.lock.release()

    async def ado(self, driver: AsyncDriver, /) -> Any:
        async with self.lock:
            return await driver.run(self.flow, self.seconds)


def is_small(response: httpx2.Response, most: int) -> bool:
    """Return whether a body is read, or known to have at most this size."""
    if response.is_closed or "Content-Encoding" in response.headers:
        return response.is_closed
    length = response.headers.get("Content-Length", "")
    return length.isdigit() and int(length) <= most


def filled(response: httpx2.Response, body: bytearray) -> httpx2.Response:
    """Return a response that has its body, of which the HTTP library has no copy."""
    found = httpx2.Response(
        response.status_code,
        content=bytes(body),
        request=response.request,
        extensions=response.extensions,
    )
    found.headers, found.elapsed = response.headers, response.elapsed
    found.history = response.history
    return found


class Left(Struct, frozen=True):
    """The seconds that are left to a driver, which the HTTP library takes as an index.

    It asks for them each time it waits: a server that sends a byte now and then cannot
    hold a call. It takes whole seconds of anything but a float.
    """

    until: float
    most: float
    given: float | None

    def __index__(self) -> int:
        return ceil(min(remaining(self.until), self.most))


def limit(timeouts: dict[str, Any], driver: Driver) -> None:
    """Let no wait of a request outlast its driver."""
    if driver.until == inf:
        return
    left = remaining(driver.until)
    for name, given in timeouts.items():
        most = left if given is None else given
        repeats = name in {"read", "write"} and most >= 1
        timeouts[name] = Left(driver.until, most, given) if repeats else min(most, left)


def remaining(until: float) -> float:
    """Return the seconds that are left of a call.

    Raises:
        httpx2.ReadTimeout: None is left.
    """
    left = until - monotonic()
    if left <= 0:
        raise overdue()
    return left


def overdue() -> httpx2.ReadTimeout:
    """Return the error of a call that took too long."""
    return httpx2.ReadTimeout("the call took longer than total_timeout")

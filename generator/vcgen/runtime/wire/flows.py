"""Flows: the steps of a call; drivers: what executes them."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import httpx2

from vcgen.runtime.errors import ClientError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.drafts import Draft


class Step(Protocol):
    """A step of a flow: `do` executes it and returns the result."""

    def do(self, driver: Driver, /) -> Any: ...

    async def ado(self, driver: AsyncDriver, /) -> Any: ...


Flow: TypeAlias = Generator[Step, Any, T]


@dataclass(frozen=True)
class Driver:
    """Executes the steps of flows."""

    http: httpx2.Client

    def run(self, flow: Flow[T]) -> T:
        """Run a flow and return its result."""
        try:
            step = next(flow)
            while True:
                try:
                    done = step.do(self)
                except (ClientError, httpx2.RequestError) as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(done)
        except StopIteration as end:
            value: T = end.value
            return value
        finally:
            flow.close()


@dataclass(frozen=True)
class AsyncDriver:
    """Executes the steps of flows; other tasks run while it waits."""

    http: httpx2.AsyncClient

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow and return its result."""
        try:
            step = next(flow)
            while True:
                try:
                    done = await step.ado(self)
                except (ClientError, httpx2.RequestError) as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(done)
        except StopIteration as end:
            value: T = end.value
            return value
        finally:
            flow.close()


@dataclass(frozen=True)
class Exchange:
    """Send a request and read the response."""

    draft: Draft

    # A redirect would carry the credentials to where they do not belong.

    def do(self, driver: Driver, /) -> httpx2.Response:
        request = self.draft.request(driver.http.build_request)
        return driver.http.send(request, follow_redirects=False)

    async def ado(self, driver: AsyncDriver, /) -> httpx2.Response:
        request = self.draft.request(driver.http.build_request)
        return await driver.http.send(request, follow_redirects=False)


@dataclass(frozen=True)
class Locked:
    """Run a flow while holding a lock."""

    lock: Any
    flow: Flow[Any]

    def do(self, driver: Driver, /) -> Any:
        with self.lock:
            return driver.run(self.flow)

    async def ado(self, driver: AsyncDriver, /) -> Any:
        async with self.lock:
            return await driver.run(self.flow)

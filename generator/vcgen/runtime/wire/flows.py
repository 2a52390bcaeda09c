"""Flows: what happens in a call, step by step; drivers: who does it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import httpx2

from vcgen.runtime.errors import ClientError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.drafts import Draft


class Step(Protocol):
    """Something that a flow wants done: `do` does it and returns what comes of it."""

    def do(self, driver: Driver, /) -> Any: ...

    async def ado(self, driver: AsyncDriver, /) -> Any: ...


Flow: TypeAlias = Generator[Step, Any, T]


@dataclass(frozen=True)
class Driver:
    """Does what flows want done."""

    http: httpx2.Client

    def run(self, flow: Flow[T]) -> T:
        """Return what a flow comes to."""
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
    """Does what flows want done, and lets others do something while it waits."""

    http: httpx2.AsyncClient

    async def run(self, flow: Flow[T]) -> T:
        """Return what a flow comes to."""
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
    """Send a request, and read its answer."""

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
    """Run a flow while nobody else runs one under the same lock."""

    lock: Any
    flow: Flow[Any]

    def do(self, driver: Driver, /) -> Any:
        with self.lock:
            return driver.run(self.flow)

    async def ado(self, driver: AsyncDriver, /) -> Any:
        async with self.lock:
            return await driver.run(self.flow)

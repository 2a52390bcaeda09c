"""Exchanges whose response body the caller may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2

from vcgen.runtime.wire.answers import of_status
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.downloads import Binary
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import AsyncDriver, Driver, Flow
from vcgen.runtime.wire.transport import record, transport_errors


@dataclass(frozen=True)
class Exchange:
    """Send a request without reading the body of the response."""

    draft: Draft

    # A redirect would carry the credentials to where they do not belong.

    def do(self, driver: Driver, /) -> httpx2.Response:
        request = self.draft.request(driver.http.build_request)
        return driver.http.send(request, stream=True, follow_redirects=False)

    async def ado(self, driver: AsyncDriver, /) -> httpx2.Response:
        request = self.draft.request(driver.http.build_request)
        return await driver.http.send(request, stream=True, follow_redirects=False)


@dataclass(frozen=True)
class Receive:
    """Read the body of a response."""

    response: httpx2.Response

    def do(self, _: Driver, /) -> bytes:
        return self.response.read()

    async def ado(self, _: AsyncDriver, /) -> bytes:
        return await self.response.aread()


def exchange(call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, record the response, and return it."""
    with transport_errors(draft):
        response: httpx2.Response = yield Exchange(draft)
        reader = of_status(call.returns, response.status_code)
        if response.is_error or not isinstance(reader, Binary):
            yield Receive(response)
    return record(response)

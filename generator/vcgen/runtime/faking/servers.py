"""Fake servers: transports that respond instead of a network. Become `FakeServer`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
from msgspec.json import encode

from vcgen.runtime.errors import ApiError
from vcgen.runtime.faking.operations import JSON, FakeOperation, Usual
from vcgen.runtime.wire.checks import checked


class FakeResource:
    """The operations of a fake server that belong together."""


class FakeTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport that responds instead of a network, sync and async."""

    def __init__(
        self,
        discriminators: tuple[str, ...] = (),
        kinds: Mapping[str, type[ApiError]] | None = None,
    ) -> None:
        self._discriminators = discriminators
        self._kinds = kinds or {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of the fake. Called by httpx2."""
        request.read()
        return self.fake_response(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of the fake. Called by httpx2."""
        await request.aread()
        return self.fake_response(request)

    def fake_response(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response to a request.

        Raises:
            AssertionError: No operation fits, or it has no response.
        """
        operations = self.fake_operations()
        best = max(operations, key=lambda one: one.rank(request))
        if not best.rank(request):
            place = f"{request.method} {request.url.path}"
            raise AssertionError(f"no operation of this client is {place}")
        return self.fake_respond(best, request)

    def fake_respond(
        self,
        operation: FakeOperation[..., Any],
        request: httpx2.Request,
        usual: Usual | None = None,
    ) -> httpx2.Response:
        """Return the response of an operation; the usual one, if it has none."""
        operation.check_query(request, self.fake_query)
        return operation.answer(self.fake_error, request, usual)

    @property
    def fake_query(self) -> frozenset[str]:
        """The query parameters that any operation takes."""
        return frozenset()

    def fake_operations(self) -> list[FakeOperation[..., Any]]:
        """Return the operations."""
        every = vars(self).values()
        found = [vars(one) for one in every if isinstance(one, FakeResource)]
        return [operation for one in found for operation in one.values()]

    def fake_error(
        self, status: int, exception: type[ApiError], body: object = None
    ) -> httpx2.Response:
        """Return an error as the server would send it."""
        kind = next((name for name, one in self._kinds.items() if one is exception), "")
        told = {name: kind for name in self._discriminators[:1] if kind}
        content = encode(checked(told if body is None else body))
        return httpx2.Response(status, headers=JSON, content=content)

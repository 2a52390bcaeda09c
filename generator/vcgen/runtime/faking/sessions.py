"""Faking of servers with sessions."""

from __future__ import annotations

import functools
from typing import Any, ClassVar

import httpx2

from vcgen.runtime.faking.credentials import FakeCredentials
from vcgen.runtime.faking.operations import FakeOperation, Usual


class FakeSessions(FakeCredentials):
    """A fake server that has sessions, which open, expire and end by themselves."""

    fake_session_header: ClassVar[str]
    fake_opening: ClassVar[str]
    fake_closing: ClassVar[str]

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self._open: set[str] = set()
        self._over: set[str] = set()
        self._count = 0
        self._most = 1000

    @property
    def open_sessions(self) -> int:
        """How many sessions there are."""
        return len(self._open)

    def expire_sessions(self) -> None:
        """End the sessions; the next requests with them are refused."""
        self._over |= self._open
        self._open.clear()

    def limit_sessions(self, most: int) -> None:
        """Refuse to open more than so many sessions at a time, with the status 503."""
        self._most = most

    def fake_respond(
        self,
        operation: FakeOperation[..., Any],
        request: httpx2.Request,
        usual: Usual | None = None,
    ) -> httpx2.Response:
        """Return the response of an operation; the usual one, if it has none."""
        token = request.headers.get(self.fake_session_header, "")
        if operation.name == self.fake_opening:
            return super().fake_respond(operation, request, self._opened)
        if token in self._over:
            return self.fake_error(401, operation.exception(401))
        if operation.name == self.fake_closing:
            usual = functools.partial(self._closed, token)
        return super().fake_respond(operation, request, usual)

    def _opened(self, operation: FakeOperation[..., Any]) -> httpx2.Response:
        if len(self._open) >= self._most:
            return self.fake_error(503, operation.exception(503))
        self._count += 1
        self._open.add(f"session-{self._count}")
        return operation.success(f"session-{self._count}")

    def _closed(
        self, token: str, operation: FakeOperation[..., Any]
    ) -> httpx2.Response:
        self._open.discard(token)
        return operation.success(None)

"""Clients: what each does, whatever its API. Becomes a part of `client.py`."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Generic, Self, TypeVar, Unpack

import httpx2
from msgspec.structs import replace

from vcgen.runtime.errors import ClientError
from vcgen.runtime.wire.addresses import locate
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.flows import AsyncDriver, Driver
from vcgen.runtime.wire.hidden import hidden
from vcgen.runtime.wire.sessions import SessionConnection
from vcgen.runtime.wire.settings import TIMEOUT, CallOptions
from vcgen.runtime.wire.transport import recorded_responses

Http = TypeVar("Http")


class BaseClient(Generic[Http]):
    """What a document says of its clients: packages have their own in place of this."""

    def __init__(
        self,
        connection: SessionConnection,
        verify: bool | ssl.SSLContext = True,
        http: Http | None = None,
    ) -> None:
        self._connection = connection
        self._start(http, verify=verify, timeout=TIMEOUT)

    def _start(self, http: Http | None, **options: Any) -> None:
        raise NotImplementedError  # both clients have their own

    @staticmethod
    def _new_lock() -> Any:
        raise NotImplementedError  # both clients have their own


class CommonBase(BaseClient[Http]):
    """Methods of both clients."""

    _is_view = False

    def with_options(
        self, *, base_url: str | None = None, **options: Unpack[CallOptions]
    ) -> Self:
        """Return a view of this client with other options.

        It shares the connections and the session. Closing it does nothing.

        Raises:
            ValueError: A value cannot be used.
        """
        options = hidden(options)
        view = object.__new__(type(self))
        # The resources are left out: they send their calls by this client.
        view.__dict__ = {k: v for k, v in vars(self).items() if k.startswith("_")}
        settings = replace(self._connection.settings, **options)
        if base_url is not None:
            settings = replace(settings, base_url=locate(base_url, None))
        view._connection = self._connection.with_settings(settings)
        view._is_view = True
        return view


class SyncBase(CommonBase[httpx2.Client]):
    """Methods of the synchronous client."""

    def _start(self, http: httpx2.Client | None, **options: Any) -> None:
        self._owns_http = http is None
        self._driver = Driver(httpx2.Client(**options) if http is None else http)

    def _send(self, call: Call[T]) -> T:
        seconds = self._connection.settings.total_timeout
        return self._driver.run(self._connection.answer(call), seconds)

    def with_response(self, call: Callable[[], T]) -> tuple[T, httpx2.Response]:
        """Make a call, `lambda: client...`; return its value and the HTTP response."""
        with recorded_responses() as responses:
            value = call()
        return value, responses[-1]

    def close(self) -> None:
        """Close the connections."""
        if self._owns_http and not self._is_view:
            self._driver.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class SyncRenewingBase(SyncBase):
    """Methods of the synchronous client whose credentials expire."""

    @staticmethod
    def _new_lock() -> Any:
        return threading.Lock()


class SyncSessionBase(SyncBase):
    """Methods of the synchronous client with a session."""

    @staticmethod
    def _new_lock() -> Any:
        return threading.Lock()

    def _log_in(self) -> Self:
        try:
            self._driver.run(self._connection.log_in(None))
        except BaseException:
            self.close()
            raise
        return self

    def logout(self) -> None:
        """End the session that `login` opened, and forget the password.

        Raises:
            ClientError: The request to end the session failed.
        """
        try:
            self._driver.run(self._connection.log_out())
        finally:
            if self._owns_http:
                self._driver.http.cookies.clear()

    def close(self) -> None:
        """Log out and close the connections; a failure to log out is ignored."""
        if not self._is_view:
            with suppress(ClientError):
                self.logout()
            super().close()


class AsyncBase(CommonBase[httpx2.AsyncClient]):
    """Methods of the asynchronous client."""

    def _start(self, http: httpx2.AsyncClient | None, **options: Any) -> None:
        self._owns_http = http is None
        self._driver = AsyncDriver(
            httpx2.AsyncClient(**options) if http is None else http
        )

    async def _send(self, call: Call[T]) -> T:
        seconds = self._connection.settings.total_timeout
        return await self._driver.run(self._connection.answer(call), seconds)

    async def with_response(
        self, call: Callable[[], Awaitable[T]]
    ) -> tuple[T, httpx2.Response]:
        """Make a call, `lambda: client...`; return its value and the HTTP response."""
        with recorded_responses() as responses:
            value = await call()
        return value, responses[-1]

    async def aclose(self) -> None:
        """Close the connections."""
        if self._owns_http and not self._is_view:
            await self._driver.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class AsyncRenewingBase(AsyncBase):
    """Methods of the asynchronous client whose credentials expire."""

    @staticmethod
    def _new_lock() -> Any:
        from asyncio import Lock  # imported here, since it takes long

        return Lock()


class AsyncSessionBase(AsyncBase):
    """Methods of the asynchronous client with a session."""

    @staticmethod
    def _new_lock() -> Any:
        from asyncio import Lock  # imported here, since it takes long

        return Lock()

    async def _log_in(self) -> Self:
        try:
            await self._driver.run(self._connection.log_in(None))
        except BaseException:
            await self.aclose()
            raise
        return self

    async def logout(self) -> None:
        """End the session that `login` opened, and forget the password.

        Raises:
            ClientError: The request to end the session failed.
        """
        try:
            await self._driver.run(self._connection.log_out())
        finally:
            if self._owns_http:
                self._driver.http.cookies.clear()

    async def aclose(self) -> None:
        """Log out and close the connections; a failure to log out is ignored."""
        if not self._is_view:
            with suppress(ClientError):
                await self.logout()
            await super().aclose()

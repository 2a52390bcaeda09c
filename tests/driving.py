"""What drives generated clients in tests: golden packages over a transport that answers."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import inspect
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
from golden_packages import faked_packages, golden_package

Answer = Callable[[httpx2.Request], httpx2.Response]


def load(folder: Path) -> ModuleType:
    """Import a generated package under a name that no other module has."""
    name = f"golden_{folder.name}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def golden(case: str) -> ModuleType:
    return load(golden_package(case))


def faked(case: str) -> tuple[ModuleType, ...]:
    """Return the packages of a case, each with its fake server."""
    return tuple(map(load, faked_packages(case)))


def fake_of(package: ModuleType) -> Any:
    """Return a fake server of a package."""
    return importlib.import_module(f"{package.__name__}.testing").FakeServer()


def reply(status: int = 204, body: object = None, **headers: str) -> Answer:
    """Answer with bytes as they are, or with any other value as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} if not isinstance(body, bytes) else {}
    sent |= {key.replace("_", "-"): value for key, value in headers.items()}
    return lambda _: httpx2.Response(status, headers=sent, content=b"" if body is None else content)


NOTHING = reply()


@dataclass
class Driver:
    """Calls the synchronous or the asynchronous client of a package; keeps what was sent.

    The HTTP client is the caller's, with the options of `http`.
    """

    is_async: bool
    sent: list[httpx2.Request] = field(default_factory=list[httpx2.Request])
    http: dict[str, Any] = field(default_factory=dict[str, Any])

    def __call__(
        self,
        package: ModuleType | str,
        act: Callable[[Any], Any],
        answer: Answer = NOTHING,
        **arguments: Any,
    ) -> Any:
        package = golden(package) if isinstance(package, str) else package
        if "base_url" not in arguments and "host" not in arguments:
            arguments["base_url"] = "https://api.test"

        def handle(request: httpx2.Request) -> httpx2.Response:
            self.sent.append(request)
            return answer(request)

        if self.is_async:
            return asyncio.run(self._act(package, act, handle, arguments))
        with httpx2.Client(transport=httpx2.MockTransport(handle), **self.http) as http:
            return act(package.Client(http=http, **arguments))

    async def _act(
        self,
        package: ModuleType,
        act: Callable[[Any], Any],
        handle: Answer,
        arguments: dict[str, Any],
    ) -> Any:
        transport = httpx2.MockTransport(handle)
        async with httpx2.AsyncClient(transport=transport, **self.http) as http:
            result = act(package.AsyncClient(http=http, **arguments))
            return await result if inspect.isawaitable(result) else result

    @property
    def request(self) -> httpx2.Request:
        """The one request that was sent."""
        (request,) = self.sent
        return request

    @property
    def target(self) -> str:
        """Path and query as they went over the wire."""
        return self.request.url.raw_path.decode()

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query as a server reads it."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

"""What the tests of the generated client share: a stand-in server, a driver, the spec as oracle.

It imports nothing of the generator: what may go over the wire is said here, and in the spec.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import threading
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx2
import yaml12
from pytest_httpserver import HTTPServer
from vcenter_guest_customization import AsyncClient, Client, VmGuestCustomizationInfo
from werkzeug import Request, Response
from werkzeug.datastructures import Headers

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "specs" / "vcenter-guest-customization.yaml"

SESSION = "/api/session"
CUSTOMIZATION = "/api/vcenter/vm/vm-42/guest/customization"
TOKEN_HEADER = "vmware-api-session-id"

USER = "administrator@vsphere.local"
PASSWORD = "Correct:Horse:Bätterie"
BASIC = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
CALLERS_TOKEN = "5ec4e7-of-the-caller"
OPENED_TOKEN = "5ec4e7-opened-{}"
SECRETS = (PASSWORD, BASIC, BASIC.removeprefix("Basic "), "5ec4e7")
"""No part of these may show anywhere; all tokens of these tests begin alike, so one entry does."""

IDLE = {"status": "IDLE"}

_ANY_PATH = re.compile(r"(?s).*")

T = TypeVar("T")
Answer = Callable[[Request], Response]


def reply(status: int, body: object = b"", **headers: str) -> Answer:
    """Answer with bytes or text as HTML, or with any other value as JSON."""
    raw = isinstance(body, bytes | str)
    content = cast("bytes | str", body) if raw else json.dumps(body)
    kind = "text/html" if raw else "application/json"
    sent = {"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}
    return lambda _: Response(content, status, sent)


def error_body(*messages: str, error_type: str | None = None, **more: object) -> dict[str, object]:
    """Return the body of an error in the `/api` form; without `error_type` unless one is given."""
    stack = [{"id": f"test.{n}", "default_message": m, "args": []} for n, m in enumerate(messages)]
    kind = {} if error_type is None else {"error_type": error_type}
    return {"messages": stack, **kind, **more}


UNAUTHENTICATED = error_body("Authentication required.", error_type="UNAUTHENTICATED")


@dataclass(frozen=True)
class Seen:
    """A request, as it came off the wire."""

    method: str
    target: str
    headers: Headers
    body: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.target}"

    @property
    def token(self) -> str | None:
        return self.headers.get(TOKEN_HEADER)


class Connections:
    """Knows the connections of a server, each of which has a thread of its own."""

    def __init__(self, http: HTTPServer) -> None:
        assert http.server is not None, "the server was started"
        self._address = (http.host, http.port)
        self._changed = threading.Condition()
        self._accepted: set[object] = set()
        self._open: set[object] = set()
        accept, close = http.server.process_request, http.server.shutdown_request

        def process_request(request: Any, address: Any) -> None:
            with self._changed:
                self._accepted.add(address)
                self._open.add(request)
            accept(request, address)

        def shutdown_request(request: Any) -> None:
            close(request)
            with self._changed:
                self._open.discard(request)
                self._changed.notify_all()

        changed: Any = http.server
        changed.process_request = process_request
        changed.shutdown_request = shutdown_request

    def settle(self, seconds: float = 10) -> None:
        """Wait until all connections made so far are closed, or raise TimeoutError."""
        # They are accepted in the order in which they were made: this one is the last of them.
        with socket.create_connection(self._address) as last:
            address = last.getsockname()
        with self._changed:
            done = self._changed.wait_for(
                lambda: address in self._accepted and not self._open, seconds
            )
            self._accepted.clear()
        if not done:
            raise TimeoutError(f"after {seconds} s a connection to the stand-in is still open")


class VCenter:
    """Stands in for a vCenter Server: keeps sessions, and answers as a test tells it to."""

    def __init__(self, http: HTTPServer) -> None:
        self.http = http
        self._lock = threading.Lock()
        self._connections = Connections(http)
        self.reset()

    def settle(self) -> None:
        """Wait until what a test sent has been answered: it is not to reach the next test."""
        self._connections.settle()

    def reset(self) -> None:
        """Forget what a test said and did."""
        self.http.clear()
        self.http.expect_request(_ANY_PATH).respond_with_handler(self._answer)
        self.seen: list[Seen] = []
        self.sessions = {CALLERS_TOKEN}
        self._opened = 0
        self._answers: dict[str, deque[Answer]] = {}

    @property
    def url(self) -> str:
        """The base URL of its API."""
        return self.http.url_for("/api")

    @property
    def address(self) -> str:
        """Its host and port."""
        return f"{self.http.host}:{self.http.port}"

    @property
    def trace(self) -> list[str]:
        """Methods and raw targets of the requests, in the order of their arrival."""
        return [str(request) for request in self.seen]

    def of(self, method: str) -> list[Seen]:
        """Return the requests of a method."""
        return [request for request in self.seen if request.method == method]

    def on(self, method: str, *answers: Answer) -> None:
        """Say how the requests of a method are answered, in turn; the last answer stays."""
        self._answers[method] = deque(answers)

    def expire(self) -> None:
        """End all sessions, as an idle timeout does: their owners are not told."""
        self.sessions.clear()

    def open(self, request: Request) -> Response:
        """Open a session for the one user that it knows."""
        if request.headers.get("Authorization") != BASIC:
            return reply(401, UNAUTHENTICATED)(request)
        with self._lock:
            self._opened += 1
            token = OPENED_TOKEN.format(self._opened)
            self.sessions.add(token)
        return reply(201, json.dumps(token), Content_Type="application/json")(request)

    def _answer(self, request: Request) -> Response:
        target = cast("str", request.environ["REQUEST_URI"])
        headers = Headers(request.headers.to_wsgi_list())
        with self._lock:
            self.seen.append(Seen(request.method, target, headers, request.get_data()))
            answers = self._answers.get(request.method)
            answer = None
            if answers:
                answer = answers.popleft() if len(answers) > 1 else answers[0]
        return (answer or self.behave)(request)

    def behave(self, request: Request) -> Response:
        """Answer as a real server with one idle machine would."""
        if (request.method, request.path) == ("POST", SESSION):
            return self.open(request)
        token = request.headers.get(TOKEN_HEADER)
        if token not in self.sessions:
            return reply(401, UNAUTHENTICATED)(request)
        if (request.method, request.path) == ("DELETE", SESSION):
            self.sessions.discard(token)
            return Response(status=204)
        return reply(200, IDLE)(request)


class Driver:
    """Runs one test body against `Client` and `AsyncClient`.

    Its types speak of the sync client. With the async one, whose methods are the same, `run` awaits
    what the call returned, so that a test body is written once: `run(client.session.create)`.
    """

    def __init__(self, flavour: str, vcenter: VCenter) -> None:
        self.is_async = flavour == "async"
        self.vcenter = vcenter
        self.client_class = cast("type[Client]", AsyncClient if self.is_async else Client)
        self._runner = asyncio.Runner()
        self._opened: list[Client | httpx2.Client] = []

    def run(self, call: Callable[[], T]) -> T:
        """Return what a call returns, or raise what it raises."""
        if not self.is_async:
            return call()
        return self._runner.run(cast("Coroutine[Any, Any, T]", call()))

    def together(self, *calls: Callable[[], T]) -> list[T | BaseException]:
        """Make calls at once, in threads or tasks, and return what each returned or raised."""

        async def gather() -> list[T | BaseException]:
            coroutines = (cast("Coroutine[Any, Any, T]", call()) for call in calls)
            return await asyncio.gather(*coroutines, return_exceptions=True)

        if self.is_async:
            return self._runner.run(gather())
        with ThreadPoolExecutor(len(calls)) as pool:
            futures = [pool.submit(call) for call in calls]
        return [future.exception() or future.result() for future in futures]

    def client(self, host: str | None = None, **options: Any) -> Client:
        """Return a client of the stand-in, or of what the options say."""
        client = self.client_class(host, **self._filled(host, options))
        self._opened.append(client)
        return client

    def login(
        self, host: str | None = None, user: str = USER, password: str = PASSWORD, **options: Any
    ) -> Client:
        """Log in to the stand-in, or to where the options say."""
        filled = self._filled(host, options)
        client = self.run(lambda: self.client_class.login(host, user, password, **filled))
        self._opened.append(client)
        return client

    def _filled(self, host: str | None, options: dict[str, Any]) -> dict[str, Any]:
        # The stand-in has no TLS, and to load the certificates of this machine takes time.
        return options if host else {"base_url": self.vcenter.url, "verify": False} | options

    def http(self, **options: Any) -> httpx2.Client:
        """Return an HTTP client such as callers hand in; for plain HTTP unless told otherwise."""
        options.setdefault("verify", False)
        kind = httpx2.AsyncClient if self.is_async else httpx2.Client
        http = cast("httpx2.Client", kind(**options))
        self._opened.append(http)
        return http

    def get(self, client: Client, vm: str = "vm-42") -> VmGuestCustomizationInfo:
        """Make the call that all of this is about."""
        return self.run(lambda: client.vm_guest_customization.get(vm))

    def close(self, client: Client | httpx2.Client) -> None:
        """Close a client."""
        self.run(client.aclose if isinstance(client, _ASYNC) else client.close)

    @contextmanager
    def within(self, client: Client) -> Iterator[Client]:
        """Enter `with client:`, or `async with client:`."""
        if not self.is_async:
            with client:
                yield client
            return
        entered = cast("AsyncClient", client)
        self._runner.run(entered.__aenter__())
        try:
            yield client
        finally:
            self._runner.run(entered.__aexit__(*sys.exc_info()))

    def finish(self) -> None:
        """Close what the test left open."""
        for opened in reversed(self._opened):
            self.close(opened)
        self._runner.close()


_ASYNC: Any = (AsyncClient, httpx2.AsyncClient)


@cache
def spec() -> dict[str, Any]:
    """Return the document that the client was generated from."""
    return cast("dict[str, Any]", yaml12.read_yaml(SPEC))


def kinds() -> dict[str, str]:
    """Return the exception's name for each `error_type`, from the spec's discriminator."""
    error = spec()["components"]["schemas"]["Vapi.Std.Errors.Error"]
    mapping: dict[str, str] = error["discriminator"]["mapping"]
    names = {kind: reference.rpartition(".")[2] for kind, reference in mapping.items()}
    # What every error is has no exception of its own.
    return names | {"ERROR": "ApiError"}


def kind_of_status() -> dict[int, str]:
    """Return the exception's name for each status that the spec declares for our operation."""
    paths = spec()["paths"]
    responses = paths["/vcenter/vm/{vm}/guest/customization"]["get"]["responses"]
    failures = {int(s): r for s, r in responses.items() if s.isdigit() and int(s) >= 400}
    return {s: _schema(r)["$ref"].rpartition(".")[2] for s, r in failures.items()}


def _schema(response: dict[str, Any]) -> dict[str, str]:
    schema: dict[str, str] = response["content"]["application/json"]["schema"]
    return schema

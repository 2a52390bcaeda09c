"""The rules of sessions, with threads and with tasks, over a transport that follows a script."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from vcenter_guest_customization import (
    AsyncClient,
    Client,
    ServiceUnavailable,
    Unauthenticated,
)

CALLERS = 32
CALLS = 10
LIFE = 10
HEADER = "vmware-api-session-id"
PATIENCE = 10.0
"""Seconds after which a test that waits for another thread fails."""


class Server:
    """Opens sessions that end after some calls, and refuses some machines whatever the session."""

    def __init__(self, life: int = LIFE) -> None:
        self.life = life
        self.logins = 0
        self.left: dict[str, int] = {}
        self.attempts = 0
        self.fails: Callable[[], bool] = lambda: False
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        with self._lock:
            return self._answer(request)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            self.attempts += 1
            if self.fails():
                return httpx2.Response(503)
            self.logins += 1
            token = f"token-{self.logins}"
            self.left[token] = self.life
            return httpx2.Response(201, content=json.dumps(token))
        token = request.headers.get(HEADER, "")
        if request.method == "DELETE":
            return httpx2.Response(204)
        if not self.left.get(token) or "refused" in request.url.path:
            return httpx2.Response(401)
        self.left[token] -= 1
        return httpx2.Response(200, json={"status": "IDLE"})


class CountingLock:
    """A lock that knows how many want it, or have had it."""

    wanted = 0
    changed = threading.Condition()

    def __init__(self) -> None:
        self._lock = threading.Lock()
        CountingLock.wanted = 0

    def acquire(self, timeout: float) -> bool:
        with self.changed:
            CountingLock.wanted += 1
            self.changed.notify_all()
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()


class CountingClient(Client):
    """A client whose lock counts."""

    _new_lock = CountingLock


def in_threads(server: Server, vms: list[list[str]]) -> list[object]:
    """Let a thread get each list of machines, and return what came of every call."""
    http = httpx2.Client(transport=httpx2.MockTransport(server))
    client = CountingClient(base_url="http://vcenter.test/api", basic_auth=("u", "p"), http=http)
    begin = threading.Barrier(len(vms))

    def get_all(some: list[str]) -> list[object]:
        begin.wait()
        return [attempt(vm) for vm in some]

    def attempt(vm: str) -> object:
        try:
            return client.vm_guest_customization.get(vm).status
        except Exception as error:
            return error

    with http, ThreadPoolExecutor(len(vms)) as pool:
        return [one for found in pool.map(get_all, vms) for one in found]


def in_tasks(server: Server, vms: list[list[str]]) -> list[object]:
    """Let a task get each list of machines, and return what came of every call."""

    async def answer(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        response = server(request)
        await asyncio.sleep(0)
        return response

    async def run() -> list[object]:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
            client = AsyncClient(
                base_url="http://vcenter.test/api", basic_auth=("u", "p"), http=http
            )

            async def get_all(some: list[str]) -> list[object]:
                return [await attempt(vm) for vm in some]

            async def attempt(vm: str) -> object:
                try:
                    return (await client.vm_guest_customization.get(vm)).status
                except Exception as error:
                    return error

            found = await asyncio.gather(*map(get_all, vms))
        return [one for some in found for one in some]

    return asyncio.run(run())


Run = Callable[[Server, list[list[str]]], list[object]]
BOTH = pytest.mark.parametrize("run", [in_threads, in_tasks])


@BOTH
def test_a_session_that_dies_again_and_again_loses_no_call(run: Run) -> None:
    server = Server()
    answers = run(server, [["vm"] * CALLS] * CALLERS)
    assert answers == ["IDLE"] * CALLERS * CALLS
    # One login a death, and not one a call.
    assert server.logins == CALLERS * CALLS // LIFE


@BOTH
def test_a_login_that_fails_is_tried_once_for_all_who_wait(run: Run) -> None:
    server = Server()

    def fails() -> bool:
        # The lock of the login is held here: all others have decided to log in, and wait for it.
        if run is in_threads:
            with CountingLock.changed:
                everybody = CountingLock.changed.wait_for(
                    lambda: CountingLock.wanted == CALLERS, PATIENCE
                )
            assert everybody
        return True

    server.fails = fails
    answers = run(server, [["vm"]] * CALLERS)
    assert {type(one) for one in answers} == {ServiceUnavailable}
    assert len({id(one) for one in answers}) == CALLERS
    assert server.attempts == 1


@BOTH
def test_a_login_that_failed_is_tried_again_by_a_later_call(run: Run) -> None:
    server = Server()
    server.fails = lambda: server.attempts == 1
    first, second = run(server, [["vm", "vm"]])
    assert isinstance(first, ServiceUnavailable)
    assert second == "IDLE"


@BOTH
def test_a_call_that_is_always_refused_ends(run: Run) -> None:
    server = Server()
    (answer,) = run(server, [["refused"]])
    assert isinstance(answer, Unauthenticated)
    assert server.logins == 1


@BOTH
def test_a_call_that_is_always_refused_ends_beside_calls_that_are_not(run: Run) -> None:
    server = Server(life=CALLS * CALLERS)
    answers = run(server, [["refused"], *[["vm"] * CALLS] * 8])
    assert isinstance(answers[0], Unauthenticated)
    assert answers[1:] == ["IDLE"] * CALLS * 8
    assert server.logins <= 6

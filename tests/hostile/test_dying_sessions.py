"""Sessions that die under many callers: no call is lost, and none is done twice."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import httpx2
import pytest

THREADS = 32
TASKS = 1_000


class Mortal:
    """A server whose sessions last for a few calls each; it notes which calls it has done."""

    def __init__(self, seed: int, longest: int) -> None:
        self.done: Counter[str] = Counter()
        self.logins = 0
        self.refused = 0
        self._random = random.Random(seed)
        self._longest = longest
        self._left: dict[str, int] = {}
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        with self._lock:
            if request.url.path == "/api/session":
                return self._session(request)
            token = request.headers.get("vmware-api-session-id", "")
            if self._left.get(token, 0) <= 0:
                self.refused += 1
                return httpx2.Response(401, json={"error_type": "UNAUTHENTICATED"})
            self._left[token] -= 1
            self.done[request.url.path] += 1
            return httpx2.Response(200, json={"status": "IDLE"})

    def _session(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "DELETE":
            return httpx2.Response(204)
        self.logins += 1
        token = f"token-{self.logins}"
        self._left[token] = self._random.randint(1, self._longest)
        return httpx2.Response(201, json=token)


def assert_each_was_done_once(server: Mortal, answered: int) -> None:
    assert answered == TASKS
    assert len(server.done) == TASKS
    assert set(server.done.values()) == {1}
    assert server.logins > 1


@pytest.mark.parametrize("longest", [32, 64, 400])
def test_threads(vcenter: ModuleType, longest: int) -> None:
    server = Mortal(longest, longest)
    http = httpx2.Client(transport=httpx2.MockTransport(server))
    with (
        vcenter.Client.login("vc.test", "user", "password", http=http) as client,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        get = client.vm_guest_customization.get
        answered = list(pool.map(lambda n: get(f"vm-{n}"), range(TASKS)))
    assert_each_was_done_once(server, len(answered))


@pytest.mark.parametrize("longest", [32, 64, 400])
def test_tasks(vcenter: ModuleType, longest: int) -> None:
    server = Mortal(longest, longest)

    async def answer(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        return server(request)

    async def calls() -> int:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
        gate = asyncio.Semaphore(THREADS)
        client = await vcenter.AsyncClient.login("vc.test", "user", "password", http=http)

        async def one(number: int) -> object:
            async with gate:
                return await client.vm_guest_customization.get(f"vm-{number}")

        async with client:
            return len(await asyncio.gather(*map(one, range(TASKS))))

    assert_each_was_done_once(server, asyncio.run(calls()))

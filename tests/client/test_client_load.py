"""Many threads and tasks, through retries and renewals, over sockets that break.

What happens to a call is written in its number, so that a test knows what must come of it: a
connection that is dropped, 429 and 503 with Retry-After, a kept connection that the server closes
without a word, and sessions and tokens that serve a few calls each. Counts are asserted, no times.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import vcenter_guest_customization as vcenter
from driving import golden

THREADS, TASKS = 32, 1000
LIFE = 250
DROPPED, BUSY, ENDED = "dropped", "busy", "ended"


@dataclass
class Request:
    """A request, as far as this server looks at it."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What is sent back; without a status, the connection is dropped."""

    status: int = 0
    body: object = None
    headers: str = ""
    closes: bool = False


DROP = Reply()


@dataclass
class Server:
    """Answers in a thread of its own, which alone changes what it counts.

    Attributes:
        uses: How many calls each session or token has served.
        refused: How many calls were answered 401.
        tries: How often each call came, with a token that was taken.
        done: How often each call was carried out.
    """

    answer: Callable[[Server, Request], Reply]
    uses: dict[str, int] = field(default_factory=dict[str, int])
    refused: int = 0
    tries: Counter[str] = field(default_factory=Counter[str])
    done: Counter[str] = field(default_factory=Counter[str])
    url: str = ""

    def is_taken(self, token: str) -> bool:
        """Tell whether a token still serves a call, and count that."""
        if self.uses.get(token, LIFE) >= LIFE:
            self.refused += 1
            return False
        self.uses[token] += 1
        return True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode().strip().split("\r\n")
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
                await reader.readexactly(int(headers.get("content-length", 0)))
                reply = self.answer(self, Request(*first.split()[:2], headers))
                if reply is DROP:
                    break
                body = b"" if reply.body is None else json.dumps(reply.body).encode()
                kind = "Content-Type: application/json\r\n" if body else ""
                size = f"HTTP/1.1 {reply.status} X\r\n{kind}Content-Length: {len(body)}\r\n"
                writer.write(f"{size}{reply.headers}\r\n".encode() + body)
                await writer.drain()
                if reply.closes:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@contextmanager
def serving(answer: Callable[[Server, Request], Reply]) -> Iterator[Server]:
    server, loop = Server(answer), asyncio.new_event_loop()
    listening = loop.run_until_complete(
        asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=1024)
    )
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        listening.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def in_threads(client: Any, call: Callable[[Any, int], Any], count: int) -> list[Any]:
    def outcome(number: int) -> Any:
        try:
            return call(client, number)
        except Exception as error:
            return error

    with client, ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(outcome, range(count)))


def in_tasks(client: Any, call: Callable[[Any, int], Any], count: int) -> list[Any]:
    async def main() -> list[Any]:
        async with client:
            calls = (call(client, number) for number in range(count))
            return await asyncio.gather(*calls, return_exceptions=True)

    return asyncio.run(main())


@pytest.fixture(params=["threads", "tasks"])
def is_async(request: pytest.FixtureRequest) -> bool:
    return request.param == "tasks"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in (vcenter, golden("tasks_by_url")):
        monkeypatch.setattr(f"{package.__name__}._wire.FIRST_PAUSE", 0.0)


# ---- Safe calls, in sessions that die under them


def vsphere(server: Server, request: Request) -> Reply:
    """Answer as a vCenter Server with sessions of a few calls each."""
    if request.path.endswith("/session"):
        if request.method == "DELETE":
            return Reply(204)
        token = f"session-{len(server.uses)}"
        server.uses[token] = 0
        return Reply(201, token)
    if not server.is_taken(request.headers.get(vcenter_token, "")):
        return Reply(401, {"error_type": "UNAUTHENTICATED", "messages": []})
    vm = request.path.split("/")[4]
    number = int(vm.removeprefix("vm-"))
    server.tries[vm] += 1
    if server.tries[vm] == 1:
        if number % 5 == 0:
            return DROP
        if number % 7 == 0:
            return Reply(503 if number % 2 else 429, {}, "Retry-After: 0\r\n")
    server.done[vm] += 1
    return Reply(200, {"status": "FAILED", "error": vm}, closes=number % 11 == 0)


vcenter_token = "vmware-api-session-id"


def test_no_safe_call_is_lost(is_async: bool) -> None:
    def call(client: Any, number: int) -> Any:
        return client.vm_guest_customization.get(f"vm-{number}")

    with serving(vsphere) as server:
        kind = vcenter.AsyncClient if is_async else vcenter.Client
        client = kind(
            base_url=f"{server.url}/api", basic_auth=("user", "secret"), verify=False, retries=9
        )
        outcomes = (in_tasks if is_async else in_threads)(client, call, TASKS)
    assert [getattr(one, "error", one) for one in outcomes] == [f"vm-{n}" for n in range(TASKS)]
    assert len(server.done) == TASKS
    # One login for all: each session but the last was used up.
    *used_up, last = server.uses.values()
    assert set(used_up) == {LIFE}
    assert 0 < last <= LIFE
    assert server.refused > 0


# ---- Calls that are not safe, with tokens that die under them


def audits(server: Server, request: Request) -> Reply:
    """Begin audits; some connections break, after the audit has begun."""
    if not server.is_taken(request.headers.get("authorization", "").removeprefix("Bearer ")):
        return Reply(401, {})
    call = request.headers["x-call"]
    server.tries[call] += 1
    match fate(int(call)):
        case "dropped":
            server.done[call] += 1
            return DROP
        case "busy":
            return Reply(503, {}, "Retry-After: 0\r\n")
    server.done[call] += 1
    return Reply(202, f"audit {call}")


def fate(number: int) -> str:
    """Return what happens to a call."""
    if number % 9 == 0:
        return DROPPED
    return BUSY if number % 10 == 0 else ENDED


def test_nothing_is_sent_twice_that_is_not_safe(is_async: bool) -> None:
    package = golden("tasks_by_url")
    given: list[str] = []

    with serving(audits) as server:

        def token() -> str:
            given.append(f"token-{len(given)}")
            server.uses[given[-1]] = 0
            return given[-1]

        async def token_later() -> str:
            await asyncio.sleep(0)
            return token()

        def call(client: Any, number: int) -> Any:
            return client.with_options(headers={"X-Call": str(number)}).disk.audit()

        kind = package.AsyncClient if is_async else package.Client
        client = kind(
            base_url=server.url, token=token_later if is_async else token, verify=False, retries=9
        )
        outcomes = (in_tasks if is_async else in_threads)(client, call, TASKS)

    came = Counter(
        (fate(n), one if isinstance(one, str) else type(one)) for n, one in enumerate(outcomes)
    )
    wanted = Counter(
        {
            DROPPED: (DROPPED, package.TransportError),
            BUSY: (BUSY, package.ServiceUnavailable),
        }.get(fate(n), (ENDED, f"audit {n}"))
        for n in range(TASKS)
    )
    assert came == wanted
    assert set(server.tries.values()) == {1}
    assert set(server.done.values()) == {1}
    assert len(server.done) == TASKS - sum(fate(n) == BUSY for n in range(TASKS))
    # The function was called once for all: each token but the last was used up.
    *used_up, last = server.uses.values()
    assert set(used_up) == {LIFE}
    assert 0 < last <= LIFE
    assert len(given) == len(server.uses)
    assert server.refused > 0

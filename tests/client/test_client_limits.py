"""Limits: how large a response may be, how long a call may take, and who waits for whom."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from client_sockets import HEAD, Clock, Script
from client_sockets import IDLE as IDLE_BYTES
from client_support import CALLERS_TOKEN, IDLE, Driver, VCenter, error_body, reply
from vcenter_guest_customization import (
    Client,
    NotFound,
    TransportError,
    UnexpectedResponse,
    recorded_responses,
)
from werkzeug import Response

BOMB = gzip.compress(b" " * 50_000_000)
FEW = {"max_response": 1000, "max_error": 100}


def gzipped(status: int, content: bytes) -> bytes:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, b" " * 1001),
        lambda _: Response(iter([b" " * 600] * 2), 200),
    ],
    ids=["as its length says", "in chunks"],
)
def test_a_response_that_is_too_large(driver: Driver, vcenter: VCenter, answer: Any) -> None:
    vcenter.on("GET", answer, reply(200, IDLE))
    client = driver.client(session_id=CALLERS_TOKEN, **FEW)
    with pytest.raises(UnexpectedResponse, match="more than 1000 bytes") as caught:
        driver.get(client)
    assert caught.value.body == b" " * 100
    assert driver.get(client).status == "IDLE"


def test_a_compressed_response_is_not_unpacked_further_than_its_limit(driver: Driver) -> None:
    with Script([gzipped(200, BOMB)]).running() as script:
        client = driver.client(base_url=script.url, session_id=CALLERS_TOKEN, max_response=1000)
        with pytest.raises(UnexpectedResponse, match="more than 1000 bytes") as caught:
            driver.get(client)
        assert len(caught.value.body) == 1001


def test_of_an_error_the_beginning_is_kept(driver: Driver, vcenter: VCenter) -> None:
    with Script([gzipped(404, BOMB)]).running() as script:
        client = driver.client(base_url=script.url, session_id=CALLERS_TOKEN, **FEW)
        with pytest.raises(NotFound) as caught:
            driver.get(client)
        assert caught.value.body == b" " * 100
    vcenter.on("GET", reply(404, error_body("x" * 900)))
    with pytest.raises(NotFound) as caught:
        driver.get(driver.client(session_id=CALLERS_TOKEN, **FEW))
    assert len(caught.value.body) == 100


def test_a_compressed_response_is_read(driver: Driver) -> None:
    with Script([gzipped(200, gzip.compress(b'{"status":"IDLE"}'))]).running() as script:
        client = driver.client(base_url=script.url, session_id=CALLERS_TOKEN)
        with recorded_responses() as responses:
            assert driver.get(client).status == "IDLE"
    (response,) = responses
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.json() == IDLE
    assert response.elapsed.total_seconds() > 0


# Time


def dripping(head: bytes, drop: bytes, clock: Clock) -> Callable[[socket.socket], None]:
    """Send a beginning, then a drop now and then, for ever: each takes a second of the clock."""

    def act(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.sendall(head)
            while True:
                time.sleep(0.01)
                clock.now += 1
                connection.sendall(drop)

    return act


@pytest.mark.parametrize(
    ("head", "drop"),
    [(HEAD + b"Content-Length: 9999999\r\n\r\n", b" "), (HEAD, b"X-Header: drop\r\n")],
    ids=["body", "head"],
)
def test_a_drip_of_bytes_does_not_hold_a_call(
    driver: Driver, clock: Clock, head: bytes, drop: bytes
) -> None:
    # Tasks have the clock of their loop, which is not ours to set.
    limit = 0.3 if driver.is_async else 20
    with Script([dripping(head, drop, clock)]).running() as script:
        client = driver.client(base_url=script.url, session_id=CALLERS_TOKEN, total_timeout=limit)
        with pytest.raises(TransportError, match="took longer than total_timeout") as caught:
            driver.get(client)
        assert (caught.value.method, caught.value.url) == (
            "GET",
            f"{script.url}/vcenter/vm/vm-42/guest/customization",
        )


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_drip_of_bytes_does_not_hold_a_session(driver: Driver, clock: Clock, method: str) -> None:
    limit = 0.3 if driver.is_async else 20
    opened = b"HTTP/1.1 201 -\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n"
    drip = dripping(HEAD, b"X-Header: drop\r\n", clock)
    acts = [drip] if method == "POST" else [opened + b'"t"', drip]

    def log_in_and_out(url: str) -> None:
        driver.run(driver.login(base_url=url, total_timeout=limit).logout)

    with Script(acts).running() as script:
        with pytest.raises(TransportError, match="took longer than total_timeout") as caught:
            log_in_and_out(script.url)
        assert (caught.value.method, caught.value.url) == (method, f"{script.url}/session")


def test_no_pause_begins_that_a_call_has_no_time_for(
    driver: Driver, vcenter: VCenter, clock: Clock
) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, total_timeout=5)
    vcenter.on("GET", reply(503, b"", Retry_After="7"))
    with pytest.raises(Exception, match="503"):
        driver.get(client)
    assert clock.pauses == []


def test_a_call_without_a_limit(driver: Driver) -> None:
    with Script([IDLE_BYTES]).running() as script:
        client = driver.client(
            base_url=script.url, session_id=CALLERS_TOKEN, total_timeout=float("inf")
        )
        assert driver.get(client).status == "IDLE"


# Connections


@pytest.fixture
def narrow(driver: Driver) -> Iterator[httpx2.Client]:
    limits = httpx2.Limits(max_connections=1)
    yield driver.http(limits=limits, timeout=httpx2.Timeout(30.0, pool=None))


def test_calls_wait_for_a_free_connection(
    driver: Driver, vcenter: VCenter, narrow: httpx2.Client
) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, http=narrow, timeout=20)
    calls = [lambda: client.vm_guest_customization.get("vm-42")] * 40
    assert {str(one) for one in map(_status, driver.together(*calls))} == {"IDLE"}


def _status(outcome: Any) -> object:
    return getattr(outcome, "status", outcome)


def test_seconds_do_not_limit_the_wait_for_a_connection(driver: Driver, client: Client) -> None:
    built: list[httpx2.Request] = []
    vars(client)["_driver"].http.event_hooks = {"request": [_hook(driver, built)]}
    driver.get(client)
    driver.get(client.with_options(timeout=3))
    driver.get(client.with_options(timeout=httpx2.Timeout(4)))
    timeouts = [dict(one.extensions["timeout"]) for one in built]
    assert [one["connect"] for one in timeouts] == [30, 3, 4]
    unlimited = [one["pool"] is None or one["pool"] > 1000 for one in timeouts]
    assert unlimited == [True, True, False]


def _hook(driver: Driver, built: list[httpx2.Request]) -> Any:
    async def take(request: httpx2.Request) -> None:
        built.append(request)

    return take if driver.is_async else built.append

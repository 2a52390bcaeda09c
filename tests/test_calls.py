"""Calls of generated clients: which are sent again, with what."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from golden_packages import golden_package
from test_generated_behaviour import Driver, load


@pytest.fixture(params=["sync", "async"])
def drive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Driver:
    wire: Any = load(golden_package("idempotency_key"))._wire

    async def sleep(_: float) -> None: ...

    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(wire, "sleep", lambda _: None)
    return Driver(request.param == "async")


class Flaky:
    """Breaks off some calls before it answers."""

    def __init__(self, failures: int, error: type[httpx2.RequestError] = httpx2.ReadError) -> None:
        self._left = failures
        self._error = error

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self._left -= 1
        if self._left >= 0:
            raise self._error("it broke", request=request)
        return httpx2.Response(204)


def keys(drive: Driver, name: str) -> list[str]:
    return [request.headers[name] for request in drive.sent]


def test_a_key_makes_any_method_safe_to_repeat(drive: Driver) -> None:
    drive("idempotency_key", lambda c: c.payments.create_payment(), Flaky(2))
    first, *others = keys(drive, "Idempotency-Key")
    assert UUID(first).version == 4
    assert others == [first] * 2


def test_each_call_has_a_key_of_its_own(drive: Driver) -> None:
    for _ in range(2):
        drive("idempotency_key", lambda c: c.payments.create_payment())
    assert len(set(keys(drive, "Idempotency-Key"))) == 2


def test_a_key_of_the_callers_is_sent(drive: Driver) -> None:
    key = uuid4()
    drive("idempotency_key", lambda c: c.payments.create_payment(idempotency_key="mine"), Flaky(1))
    drive("idempotency_key", lambda c: c.payments.change_payment(key), Flaky(1))
    assert [one.headers.get("Idempotency-Key") for one in drive.sent[:2]] == ["mine"] * 2
    assert [one.headers.get("x-idempotency-key") for one in drive.sent[2:]] == [str(key)] * 2


@pytest.mark.parametrize("failure", [httpx2.ReadError, httpx2.RemoteProtocolError])
def test_a_body_that_can_be_read_once_is_not_sent_again(
    drive: Driver, failure: type[httpx2.RequestError]
) -> None:
    def once() -> Iterator[bytes]:
        yield b"body"

    async def once_async() -> Any:
        yield b"body"

    body: Any = once_async() if drive.is_async else once()
    with pytest.raises(Exception, match=r"it broke \(not retried: its body can be read only once"):
        drive("idempotency_key", lambda c: c.payments.create_payment(body=body), Flaky(1, failure))
    assert len(drive.sent) == 1


@pytest.mark.parametrize("failure", [httpx2.ReadTimeout, httpx2.WriteTimeout, httpx2.PoolTimeout])
def test_what_may_have_been_done_or_took_long_is_not_sent_again(
    drive: Driver, failure: type[httpx2.RequestError]
) -> None:
    with pytest.raises(Exception, match="it broke"):
        drive("idempotency_key", lambda c: c.payments.create_payment(), Flaky(1, failure))
    assert len(drive.sent) == 1

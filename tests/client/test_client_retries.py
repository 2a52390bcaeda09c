"""Retries: what is sent again, how often, how much later; and what never is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from client_sockets import IDLE as IDLE_BYTES
from client_sockets import Clock, Script
from client_support import (
    CALLERS_TOKEN,
    CUSTOMIZATION,
    IDLE,
    PASSWORD,
    SESSION,
    USER,
    Driver,
    VCenter,
    reply,
)
from vcenter_guest_customization import Client, ServiceUnavailable, TransportError

BUSY = reply(503, b"", Retry_After="7")
GOOD = reply(200, IDLE)


@pytest.fixture
def of(driver: Driver) -> Callable[..., Client]:
    """Return what makes a client of a script."""

    def client(script: Script, **options: Any) -> Client:
        return driver.client(base_url=script.url, session_id=CALLERS_TOKEN, **options)

    return client


# A server that asks to come again


@pytest.mark.parametrize("status", [429, 503])
def test_a_call_waits_as_long_as_the_server_asks(
    driver: Driver, client: Client, vcenter: VCenter, clock: Clock, status: int
) -> None:
    vcenter.on("GET", reply(status, b"", Retry_After="7"), GOOD)
    assert driver.get(client).status == "IDLE"
    assert clock.pauses == [7]


def test_a_date_is_a_time_to_wait(
    driver: Driver, client: Client, vcenter: VCenter, clock: Clock
) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    vcenter.on("GET", reply(503, b"", Retry_After=when), reply(429, b"", Retry_After=past), GOOD)
    driver.get(client)
    first, second = clock.pauses
    assert 15 < first <= 30
    assert second == 0


@pytest.mark.parametrize(
    "answer",
    [
        reply(503, b""),
        reply(429, b""),
        reply(503, b"", Retry_After="soon"),
        reply(503, b"", Retry_After="-1"),
        reply(503, b"", Retry_After="Fri, 99 Foo 2026 99:99:99 GMT"),
        reply(503, b"", Retry_After="9" * 400),
        reply(503, b"", Retry_After="61"),
        reply(500, b"", Retry_After="1"),
        reply(404, b"", Retry_After="1"),
    ],
)
def test_what_does_not_ask_to_come_again_is_the_end(
    driver: Driver, client: Client, vcenter: VCenter, clock: Clock, answer: Any
) -> None:
    vcenter.on("GET", answer, GOOD)
    with pytest.raises(Exception, match="GET"):
        driver.get(client)
    assert (len(vcenter.seen), clock.pauses) == (1, [])


def test_two_retries_are_the_default(
    driver: Driver, client: Client, vcenter: VCenter, clock: Clock
) -> None:
    vcenter.on("GET", BUSY)
    with pytest.raises(ServiceUnavailable):
        driver.get(client)
    assert len(vcenter.seen) == 3
    assert clock.pauses == [7, 7]


def test_retries_are_bounded_in_time(driver: Driver, vcenter: VCenter, clock: Clock) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, retries=1000)
    vcenter.on("GET", BUSY)
    with pytest.raises(ServiceUnavailable):
        driver.get(client)
    assert clock.pauses == [7] * 8


def test_no_retries(driver: Driver, vcenter: VCenter, clock: Clock) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, retries=0)
    vcenter.on("GET", BUSY)
    with pytest.raises(ServiceUnavailable):
        driver.get(client)
    assert (len(vcenter.seen), clock.pauses) == (1, [])


def test_a_method_that_is_not_idempotent_is_not_repeated(
    driver: Driver, vcenter: VCenter, clock: Clock
) -> None:
    vcenter.on("POST", BUSY)
    with pytest.raises(ServiceUnavailable):
        driver.login()
    assert vcenter.trace == [f"POST {SESSION}"]


def test_one_record_a_retry_without_secrets(
    driver: Driver, client: Client, vcenter: VCenter, caplog: pytest.LogCaptureFixture
) -> None:
    vcenter.on("GET", BUSY, BUSY, GOOD)
    with caplog.at_level(logging.WARNING, "vcenter_guest_customization"):
        driver.get(client)
    base = f"GET {vcenter.url}{CUSTOMIZATION.removeprefix('/api')}"
    assert caplog.messages == [
        f"{base}: retry 1 of 2 in 7.0 s: status 503",
        f"{base}: retry 2 of 2 in 7.0 s: status 503",
    ]
    assert CALLERS_TOKEN not in caplog.text


# Connections that fail


def test_a_connection_that_fails_before_anything_is_sent_is_tried_again(
    driver: Driver, closed_port: int, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"http://127.0.0.1:{closed_port}/api"
    client = driver.client(base_url=url, basic_auth=(USER, PASSWORD), retries=4)
    with pytest.raises(TransportError) as caught:
        driver.get(client)
    # It is the login, which is no idempotent method; but nothing was sent.
    assert caught.value.method == "POST"
    assert len(clock.pauses) == len(caplog.messages) == 4
    for pause, most in zip(clock.pauses, [0.5, 1, 2, 4], strict=True):
        assert 0 <= pause <= most
    assert len(set(clock.pauses)) == 4  # with jitter


def test_a_kept_connection_that_the_server_closes_hurts_no_call(
    driver: Driver, of: Callable[..., Client], clock: Clock
) -> None:
    with Script([IDLE_BYTES, b""], [IDLE_BYTES]).running() as script:
        client = of(script)
        assert driver.get(client).status == "IDLE"
        assert driver.get(client).status == "IDLE"
    assert len(script.requests) == 3
    assert len(clock.pauses) == 1


def test_a_connection_that_breaks_under_a_post_is_not_tried_again(
    driver: Driver, clock: Clock
) -> None:
    with Script([b""], [IDLE_BYTES]).running() as script:
        with pytest.raises(TransportError) as caught:
            driver.login(base_url=script.url)
        assert len(script.requests) == 1
        assert clock.pauses == []
        assert "not retried" not in str(caught.value)


def test_a_response_that_breaks_off_is_not_tried_again(
    driver: Driver, of: Callable[..., Client], clock: Clock
) -> None:
    with Script([IDLE_BYTES[:-3]], [IDLE_BYTES]).running() as script:
        client = of(script, timeout=5)
        # The act is over, so that the server hangs up.
        with pytest.raises(TransportError):
            driver.get(client)
        assert len(script.requests) == 1
        assert clock.pauses == []

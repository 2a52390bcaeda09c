"""Login, the calls of a session, its renewal and its end: what goes over the wire, in order."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable

import httpx2
import pytest
from client_support import (
    BASIC,
    CALLERS_TOKEN,
    CUSTOMIZATION,
    OPENED_TOKEN,
    PASSWORD,
    SESSION,
    TOKEN_HEADER,
    UNAUTHENTICATED,
    USER,
    Driver,
    Seen,
    VCenter,
    error_body,
    reply,
)
from pytest_httpserver import HTTPServer
from vcenter_guest_customization import (
    ApiError,
    Client,
    ServiceUnavailable,
    TransportError,
    Unauthenticated,
    Unauthorized,
    UnexpectedResponse,
)
from werkzeug import Request, Response

LOGIN = f"POST {SESSION}"
GET = f"GET {CUSTOMIZATION}"
LOGOUT = f"DELETE {SESSION}"
FIRST, SECOND = OPENED_TOKEN.format(1), OPENED_TOKEN.format(2)
PATIENCE = 5.0
"""Seconds after which a test that waits for another thread fails."""


def get_of(client: Client) -> Callable[[], object]:
    """Return the call that all of this is about, to be made by the driver."""
    return lambda: client.vm_guest_customization.get("vm-42")


def credentials_in(request: Seen) -> dict[str, str | None]:
    """Return the headers that could prove who calls."""
    names = ("Authorization", TOKEN_HEADER, "Cookie")
    return {name: request.headers.get(name) for name in names if name in request.headers}


def test_login_get_logout_over_the_wire(driver: Driver, vcenter: VCenter) -> None:
    with driver.within(driver.login()) as client:
        assert driver.get(client).status == "IDLE"
    assert vcenter.trace == [LOGIN, GET, LOGOUT]
    assert [credentials_in(request) for request in vcenter.seen] == [
        {"Authorization": BASIC},
        {TOKEN_HEADER: FIRST},
        {TOKEN_HEADER: FIRST},
    ]
    assert {request.headers["Accept"] for request in vcenter.seen} == {"application/json"}
    assert [request.body for request in vcenter.seen] == [b"", b"", b""]
    assert all("Content-Type" not in request.headers for request in vcenter.seen)
    assert all(request.headers["Host"] == vcenter.address for request in vcenter.seen)
    assert vcenter.sessions == {CALLERS_TOKEN}


def test_the_session_ends_when_the_block_fails(driver: Driver, vcenter: VCenter) -> None:
    with pytest.raises(ZeroDivisionError), driver.within(driver.login()):
        _ = 1 / 0
    assert vcenter.trace == [LOGIN, LOGOUT]


def test_credentials_alone_log_in_with_the_first_call(driver: Driver, vcenter: VCenter) -> None:
    client = driver.client(basic_auth=(USER, PASSWORD))
    assert vcenter.trace == []
    driver.get(client)
    driver.get(client)
    driver.close(client)
    assert vcenter.trace == [LOGIN, GET, GET, LOGOUT]


def test_a_client_without_credentials_sends_none(driver: Driver, vcenter: VCenter) -> None:
    with pytest.raises(Unauthenticated):
        driver.get(driver.client())
    assert vcenter.trace == [GET]
    assert credentials_in(vcenter.seen[0]) == {}


def test_the_session_operations_are_there_for_the_caller(driver: Driver, vcenter: VCenter) -> None:
    token = driver.run(driver.client(basic_auth=(USER, PASSWORD)).session.create)
    assert token == FIRST
    driver.run(driver.client(session_id=token).session.delete)
    assert vcenter.trace == [LOGIN, LOGOUT]
    assert vcenter.sessions == {CALLERS_TOKEN}


# Login that fails


@pytest.mark.parametrize(
    ("status", "body", "exception"),
    [
        (401, UNAUTHENTICATED, Unauthenticated),
        (401, b"", Unauthenticated),
        (503, b"<html>Service Unavailable</html>", ServiceUnavailable),
        (418, b"", ApiError),
        (200, "a-token", UnexpectedResponse),
        (201, b"", UnexpectedResponse),
        (201, {"value": "a-token"}, UnexpectedResponse),
        (302, b"", UnexpectedResponse),
    ],
)
def test_login_that_fails_is_tried_once_and_leaves_nothing_open(
    driver: Driver,
    vcenter: VCenter,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: object,
    exception: type[Exception],
) -> None:
    opened = record_http_clients(monkeypatch)
    vcenter.on("POST", reply(status, body))
    with pytest.raises(exception) as caught:
        driver.login()
    assert type(caught.value) is exception
    assert vcenter.trace == [LOGIN]
    assert [http.is_closed for http in opened] == [True]


def test_login_without_a_server_leaves_nothing_open(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    opened = record_http_clients(monkeypatch)
    with pytest.raises(TransportError):
        driver.login(base_url=f"http://127.0.0.1:{closed_port}/api")
    assert [http.is_closed for http in opened] == [True]


def test_login_that_fails_leaves_the_callers_http_client_open(driver: Driver) -> None:
    http = driver.http()
    with pytest.raises(Unauthenticated):
        driver.login(password="wrong", http=http)
    assert not http.is_closed


def record_http_clients(monkeypatch: pytest.MonkeyPatch) -> list[httpx2.Client]:
    """Return a list that the HTTP clients opened from now on are added to."""
    opened: list[httpx2.Client] = []

    def recording(kind: type[httpx2.Client]) -> Callable[..., httpx2.Client]:
        def open_one(**options: object) -> httpx2.Client:
            opened.append(kind(**options))  # type: ignore[arg-type]
            return opened[-1]

        return open_one

    for name in ("Client", "AsyncClient"):
        monkeypatch.setattr(httpx2, name, recording(getattr(httpx2, name)))
    return opened


# A session that expires


def test_an_expired_session_is_renewed_once_and_the_call_made_again(
    driver: Driver, vcenter: VCenter
) -> None:
    client = driver.login()
    driver.get(client)
    vcenter.expire()
    assert driver.get(client).status == "IDLE"
    driver.get(client)
    driver.close(client)
    assert vcenter.trace == [LOGIN, GET, GET, LOGIN, GET, GET, LOGOUT]
    assert credentials_in(vcenter.seen[3]) == {"Authorization": BASIC}
    assert [r.token for r in vcenter.of("GET")] == [FIRST, FIRST, SECOND, SECOND]
    assert vcenter.seen[-1].token == SECOND
    assert not vcenter.sessions


def test_a_session_can_expire_again_and_again(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    for _ in range(3):
        vcenter.expire()
        driver.get(client)
    assert vcenter.trace == [LOGIN, *[GET, LOGIN, GET] * 3]


@pytest.mark.parametrize("body", [UNAUTHENTICATED, b"", b"<html>"])
def test_a_second_401_is_raised(driver: Driver, vcenter: VCenter, body: object) -> None:
    vcenter.on("GET", reply(401, body))
    client = driver.login()
    with pytest.raises(Unauthenticated):
        driver.get(client)
    assert vcenter.trace == [LOGIN, GET, LOGIN, GET]


def test_a_renewal_that_is_refused_is_raised(driver: Driver, vcenter: VCenter) -> None:
    vcenter.on("POST", vcenter.open, reply(401, UNAUTHENTICATED))
    client = driver.login()
    vcenter.expire()
    with pytest.raises(Unauthenticated) as caught:
        driver.get(client)
    assert caught.value.method == "POST"
    assert vcenter.trace == [LOGIN, GET, LOGIN]


def test_nothing_is_renewed_without_credentials(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.expire()
    with pytest.raises(Unauthenticated):
        driver.get(client)
    assert vcenter.trace == [GET]


def test_a_lack_of_privileges_renews_nothing(driver: Driver, vcenter: VCenter) -> None:
    vcenter.on("GET", reply(403, error_body("No.", error_type="UNAUTHORIZED")))
    with pytest.raises(Unauthorized):
        driver.get(driver.login())
    assert vcenter.trace == [LOGIN, GET]


def test_an_expired_token_of_the_caller_is_replaced_by_a_session_of_our_own(
    driver: Driver, vcenter: VCenter
) -> None:
    vcenter.expire()
    client = driver.client(session_id=CALLERS_TOKEN, basic_auth=(USER, PASSWORD))
    driver.get(client)
    driver.close(client)
    assert vcenter.trace == [GET, LOGIN, GET, LOGOUT]
    assert [r.token for r in vcenter.seen] == [CALLERS_TOKEN, None, FIRST, FIRST]


# Many at once

MANY = 8


def test_many_first_calls_at_once_open_one_session(driver: Driver, vcenter: VCenter) -> None:
    client = driver.client(basic_auth=(USER, PASSWORD))
    answers = driver.together(*[get_of(client)] * MANY)
    assert [getattr(answer, "status", answer) for answer in answers] == ["IDLE"] * MANY
    assert len(vcenter.of("POST")) == 1


def test_many_that_meet_an_expired_session_at_once_open_one_new_session(
    driver: Driver, vcenter: VCenter
) -> None:
    client = driver.login()
    vcenter.expire()
    all_have_asked = threading.Barrier(MANY)

    def refuse_when_all_have_asked(request: Request) -> Response:
        all_have_asked.wait(PATIENCE)
        return reply(401, UNAUTHENTICATED)(request)

    vcenter.on("GET", *[refuse_when_all_have_asked] * MANY, vcenter.behave)
    answers = driver.together(*[get_of(client)] * MANY)
    assert [getattr(answer, "status", answer) for answer in answers] == ["IDLE"] * MANY
    assert len(vcenter.of("POST")) == 2
    tokens = [request.token for request in vcenter.of("GET")]
    assert tokens == [FIRST] * MANY + [SECOND] * MANY


def test_a_refused_renewal_is_tried_once_by_many(driver: Driver, vcenter: VCenter) -> None:
    # A server locks the account after a few wrong passwords: five, as vCenter is delivered.
    client = driver.login()
    vcenter.expire()
    vcenter.on("POST", reply(401, UNAUTHENTICATED))
    all_have_asked = threading.Barrier(MANY)

    def refuse_when_all_have_asked(request: Request) -> Response:
        all_have_asked.wait(PATIENCE)
        return reply(401, UNAUTHENTICATED)(request)

    vcenter.on("GET", *[refuse_when_all_have_asked] * MANY, vcenter.behave)
    answers = driver.together(*[get_of(client)] * MANY)
    assert [type(answer) for answer in answers] == [Unauthenticated] * MANY
    assert len(vcenter.of("POST")) == 2


def test_a_401_that_comes_after_the_renewal_opens_no_other_session(
    driver: Driver, vcenter: VCenter
) -> None:
    client = driver.login()
    vcenter.expire()
    renewed = threading.Event()

    def refuse_when_renewed(request: Request) -> Response:
        renewed.wait(PATIENCE)
        return reply(401, UNAUTHENTICATED)(request)

    def say_that_it_is_renewed(request: Request) -> Response:
        renewed.set()
        return vcenter.behave(request)

    refuse = reply(401, UNAUTHENTICATED)
    vcenter.on("GET", refuse_when_renewed, refuse, say_that_it_is_renewed, vcenter.behave)
    answers = driver.together(*[get_of(client)] * 2)
    assert [getattr(answer, "status", answer) for answer in answers] == ["IDLE"] * 2
    assert len(vcenter.of("POST")) == 2


def test_a_session_renewed_during_close_is_ended_too(driver: Driver, vcenter: VCenter) -> None:
    renewing, renewed = threading.Event(), threading.Event()

    def open_slowly(request: Request) -> Response:
        renewing.set()
        time.sleep(0.2)
        response = vcenter.open(request)
        renewed.set()
        return response

    vcenter.on("POST", vcenter.open, open_slowly)
    client = driver.login()
    vcenter.expire()
    driver.together(get_of(client), close_when(client, renewing, driver))
    assert renewed.wait(PATIENCE)
    assert len(vcenter.of("POST")) == 2
    assert vcenter.sessions == set()


def close_when(client: Client, event: threading.Event, driver: Driver) -> Callable[[], object]:
    """Return a call that closes the client once an event has come."""

    async def close_async() -> None:
        while not event.is_set():
            await asyncio.sleep(0.005)
        await client.aclose()  # type: ignore[attr-defined]

    def close() -> None:
        event.wait(PATIENCE)
        client.close()

    return close_async if driver.is_async else close


# Logout and close


def test_logout_forgets_the_password_and_the_token(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    driver.run(client.logout)
    with pytest.raises(Unauthenticated):
        driver.get(client)
    assert vcenter.trace == [LOGIN, LOGOUT, GET]
    assert credentials_in(vcenter.seen[-1]) == {}


def test_logout_happens_once(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    driver.run(client.logout)
    driver.run(client.logout)
    driver.close(client)
    driver.close(client)
    assert vcenter.trace == [LOGIN, LOGOUT]


def test_logout_of_a_session_that_is_over_is_no_error(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    vcenter.expire()
    driver.run(client.logout)
    assert vcenter.trace == [LOGIN, LOGOUT]


def test_logout_that_fails_says_so_and_close_does_not(driver: Driver, vcenter: VCenter) -> None:
    vcenter.on("DELETE", reply(503))
    client = driver.login()
    with pytest.raises(ServiceUnavailable):
        driver.run(client.logout)
    driver.close(driver.login())
    assert vcenter.trace == [LOGIN, LOGOUT] * 2


def test_close_survives_a_server_that_is_gone(driver: Driver) -> None:
    with HTTPServer(host="127.0.0.1", port=0, threaded=True) as http:
        client = driver.login(base_url=VCenter(http).url)
    with pytest.raises(TransportError):
        driver.get(client)
    driver.close(client)


def test_a_token_of_the_caller_is_never_logged_out(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    driver.get(client)
    driver.run(client.logout)
    with driver.within(client):
        driver.get(client)
    assert vcenter.trace == [GET, GET]
    assert CALLERS_TOKEN in vcenter.sessions


def test_the_callers_http_client_stays_open(driver: Driver, vcenter: VCenter) -> None:
    http = driver.http()
    driver.close(driver.login(http=http))
    assert not http.is_closed
    assert driver.run(lambda: http.get(vcenter.url)).status_code == 401
    assert vcenter.trace[:2] == [LOGIN, LOGOUT]


def test_our_http_client_is_closed(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_http_clients(monkeypatch)
    driver.close(driver.login())
    driver.close(driver.client(session_id=CALLERS_TOKEN))
    assert [http.is_closed for http in opened] == [True, True]


def test_the_session_survives_what_is_no_401(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    vcenter.on("GET", reply(500), reply(200, "not an object"), vcenter.behave)
    with pytest.raises(ApiError):
        driver.get(client)
    with pytest.raises(UnexpectedResponse):
        driver.get(client)
    assert driver.get(client).status == "IDLE"
    assert [request.token for request in vcenter.of("GET")] == [FIRST] * 3
    assert len(vcenter.of("POST")) == 1


def test_the_token_is_any_json_string(driver: Driver, vcenter: VCenter) -> None:
    token = 'a "quoted" \\ token/+=='
    vcenter.on("POST", reply(201, json.dumps(token), Content_Type="application/json"))
    vcenter.sessions.add(token)
    driver.get(driver.login())
    assert vcenter.seen[-1].token == token

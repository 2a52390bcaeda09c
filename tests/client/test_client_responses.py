"""Responses at hand: of one call, of each exception; in the log; and views of a client."""

from __future__ import annotations

import logging
import pickle

import httpx2
import pytest
from client_sockets import Clock
from client_support import (
    CALLERS_TOKEN,
    CUSTOMIZATION,
    IDLE,
    OPENED_TOKEN,
    SECRETS,
    SESSION,
    Driver,
    VCenter,
    error_body,
    reply,
)
from vcenter_guest_customization import (
    Client,
    ClientError,
    NotFound,
    TransportError,
    UnexpectedResponse,
    recorded_responses,
)

# The response of one call


def test_a_call_with_its_response(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    vcenter.on("GET", reply(200, IDLE, X_Request_Id="r-1"))
    get = client.vm_guest_customization.get
    info, response = driver.run(lambda: client.with_response(lambda: get("vm-42")))
    assert info.status == "IDLE"
    assert (response.status_code, response.headers["X-Request-Id"]) == (200, "r-1")
    assert response.elapsed.total_seconds() > 0


def test_the_response_is_that_of_the_call_and_not_of_its_login(
    driver: Driver, vcenter: VCenter
) -> None:
    with recorded_responses() as responses:
        client = driver.login()
        vcenter.expire()
        get = client.vm_guest_customization.get
        _, response = driver.run(lambda: client.with_response(lambda: get("vm-42")))
    assert response.request.method == "GET"
    # Who records around it loses nothing.
    assert [one.status_code for one in responses] == [201, 401, 201, 200]


def test_calls_at_once_have_a_response_each(driver: Driver, client: Client) -> None:
    get = client.vm_guest_customization.get
    call = lambda vm: lambda: client.with_response(lambda: get(vm))  # noqa: E731
    vms = [f"vm-{number}" for number in range(20)]
    outcomes = driver.together(*map(call, vms))
    urls = [one[1].request.url.path for one in outcomes if isinstance(one, tuple)]
    assert [url.split("/")[4] for url in urls] == vms


# Exceptions


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply(404, error_body("No such machine."), X_Request_Id="r-2"), NotFound),
        (reply(200, b"oops", X_Request_Id="r-2"), UnexpectedResponse),
        (reply(200, b" " * 2000, X_Request_Id="r-2"), UnexpectedResponse),
    ],
    ids=["an error", "no JSON", "too large"],
)
def test_an_exception_has_its_response(
    driver: Driver, vcenter: VCenter, answer: object, kind: type[ClientError]
) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, max_response=1000)
    vcenter.on("GET", answer)  # type: ignore[arg-type]
    with pytest.raises(kind) as caught:
        driver.get(client)
    error = pickle.loads(pickle.dumps(caught.value))
    for one in (caught.value, error):
        assert one.headers["X-Request-Id"] == "r-2"
        assert one.response is not None
        assert one.response.content == one.body
        assert one.response.elapsed.total_seconds() > 0
        assert not [s for s in SECRETS if s in str(one.response.request.headers.raw)]


def test_an_exception_without_a_response(driver: Driver, closed_port: int) -> None:
    client = driver.client(base_url=f"http://127.0.0.1:{closed_port}", session_id="5ec4e7")
    with pytest.raises(TransportError) as caught:
        driver.get(client)
    assert caught.value.response is None
    assert dict(caught.value.headers) == {}


# The log


def test_each_request_is_a_record(
    driver: Driver, vcenter: VCenter, caplog: pytest.LogCaptureFixture
) -> None:
    client = driver.login()
    with caplog.at_level(logging.DEBUG, "vcenter_guest_customization"):
        driver.get(client)
    (message,) = (m for m in caplog.messages if m.startswith(f"GET {vcenter.url}/vcenter"))
    assert message.endswith(": 200 in 0.000 s")  # by a clock that stands still
    assert not [secret for secret in SECRETS if secret in caplog.text]


# Views


def test_a_view_shares_session_and_connections(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    view = client.with_options(timeout=5).with_options(retries=0)
    assert type(view) is type(client)
    assert vars(view)["_driver"].http is vars(client)["_driver"].http
    vcenter.expire()
    driver.get(view)  # opens a session, for both
    driver.get(client)
    driver.close(view)
    driver.get(client)
    assert vcenter.trace.count(f"POST {SESSION}") == 2
    assert "DELETE" not in " ".join(vcenter.trace)
    assert vcenter.of("GET")[-1].token == OPENED_TOKEN.format(2)


def test_a_view_has_resources_of_its_own(driver: Driver, vcenter: VCenter, clock: Clock) -> None:
    client = driver.client(session_id=CALLERS_TOKEN)
    driver.get(client)
    view = client.with_options(retries=1)
    vcenter.on("GET", reply(503, b"", Retry_After="1"))
    with pytest.raises(ClientError):
        driver.get(view)
    assert clock.pauses == [1]


def test_a_view_of_another_server(driver: Driver, client: Client, elsewhere: VCenter) -> None:
    elsewhere.sessions.add(CALLERS_TOKEN)
    view = client.with_options(base_url=f"{elsewhere.url}/")
    driver.get(view)
    assert elsewhere.trace == [f"GET {CUSTOMIZATION}"]
    assert elsewhere.url in repr(view)
    with pytest.raises(ValueError, match="base_url"):
        client.with_options(base_url="ftp://nowhere")


def test_headers_of_every_request(driver: Driver, vcenter: VCenter) -> None:
    mine = {"User-Agent": "inventory/2.1", "accept": "text/plain", "X-Trace": "1"}
    driver.get(driver.client(session_id=CALLERS_TOKEN, headers=mine))
    (request,) = vcenter.seen
    assert request.headers["User-Agent"] == "inventory/2.1"
    assert request.headers["X-Trace"] == "1"
    assert request.headers.getlist("Accept") == ["application/json"]  # what a call needs wins


@pytest.mark.parametrize("text", ["a\r\nb", "ü", "\0"])
def test_a_header_that_cannot_be_sent_is_refused(driver: Driver, client: Client, text: str) -> None:
    with pytest.raises(ValueError, match="X-Name"):
        driver.client(headers={"X-Name": text})
    with pytest.raises(ValueError, match="X-Name"):
        client.with_options(headers={"X-Name": text})


def test_the_timeouts_of_a_callers_http_client_are_kept(driver: Driver) -> None:
    http = driver.http(timeout=httpx2.Timeout(7))
    client = driver.client(session_id=CALLERS_TOKEN, http=http)
    with recorded_responses() as responses:
        driver.get(client)
        driver.get(client.with_options(timeout=8))
    connects = [one.request.extensions["timeout"]["connect"] for one in responses]
    assert connects == [7, 8]

"""Successful answers: what is decoded from them, and which are refused."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from client_support import CALLERS_TOKEN, CUSTOMIZATION, IDLE, Driver, VCenter, reply
from client_support import spec as read_spec
from vcenter_guest_customization import (
    Client,
    ClientError,
    UnexpectedResponse,
    VmGuestCustomizationInfo,
    VmGuestCustomizationInfoStatus,
    recorded_deviations,
)

START, END = "2021-05-05T14:32:09.023Z", "2021-05-05T14:35:41.5Z"
STATES: list[str] = read_spec()["components"]["schemas"][
    "Vcenter.Vm.Guest.Customization.Info.Status"
]["enum"]
BODIES: dict[str, dict[str, Any]] = {
    "IDLE": {},
    "PENDING": {},
    "RUNNING": {"start_time": START},
    "SUCCEEDED": {"start_time": START, "end_time": END},
    "FAILED": {"start_time": START, "end_time": END, "error": "The domain was not found."},
}


def test_the_states_are_those_of_the_spec() -> None:
    assert [state.value for state in VmGuestCustomizationInfoStatus] == STATES == list(BODIES)


@pytest.mark.parametrize("state", STATES)
def test_each_state(driver: Driver, vcenter: VCenter, client: Client, state: str) -> None:
    vcenter.on("GET", reply(200, {"status": state} | BODIES[state]))
    info = driver.get(client)
    assert info.status is VmGuestCustomizationInfoStatus[state]
    assert info.status == state
    assert info.status.is_known
    assert info.error == BODIES[state].get("error")
    assert (info.start_time is not None) == ("start_time" in BODIES[state])
    assert (info.end_time is not None) == ("end_time" in BODIES[state])


@pytest.mark.parametrize("state", ["X", "idle", "SUSPENDED_BY_ADMIN", "Gelöscht 🗑", "", "name"])
def test_unknown_status_is_kept(
    driver: Driver, vcenter: VCenter, client: Client, state: str
) -> None:
    vcenter.on("GET", reply(200, {"status": state}))
    status = driver.get(client).status
    assert isinstance(status, VmGuestCustomizationInfoStatus)
    assert not status.is_known
    assert status == state
    assert (status.value, str(status), f"{status}") == (state, state, state)
    assert hash(status) == hash(state)
    assert status != VmGuestCustomizationInfoStatus.IDLE
    assert msgspec.json.encode(status) == msgspec.json.encode(state)
    assert state not in VmGuestCustomizationInfoStatus.__members__


def test_unknown_field_is_ignored(driver: Driver, vcenter: VCenter, client: Client) -> None:
    future = {"progress": 7, "steps": [{"name": "sysprep"}], "Status": "FAILED", "type": None}
    vcenter.on("GET", reply(200, IDLE | future))
    assert driver.get(client) == VmGuestCustomizationInfo(
        status=VmGuestCustomizationInfoStatus.IDLE
    )


@pytest.mark.parametrize(
    "optionals", [{}, {"error": None, "start_time": None, "end_time": None}], ids=["absent", "null"]
)
def test_optionals_that_are_not_set(
    driver: Driver, vcenter: VCenter, client: Client, optionals: dict[str, None]
) -> None:
    vcenter.on("GET", reply(200, IDLE | optionals))
    info = driver.get(client)
    assert (info.error, info.start_time, info.end_time) == (None, None, None)


def test_datetimes_are_aware(driver: Driver, vcenter: VCenter, client: Client) -> None:
    body = {"status": "SUCCEEDED", "start_time": START, "end_time": "2021-05-05T16:35:41+02:00"}
    vcenter.on("GET", reply(200, body))
    info = driver.get(client)
    assert info.start_time == datetime(2021, 5, 5, 14, 32, 9, 23000, tzinfo=UTC)
    assert info.end_time == datetime(2021, 5, 5, 14, 35, 41, tzinfo=UTC)
    assert info.start_time is not None and info.start_time.utcoffset() == timedelta(0)
    assert info.end_time is not None and info.end_time.utcoffset() is not None


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "status"),
        ({"error": "x"}, "status"),
        ({"status": 7}, "$.status"),
        ({"status": None}, "$.status"),
        ({"status": ["IDLE"]}, "$.status"),
        (IDLE | {"error": {"id": "x"}}, "$.error"),
        (IDLE | {"start_time": 1620225129}, "$.start_time"),
        (IDLE | {"start_time": "yesterday"}, "$.start_time"),
        (IDLE | {"end_time": "2021-05-05T14:32:09"}, "$.end_time"),
        ([], "object"),
        ("IDLE", "object"),
        (None, "object"),
    ],
)
def test_an_answer_of_another_shape_names_the_place(
    driver: Driver, vcenter: VCenter, body: object, named: str
) -> None:
    content = msgspec.json.encode(body)
    vcenter.on("GET", reply(200, content, Content_Type="application/json"))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(driver.client(session_id=CALLERS_TOKEN, strict=True))
    assert named in caught.value.reason
    assert_names_the_call(caught.value, vcenter, 200, content)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"oops",
        b"<html><body>Welcome to our proxy</body></html>",
        b'{"status": "IDLE"',
        b'{"status": "IDLE"} {"status": "IDLE"}',
        b"[" * 100_000,
        b'{"x":' * 100_000,
    ],
    ids=["empty", "blank", "text", "html", "cut", "two", "deep list", "deep object"],
)
def test_a_body_that_is_not_json(
    driver: Driver, vcenter: VCenter, client: Client, body: bytes
) -> None:
    vcenter.on("GET", reply(200, body))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(client)
    assert_names_the_call(caught.value, vcenter, 200, body)
    assert "text/html" in str(caught.value)


@pytest.mark.parametrize("status", [201, 202, 203, 204, 205, 206, 226, 299])
def test_an_undeclared_success(driver: Driver, vcenter: VCenter, status: int) -> None:
    vcenter.on("GET", reply(status, IDLE if status not in (204, 205) else b""))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(driver.client(session_id=CALLERS_TOKEN, strict=True))
    assert_names_the_call(caught.value, vcenter, status, caught.value.body)


@pytest.mark.parametrize("status", [201, 202, 203, 206, 226, 299])
def test_an_undeclared_success_that_says_what_a_declared_one_does(
    driver: Driver, vcenter: VCenter, client: Client, status: int
) -> None:
    vcenter.on("GET", reply(status, IDLE))
    with recorded_deviations() as deviations:
        assert driver.get(client).status == "IDLE"
    assert [(one.path, one.received) for one in deviations] == [("$", f"status {status}")]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'"IDLE"'])
def test_an_undeclared_success_that_says_something_else(
    driver: Driver, vcenter: VCenter, client: Client, body: bytes
) -> None:
    vcenter.on("GET", reply(202, body))
    with pytest.raises(UnexpectedResponse):
        driver.get(client)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 305, 307, 308, 399])
def test_a_redirect_without_an_aim(
    driver: Driver, vcenter: VCenter, client: Client, status: int
) -> None:
    vcenter.on("GET", reply(status))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(client)
    assert_names_the_call(caught.value, vcenter, status, b"")
    assert vcenter.trace == [f"GET {CUSTOMIZATION}"]


def test_the_content_type_is_not_relied_on(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    for kind in ("application/json;charset=UTF-8", "text/plain", "nonsense"):
        vcenter.on("GET", reply(200, b'{"status": "IDLE"}', Content_Type=kind))
        assert driver.get(client).status == "IDLE"


def test_a_compressed_body(driver: Driver, vcenter: VCenter, client: Client) -> None:
    body = gzip.compress(b'{"status": "IDLE"}')
    vcenter.on("GET", reply(200, body, Content_Encoding="gzip"))
    assert driver.get(client).status == "IDLE"


def test_a_body_that_is_not_compressed_as_it_says(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.on("GET", reply(200, b'{"status": "IDLE"}', Content_Encoding="gzip"))
    with pytest.raises(ClientError) as caught:
        driver.get(client)
    assert CUSTOMIZATION in str(caught.value)


def assert_names_the_call(
    error: UnexpectedResponse, vcenter: VCenter, status: int, body: bytes
) -> None:
    """Fail unless an exception says in one line which call went wrong, and keeps the answer."""
    url = f"http://{vcenter.address}{CUSTOMIZATION}"
    assert (error.method, error.url, error.status_code) == ("GET", url, status)
    assert error.body == body
    text = str(error)
    assert f"GET {url}" in text
    assert str(status) in text
    assert len(text.splitlines()) == 1

"""Errors recorded from real servers: each becomes the right exception, and reads as a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vcenter_guest_customization as package
from client_support import CALLERS_TOKEN, ROOT, Driver, VCenter, kinds, reply
from vcenter_guest_customization import ApiError, Client, Unauthenticated

PAYLOADS = ROOT.parent / "shared" / "payloads"
ERRORS = ["28", "29", "30", "31", "35", "37"]
"""Those in the `/api` form."""


def recorded(number: str) -> dict[str, Any]:
    """Return a recorded reply, or skip where they are not at hand."""
    found = sorted(PAYLOADS.glob(f"{number}_*.json"))
    if not found:
        pytest.skip(f"recorded reply {number} is not at hand: {PAYLOADS} does not hold it")
    payload: dict[str, Any] = json.loads(found[0].read_text(encoding="utf-8"))
    return payload


def failure(driver: Driver, client: Client) -> ApiError:
    """Return what our call raises."""
    with pytest.raises(ApiError) as caught:
        driver.get(client)
    return caught.value


@pytest.mark.parametrize("number", ERRORS)
def test_a_recorded_error(driver: Driver, vcenter: VCenter, client: Client, number: str) -> None:
    payload = recorded(number)
    body = payload["body"]
    vcenter.on("GET", reply(payload["http_status"], body))
    error = failure(driver, client)
    assert type(error) is getattr(package, kinds()[body["error_type"]])
    assert error.status_code == payload["http_status"]
    assert error.error is not None
    assert error.error.error_type == body["error_type"]
    assert [(m.id, m.default_message, m.args) for m in error.error.messages] == [
        (m["id"], m["default_message"], m["args"]) for m in body["messages"]
    ]
    text = str(error)
    assert len(text.splitlines()) == 1
    for message in body["messages"]:
        assert message["default_message"] in text


def test_the_recorded_challenge(driver: Driver, vcenter: VCenter, client: Client) -> None:
    payload = recorded("37")
    vcenter.on("GET", reply(payload["http_status"], payload["body"]))
    error = failure(driver, client)
    assert isinstance(error, Unauthenticated)
    assert error.error is not None
    assert error.error.challenge == payload["body"]["challenge"]


def test_the_recorded_login(driver: Driver, vcenter: VCenter) -> None:
    payload = recorded("40")
    token = payload["body"]
    vcenter.on("POST", reply(payload["http_status"], json.dumps(token)))
    vcenter.sessions = {token}
    driver.get(driver.login())
    assert vcenter.seen[-1].token == token
    assert CALLERS_TOKEN not in vcenter.sessions

"""Redirects: followed if the HTTP client of the caller follows them, and then without a secret."""

from __future__ import annotations

import pytest
from client_support import (
    CALLERS_TOKEN,
    CUSTOMIZATION,
    IDLE,
    SECRETS,
    SESSION,
    Driver,
    VCenter,
    reply,
)
from vcenter_guest_customization import ApiError, TransportError, UnexpectedResponse

REDIRECTS = [301, 302, 303, 307, 308]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_of_a_call_is_not_followed(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter, status: int
) -> None:
    client = driver.login()
    vcenter.on("GET", reply(status, Location=f"{elsewhere.url}/vcenter"))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(client)
    assert caught.value.status_code == status
    assert "was not followed: pass http= with follow_redirects=True" in str(caught.value)
    assert elsewhere.trace == []
    assert vcenter.trace == [f"POST {SESSION}", f"GET {CUSTOMIZATION}"]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_of_login_is_not_followed(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter, status: int
) -> None:
    vcenter.on("POST", reply(status, Location=f"{elsewhere.url}/session"))
    with pytest.raises(UnexpectedResponse):
        driver.login()
    assert elsewhere.trace == []
    assert vcenter.trace == [f"POST {SESSION}"]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_of_logout_is_not_followed(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter, status: int
) -> None:
    vcenter.on("DELETE", reply(status, Location=f"{elsewhere.url}/session"))
    client = driver.login()
    with pytest.raises(UnexpectedResponse):
        driver.run(client.logout)
    assert elsewhere.trace == []


def test_a_redirect_of_a_renewal_is_not_followed(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter
) -> None:
    client = driver.login()
    vcenter.expire()
    vcenter.on("POST", reply(307, Location=f"{elsewhere.url}/session"))
    with pytest.raises(UnexpectedResponse):
        driver.get(client)
    assert elsewhere.trace == []


# An HTTP client of the caller that follows redirects


def once(vcenter: VCenter, status: int, location: str) -> None:
    """Answer the first request by a redirect, the others as usual."""
    vcenter.on("GET", reply(status, Location=location), vcenter.behave)


@pytest.mark.parametrize("status", REDIRECTS)
@pytest.mark.parametrize("location", ["absolute", "relative"])
def test_a_redirect_on_the_same_host_is_followed(
    driver: Driver, vcenter: VCenter, status: int, location: str
) -> None:
    client = driver.login(http=driver.http(follow_redirects=True))
    path = f"{CUSTOMIZATION}/"
    start = vcenter.url.removesuffix("/api") if location == "absolute" else ""
    once(vcenter, status, start + path)
    info, response = driver.run(
        lambda: client.with_response(lambda: client.vm_guest_customization.get("vm-42"))
    )
    assert info.status == "IDLE"
    assert [one.status_code for one in response.history] == [status]
    assert vcenter.trace == [f"POST {SESSION}", f"GET {CUSTOMIZATION}", f"GET {path}"]
    assert vcenter.seen[1].token == vcenter.seen[2].token is not None


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_to_another_host_carries_no_secret(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter, status: int
) -> None:
    http = driver.http(
        follow_redirects=True, headers={"X-Own": SECRETS[0][:7], "User-Agent": "mine"}
    )
    http.cookies.set("own", SECRETS[0][:7])
    client = driver.login(http=http)
    once(vcenter, status, f"{elsewhere.url}/vcenter")
    elsewhere.on("GET", reply(200, IDLE))
    assert driver.get(client).status == "IDLE"
    (seen,) = elsewhere.seen
    assert {name.lower() for name, _ in seen.headers} <= {
        "accept",
        "accept-encoding",
        "host",
        "user-agent",
    }
    assert seen.headers["User-Agent"] == "mine"
    assert elsewhere.address == seen.headers["Host"]


def test_a_redirect_back_carries_no_secret(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter
) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, http=driver.http(follow_redirects=True))
    once(vcenter, 302, f"{elsewhere.url}/a")
    elsewhere.on("GET", reply(302, Location=f"{vcenter.url}/back"))
    with pytest.raises(ApiError):  # the server knows no session
        driver.get(client)
    assert [one.token for one in vcenter.seen] == [CALLERS_TOKEN, None]


def test_a_host_elsewhere_cannot_refuse_the_session(
    driver: Driver, vcenter: VCenter, elsewhere: VCenter
) -> None:
    client = driver.login(http=driver.http(follow_redirects=True))
    vcenter.on("GET", reply(307, Location=f"{elsewhere.url}/a"))
    elsewhere.on("GET", reply(401))
    with pytest.raises(ApiError) as caught:
        driver.get(client)
    assert caught.value.status_code == 401
    assert vcenter.trace == [f"POST {SESSION}", f"GET {CUSTOMIZATION}"]


def test_the_http_client_limits_the_redirects(driver: Driver, vcenter: VCenter) -> None:
    http = driver.http(follow_redirects=True, max_redirects=3)
    client = driver.client(session_id=CALLERS_TOKEN, http=http)
    vcenter.on("GET", reply(302, Location="/api/again?key=secret"))
    with pytest.raises(UnexpectedResponse, match="not followed: more than 3 redirects") as caught:
        driver.get(client)
    assert len(vcenter.trace) == 4
    assert "secret" not in str(caught.value)
    assert caught.value.response is not None
    assert caught.value.response.status_code == 302
    assert "secret" not in str(caught.value.response.request.url)


@pytest.mark.parametrize("location", ["ftp://h.test/a", "mailto:a@h.test", "http://[", "//"])
def test_a_redirect_to_no_server_is_a_client_error(
    driver: Driver, vcenter: VCenter, location: str
) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, http=driver.http(follow_redirects=True))
    vcenter.on("GET", reply(302, Location=location))
    with pytest.raises((TransportError, UnexpectedResponse, ApiError)):
        driver.get(client)

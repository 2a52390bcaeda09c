"""Passwords and tokens show nowhere: not in a `repr`, not in a log record, not in an exception."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import pytest
from client_support import (
    CALLERS_TOKEN,
    PASSWORD,
    SECRETS,
    UNAUTHENTICATED,
    USER,
    Driver,
    VCenter,
    error_body,
    reply,
)
from vcenter_guest_customization import (
    ClientError,
    NotFound,
    TransportError,
    Unauthenticated,
    UnexpectedResponse,
)


def assert_no_secret(text: str) -> None:
    """Fail if a password or a token is in a text."""
    assert [secret for secret in SECRETS if secret in text] == []


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, and those that it says it came from."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def assert_tells_no_secret(error: BaseException) -> None:
    """Fail if an exception, or one that it came from, shows a secret in any usual way."""
    assert_no_secret("".join(traceback.format_exception(error)))
    for each in chain(error):
        assert_no_secret(f"{each} {each!r} {each.args!r}")


def test_no_secret_in_repr(driver: Driver) -> None:
    for client in (driver.login(), driver.client(session_id=CALLERS_TOKEN)):
        assert driver.vcenter.url in repr(client)
        parts = [*vars(client).values(), *vars(vars(client)["_connection"]).values()]
        for thing in (client, *parts, client.vm_guest_customization, client.session):
            assert_no_secret(f"{thing} {thing!r}")


def test_no_secret_in_log_records(
    driver: Driver, vcenter: VCenter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = driver.login()
    driver.get(client)
    vcenter.expire()
    driver.get(client)
    vcenter.on("GET", reply(404, error_body("No such machine.")), reply(200, b"oops"))
    for _ in range(2):
        with pytest.raises(ClientError):
            driver.get(client)
    driver.close(client)
    with pytest.raises(Unauthenticated):
        driver.login(password=f"{PASSWORD}-of-yesterday")
    assert {record.name.partition(".")[0] for record in caplog.records} >= {"httpx2", "httpcore2"}
    for record in caplog.records:
        assert_no_secret(f"{record.getMessage()} {vars(record)!r}")


def test_no_secret_in_an_error_of_the_server(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    vcenter.on("GET", reply(404, error_body("No such machine.")))
    with pytest.raises(NotFound) as caught:
        driver.get(client)
    assert_tells_no_secret(caught.value)


def test_no_secret_in_an_unexpected_response(driver: Driver, vcenter: VCenter) -> None:
    client = driver.login()
    vcenter.on("GET", reply(200, b"oops"))
    with pytest.raises(UnexpectedResponse) as caught:
        driver.get(client)
    assert_tells_no_secret(caught.value)


def test_no_secret_in_a_refused_login(driver: Driver, vcenter: VCenter) -> None:
    vcenter.on("POST", reply(401, UNAUTHENTICATED))
    with pytest.raises(Unauthenticated) as caught:
        driver.login()
    assert_tells_no_secret(caught.value)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (201, {"value": CALLERS_TOKEN}),
        (201, f'"{CALLERS_TOKEN}'),
        (201, f"{CALLERS_TOKEN}"),
        (201, f'"{CALLERS_TOKEN}\\n"'),
    ],
)
def test_no_secret_in_a_login_with_another_answer(
    driver: Driver, vcenter: VCenter, status: int, body: object
) -> None:
    vcenter.on("POST", reply(status, body))
    with pytest.raises((ClientError, ValueError)) as caught:
        driver.get(driver.login())
    assert_tells_no_secret(caught.value)


def test_no_secret_where_no_answer_comes(driver: Driver, closed_port: int) -> None:
    nowhere = f"http://127.0.0.1:{closed_port}/api"
    for attempt in (
        lambda: driver.login(base_url=nowhere),
        lambda: driver.get(driver.client(base_url=nowhere, session_id=CALLERS_TOKEN)),
    ):
        with pytest.raises(TransportError) as caught:
            attempt()
        assert_tells_no_secret(caught.value)


def test_no_secret_in_a_refused_path_parameter(driver: Driver) -> None:
    client = driver.login()
    with pytest.raises(ValueError, match="vm") as caught:
        driver.get(client, "..")
    assert_tells_no_secret(caught.value)


@pytest.mark.parametrize("end", ["\n", "\r\nX-Evil: yes", "é", "\0", "\udc80"])
def test_a_token_that_no_header_can_hold_is_refused_and_not_shown(
    driver: Driver, vcenter: VCenter, end: str
) -> None:
    # A token read from a file ends in a newline.
    with pytest.raises(ValueError, match=r"session.id") as caught:
        driver.get(driver.client(session_id=f"{CALLERS_TOKEN}{end}"))
    assert_tells_no_secret(caught.value)
    assert vcenter.trace == []


def test_a_password_that_is_no_text_is_refused_and_not_shown(
    driver: Driver, vcenter: VCenter
) -> None:
    # os.environ decodes what is not UTF-8 into lone surrogates.
    with pytest.raises(ValueError) as caught:
        driver.login(password=f"{PASSWORD}\udce4")
    assert_tells_no_secret(caught.value)
    assert vcenter.trace == []


def test_a_user_name_with_a_colon_is_refused(driver: Driver, vcenter: VCenter) -> None:
    # RFC 7617, section 2: the server would take its end for the start of the password.
    with pytest.raises(ValueError) as caught:
        driver.login(user=f"corp:{USER}")
    assert_tells_no_secret(caught.value)
    assert vcenter.trace == []

"""No answer, or one from elsewhere: refused connections, timeouts, and TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx2
import pytest
import trustme
from client_support import (
    CALLERS_TOKEN,
    CUSTOMIZATION,
    OPENED_TOKEN,
    PASSWORD,
    SESSION,
    USER,
    Driver,
    VCenter,
)
from pytest_httpserver import HTTPServer
from vcenter_guest_customization import Client, TransportError
from werkzeug import Request, Response


def failure(driver: Driver, client: Client) -> TransportError:
    """Return what our call raises, as no answer comes; it says which call that was."""
    with pytest.raises(TransportError) as caught:
        driver.get(client)
    error = caught.value
    assert error.method == "GET"
    assert error.url.endswith(CUSTOMIZATION)
    assert f"GET {error.url}" in str(error)
    assert error.reason
    assert error.reason in str(error)
    assert len(str(error).splitlines()) == 1
    assert isinstance(error.__cause__, httpx2.RequestError)
    return error


# No answer


def test_connection_refused(driver: Driver, closed_port: int) -> None:
    nowhere = f"http://127.0.0.1:{closed_port}/api"
    error = failure(driver, driver.client(base_url=nowhere, session_id=CALLERS_TOKEN))
    assert error.url == f"{nowhere}/vcenter/vm/vm-42/guest/customization"
    with pytest.raises(TransportError) as caught:
        driver.login(base_url=nowhere)
    assert (caught.value.method, caught.value.url) == ("POST", f"{nowhere}/session")


@contextmanager
def slow(vcenter: VCenter, method: str) -> Iterator[None]:
    """Let the stand-in be slow with a method, but no slower than the test needs it."""
    done = threading.Event()

    def answer(request: Request) -> Response:
        done.wait(0.3)
        return vcenter.behave(request)

    vcenter.on(method, answer)
    try:
        yield
    finally:
        done.set()


@pytest.mark.parametrize("timeout", [0.05, httpx2.Timeout(5.0, read=0.05)], ids=["float", "object"])
def test_timeout(driver: Driver, vcenter: VCenter, timeout: float | httpx2.Timeout) -> None:
    client = driver.client(session_id=CALLERS_TOKEN, timeout=timeout)
    with slow(vcenter, "GET"):
        error = failure(driver, client)
    assert isinstance(error.__cause__, httpx2.ReadTimeout)
    assert vcenter.trace == [f"GET {CUSTOMIZATION}"]


def test_timeout_of_login(driver: Driver, vcenter: VCenter) -> None:
    with slow(vcenter, "POST"), pytest.raises(TransportError):
        driver.login(timeout=0.05)
    assert vcenter.trace == [f"POST {SESSION}"]


def test_the_default_timeout_is_finite(driver: Driver) -> None:
    timeout = vars(driver.client("host"))["_driver"].http.timeout
    assert 1 <= timeout.read == timeout.connect == timeout.write <= 120
    assert timeout.pool is None  # a call waits for its turn


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Run a server that says the same to everyone, then hangs up; return its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", b"220 mail.example ESMTP\r\n"],
    ids=["hangs up", "stops half-way", "is no HTTP server"],
)
def test_a_server_that_answers_no_http(driver: Driver, answer: bytes) -> None:
    with saying(answer) as url:
        failure(driver, driver.client(base_url=url, session_id=CALLERS_TOKEN))


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls_server(authority: trustme.CA) -> Iterator[HTTPServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with HTTPServer(host="127.0.0.1", port=0, ssl_context=context, threaded=True) as http:
        yield http


@pytest.fixture
def tls_vcenter(tls_server: HTTPServer) -> VCenter:
    return VCenter(tls_server)


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_certificate_that_is_not_trusted(driver: Driver, tls_vcenter: VCenter) -> None:
    error = failure(driver, driver.client(tls_vcenter.address, session_id=CALLERS_TOKEN))
    assert "certificate" in str(error).lower()
    with pytest.raises(TransportError):
        driver.login(tls_vcenter.address)
    assert tls_vcenter.trace == []


def test_a_certificate_of_another_host(
    driver: Driver, tls_vcenter: VCenter, trusting: ssl.SSLContext
) -> None:
    url = f"https://localhost:{tls_vcenter.http.port}/api"
    failure(driver, driver.client(base_url=url, session_id=CALLERS_TOKEN, verify=trusting))
    assert tls_vcenter.trace == []


def test_a_server_without_tls(driver: Driver, vcenter: VCenter) -> None:
    failure(driver, driver.client(vcenter.address, session_id=CALLERS_TOKEN))
    assert vcenter.trace == []


def test_a_certificate_that_is_trusted(
    driver: Driver, tls_vcenter: VCenter, trusting: ssl.SSLContext
) -> None:
    # By its host alone, as in real life: https, and the path of the spec's server.
    client = driver.login(tls_vcenter.address, verify=trusting)
    assert driver.get(client).status == "IDLE"
    driver.close(client)
    assert tls_vcenter.trace == [f"POST {SESSION}", f"GET {CUSTOMIZATION}", f"DELETE {SESSION}"]


def test_tls_by_a_callers_own_http_client(
    driver: Driver, tls_vcenter: VCenter, trusting: ssl.SSLContext
) -> None:
    http = driver.http(verify=trusting)
    client = driver.client(tls_vcenter.address, session_id=CALLERS_TOKEN, http=http)
    assert driver.get(client).status == "IDLE"


def test_verification_can_be_turned_off(driver: Driver, tls_vcenter: VCenter) -> None:
    client = driver.client(tls_vcenter.address, session_id=CALLERS_TOKEN, verify=False)
    assert driver.get(client).status == "IDLE"


# A caller's own client


def test_a_callers_own_http_client_is_used(driver: Driver, vcenter: VCenter) -> None:
    http = driver.http(headers={"X-Of-The-Caller": "yes"}, base_url="http://nowhere.invalid/x")
    client = driver.login(http=http)
    driver.get(client)
    driver.close(client)
    assert vcenter.trace == [f"POST {SESSION}", f"GET {CUSTOMIZATION}", f"DELETE {SESSION}"]
    assert {request.headers["X-Of-The-Caller"] for request in vcenter.seen} == {"yes"}
    assert {request.headers["Accept"] for request in vcenter.seen} == {"application/json"}
    assert vcenter.seen[1].token == OPENED_TOKEN.format(1)


def test_two_clients_that_share_an_http_client_stay_apart(driver: Driver, vcenter: VCenter) -> None:
    http = driver.http()
    first = driver.client(session_id=CALLERS_TOKEN, http=http)
    second = driver.client(basic_auth=(USER, PASSWORD), http=http)
    for client in (first, second, first):
        driver.get(client)
    ours = OPENED_TOKEN.format(1)
    assert [r.token for r in vcenter.of("GET")] == [CALLERS_TOKEN, ours, CALLERS_TOKEN]

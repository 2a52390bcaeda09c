"""Fixtures for the tests of the generated client, which is imported from `generated/`."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parents[1] / "generated"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from client_sockets import Clock  # noqa: E402
from client_support import CALLERS_TOKEN, Driver, VCenter  # noqa: E402
from vcenter_guest_customization import Client, _wire  # noqa: E402

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the requests on this machine, whatever the environment says."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def _serve() -> Iterator[VCenter]:
    with HTTPServer(host="127.0.0.1", port=0, threaded=True) as http:
        yield VCenter(http)


@pytest.fixture(scope="session")
def running_vcenter() -> Iterator[VCenter]:
    """Start the stand-in once: to stop a server takes half a second."""
    yield from _serve()


@pytest.fixture(scope="session")
def running_elsewhere() -> Iterator[VCenter]:
    """Start the other server."""
    yield from _serve()


@pytest.fixture
def vcenter(running_vcenter: VCenter) -> Iterator[VCenter]:
    """Return the stand-in for a server, as new; a failure of its own fails the test."""
    running_vcenter.reset()
    yield running_vcenter
    running_vcenter.settle()
    running_vcenter.http.check()


@pytest.fixture
def elsewhere(running_elsewhere: VCenter) -> Iterator[VCenter]:
    """Return a second server, which nobody should talk to."""
    running_elsewhere.reset()
    yield running_elsewhere
    running_elsewhere.settle()


@pytest.fixture(params=["sync", "async"])
def driver(request: pytest.FixtureRequest, vcenter: VCenter) -> Iterator[Driver]:
    """Return what runs a test body against either client."""
    driver = Driver(request.param, vcenter)
    yield driver
    driver.finish()


@pytest.fixture
def client(driver: Driver) -> Client:
    """Return a client with a token that its caller handed in: most tests need no more."""
    return driver.client(session_id=CALLERS_TOKEN)


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as taken:
        # Bound, so that nobody else gets it, but not listening.
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the client: no test waits."""
    return Clock().govern(_wire, monkeypatch)

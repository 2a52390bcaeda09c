"""Where the server is: `host`, or `base_url`; which are taken, and which refused at once."""

from __future__ import annotations

import traceback

import pytest
from client_support import CALLERS_TOKEN, IDLE, Driver, VCenter, reply
from pytest_httpserver import HTTPServer


def client_of(driver: Driver, **where: str | None) -> object:
    """Return a client with no defaults of the driver."""
    return driver.client_class(**where)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host",
    [
        "vc.example.com",
        "vc.example.com:8443",
        "VC-01.example.com",
        "vc_01.lab",
        "localhost",
        "192.0.2.7",
        "192.0.2.7:443",
        "[::1]",
        "[::1]:443",
        "[2001:db8::7]:8443",
        "xn--mnchen-3ya.example",
    ],
)
def test_hosts(driver: Driver, host: str) -> None:
    client = driver.client(host, session_id=CALLERS_TOKEN)
    assert f"https://{host}/api" in repr(client)


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "vc.example.com ",
        "vc.example.com\n",
        "vc.example.com\r\nX-Evil: yes",
        "vc.example.com/",
        "vc.example.com/api",
        "https://vc.example.com",
        "user@vc.example.com",
        "user:5ec4e7@vc.example.com",
        "vc.example.com?x",
        "vc.example.com#x",
        "vc.example.com\\x",
        "vc.example.com:port",
        "vc.example.com:-1",
        "vc.example.com:70000",
        "vc.example.com:443:443",
        ":443",
        "::1",
        "[::1",
        "[vc.example.com]",
        "{host}",
        "%76c.example.com",
    ],
)
def test_what_is_no_host(driver: Driver, host: str) -> None:
    with pytest.raises(ValueError) as caught:
        client_of(driver, host=host)
    assert "5ec4e7" not in repr(caught.value)


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8080/api",
        "http://127.0.0.1:8080",
        "https://vc.example.com/api/",
        "https://[::1]:8443/a/b/c",
        "https://proxy.example/to/vc%201/api",
    ],
)
def test_base_urls(driver: Driver, base_url: str) -> None:
    client = driver.client(base_url=base_url, session_id=CALLERS_TOKEN)
    assert base_url.rstrip("/") in repr(client)


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        " ",
        "/",
        "/api",
        "api",
        "vc.example.com/api",
        "vc.example.com:443/api",
        "//vc.example.com/api",
        "ftp://vc.example.com/api",
        "file:///api",
        "https://",
        "https:///api",
        "https://:443/api",
        "https://vc.example.com:port/api",
        "https://vc.example.com:70000/api",
        "https://vc.example.com/api?x=y",
        "https://vc.example.com/api?",
        "https://vc.example.com/api#x",
        "https://vc.example.com/api#",
        "https://vc.example.com/a\npi",
        "https://user@vc.example.com/api",
        "https://user:5ec4e7@vc.example.com/api",
        "https://user:5ec4e7/x@vc.example.com/api",
        "https://user:5ec4e7@[vc.example.com/api",
    ],
)
def test_what_is_no_base_url(driver: Driver, base_url: str) -> None:
    with pytest.raises(ValueError) as caught:
        client_of(driver, base_url=base_url)
    shown = "".join(traceback.format_exception(caught.value))
    assert "5ec4e7" not in f"{shown} {caught.value!r}"


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"host": None, "base_url": None},
        {"host": "vc.example.com", "base_url": "https://vc.example.com/api"},
    ],
)
def test_either_a_host_or_a_base_url(driver: Driver, where: dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match="host"):
        client_of(driver, **where)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("", "/vcenter/vm/vm-42/guest/customization"),
        ("/", "/vcenter/vm/vm-42/guest/customization"),
        ("/api/", "/api/vcenter/vm/vm-42/guest/customization"),
        ("/to/vc%2F1/api", "/to/vc%2F1/api/vcenter/vm/vm-42/guest/customization"),
        ("/to/vc 1/api", "/to/vc%201/api/vcenter/vm/vm-42/guest/customization"),
    ],
)
def test_the_path_of_a_base_url_is_kept(
    driver: Driver, vcenter: VCenter, path: str, target: str
) -> None:
    vcenter.on("GET", reply(200, IDLE))
    base_url = f"http://{vcenter.address}{path}"
    driver.get(driver.client(base_url=base_url, session_id=CALLERS_TOKEN))
    assert vcenter.trace == [f"GET {target}"]


def test_an_ipv6_address(driver: Driver, ipv6_server: HTTPServer) -> None:
    vcenter = VCenter(ipv6_server)
    base_url = f"http://[::1]:{ipv6_server.port}/api"
    driver.get(driver.client(base_url=base_url, session_id=CALLERS_TOKEN))
    assert vcenter.seen[0].headers["Host"] == f"[::1]:{ipv6_server.port}"


@pytest.fixture(scope="module")
def ipv6_server() -> object:
    try:
        server = HTTPServer(host="::1", port=0, threaded=True)
        server.start()
    except OSError as error:
        pytest.skip(f"no IPv6 here: {error}")
    yield server
    server.stop()

"""What generated clients send: where to, and that it is what the caller meant."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from driving import Driver, reply

# ---- Servers of path items and operations (OpenAPI 3.1, sections 4.8.9 and 4.8.10)


def _where(drive: Driver, method: str, *arguments: object, **options: Any) -> str:
    options = {"base_url": None, "key": "secret", **options}
    call = lambda client: getattr(client.thing, method)(*arguments)  # noqa: E731
    drive("servers_of_operations", call, **options)
    assert drive.sent[-1].headers["X-Key"] == "secret"
    return str(drive.sent[-1].url)


def test_servers_of_operations(drive: Driver) -> None:
    assert _where(drive, "usual") == "https://api.acme.test/v1/usual"
    assert _where(drive, "same") == "https://api.acme.test/v1/same"
    assert _where(drive, "put_file", "a b") == "https://files.acme.test/v2/files/a%20b"
    assert _where(drive, "put_file", "a", site="b.eu") == "https://files.b.eu/v2/files/a"
    assert _where(drive, "get_file", "a") == "https://content.test/files/a"
    assert _where(drive, "relative") == "https://api.acme.test/v3/relative"
    mine = "http://localhost:1/proxy"
    assert _where(drive, "relative", base_url=mine) == "http://localhost:1/v3/relative"
    assert _where(drive, "same", base_url=mine) == "http://localhost:1/proxy/same"
    assert _where(drive, "get_file", "a", base_url=mine) == "https://content.test/files/a"


def test_servers_of_operations_can_be_others(drive: Driver) -> None:
    mine = {"https://content.test": "http://localhost:1/c/", "/v3": "http://localhost:2"}
    assert _where(drive, "get_file", "a", servers=mine) == "http://localhost:1/c/files/a"
    assert _where(drive, "relative", servers=mine) == "http://localhost:2/relative"
    assert _where(drive, "usual", servers=mine) == "https://api.acme.test/v1/usual"
    with pytest.raises(ValueError, match=r"unknown server https://x\.test"):
        _where(drive, "usual", servers={"https://x.test": "http://localhost:1"})
    with pytest.raises(ValueError, match="base_url must begin with"):
        _where(drive, "usual", servers={"/v3": "/v4"})
    shard = "https://shards.test/{shard}"
    with pytest.raises(ValueError, match=r"give servers={'https://shards.test/{shard}'"):
        _where(drive, "sharded")
    assert (
        _where(drive, "sharded", servers={shard: "https://s.test/7"}) == "https://s.test/7/sharded"
    )


def test_a_server_beside_a_session(drive: Driver) -> None:
    """The session is opened at the usual server, and its token goes to the other, too."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        return (
            reply(201, "t0ken")(request) if request.method == "POST" else reply(200, b"x")(request)
        )

    login = ("user", "password")
    drive("servers_beside_a_session", lambda client: client.item.get("a"), answer, basic_auth=login)
    opening, getting = drive.sent
    assert str(opening.url) == "https://api.test/session"
    assert str(getting.url) == "https://api.test/transfer/items/a"
    assert getting.headers["vmware-api-session-id"] == "t0ken"

"""Credentials that expire: functions that provide them, and OAuth 2 client credentials.

What a token endpoint is sent, and answers, is that of RFC 6749.
"""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
from driving import golden, load
from scripted import Clock, Script, run
from vcgen.cli import main


def refused() -> httpx2.Response:
    return httpx2.Response(401, json={"title": "Expired."})


def done() -> httpx2.Response:
    return httpx2.Response(204)


REFUSED, DONE = refused(), done()
KEY = "X-Api-Key"


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return request.param


def provider(flavour: str, *values: object) -> tuple[Callable[[], Any], list[object]]:
    """Return a function that returns values in turn, and what it has returned."""
    given: list[object] = []

    def plain() -> object:
        given.append(values[min(len(given), len(values) - 1)])
        if isinstance(given[-1], Exception):
            raise given[-1]
        return given[-1]

    async def later() -> object:
        await asyncio.sleep(0)
        return plain()

    return (later if flavour == "async" else plain), given


def tokens(script: Script) -> list[str | None]:
    return [request.headers.get("Authorization") for request in script.sent]


def one_call(client: Any) -> Any:
    return client.me.get_me()


def together(package: ModuleType, flavour: str, script: Script, calls: int, **options: Any) -> Any:
    """Make calls at once, and return what each came to: None, or an exception."""
    gate = threading.Barrier(calls)

    def act(client: Any) -> Any:
        if flavour == "async":
            return asyncio.gather(*(one_call(client) for _ in range(calls)), return_exceptions=True)

        def call() -> Any:
            gate.wait()
            return one_call(client)

        with ThreadPoolExecutor(calls) as pool:
            futures = [pool.submit(call) for _ in range(calls)]
        return [future.exception() for future in futures]

    return run(package, flavour, script, act, **options)


def test_a_function_is_called_once_until_a_401_says_so(flavour: str) -> None:
    provide, given = provider(flavour, "one", "two")
    script = Script([DONE, DONE, REFUSED, DONE])

    def act(client: Any) -> Any:
        if flavour == "sync":
            return [one_call(client) for _ in range(3)]

        async def calls() -> None:
            for _ in range(3):
                await one_call(client)

        return calls()

    run(golden("security_oauth2"), flavour, script, act, oauth=provide)
    assert given == ["one", "two"]
    assert tokens(script) == ["Bearer one", "Bearer one", "Bearer one", "Bearer two"]


def test_a_function_that_never_returns_does_not_hold_a_call() -> None:
    async def never() -> str:
        await asyncio.Event().wait()
        return ""

    async def act(client: Any) -> None:
        with pytest.raises(Exception, match="took longer than total_timeout"):
            await one_call(client)

    run(golden("security_oauth2"), "async", Script([DONE]), act, oauth=never, total_timeout=0.05)


@pytest.mark.parametrize(
    ("case", "argument", "values", "sent"),
    [
        ("security_basic", "user", [("a", "1"), ("a", "2")], "Basic YToy"),
        ("security_bearer", "token", ["1", "2"], "Bearer 2"),
        ("security_http_scheme", "token", ["1", "2"], "Token 2"),
    ],
)
def test_each_kind_of_credential_may_be_a_function(
    flavour: str, case: str, argument: str, values: list[object], sent: str
) -> None:
    package = golden(case)
    (resource, method), *_ = _methods(package)
    provide, given = provider(flavour, *values)
    script = Script([REFUSED, DONE])

    def act(client: Any) -> Any:
        return getattr(getattr(client, resource), method)()

    run(package, flavour, script, act, **{argument: provide})
    assert given == values
    assert tokens(script)[-1] == sent


def _methods(package: ModuleType) -> Iterator[tuple[str, str]]:
    for name in vars(package.Client):
        if not name.startswith("_"):
            class_ = f"{name.title().replace('_', '')}Operations"
            operations = getattr(package.client, class_, None)
            for method in vars(operations) if operations else ():
                if not method.startswith("_"):
                    yield name, method


def test_one_call_obtains_it_for_all(flavour: str) -> None:
    provide, given = provider(flavour, "old", "new")

    def answer(request: httpx2.Request) -> httpx2.Response:
        return done() if request.headers["Authorization"] == "Bearer new" else refused()

    script = Script([answer])
    outcomes = together(golden("security_oauth2"), flavour, script, 16, oauth=provide)
    assert outcomes == [None] * 16
    assert given == ["old", "new"]


def test_who_is_refused_whatever_it_sends_is_told(flavour: str) -> None:
    provide, given = provider(flavour, *(f"token-{number}" for number in range(100)))
    package, calls, gate = golden("security_oauth2"), count(), threading.Barrier(16)

    def answer(_: httpx2.Request) -> httpx2.Response:
        if flavour == "sync" and next(calls) < 16:
            gate.wait()  # all of them have begun
        return refused()

    outcomes = together(package, flavour, Script([answer]), 16, oauth=provide)
    assert {type(one) for one in outcomes} == {package.Unauthorized}
    assert len(given) <= package._wire.REFUSALS_OF_A_CALL


def test_the_same_credential_is_not_sent_again(flavour: str) -> None:
    provide, given = provider(flavour, "same")
    package, script = golden("security_oauth2"), Script([REFUSED])
    with pytest.raises(package.Unauthorized):
        run(package, flavour, script, one_call, oauth=provide)
    assert len(script.sent) == 1
    assert given == ["same", "same"]


def test_what_the_function_raises_is_raised_to_all_who_waited(flavour: str) -> None:
    failure = RuntimeError("the vault is closed")
    begun, closed = threading.Event(), threading.Event()

    def plain() -> str:
        begun.set()
        assert closed.wait(10)
        raise failure

    async def later() -> str:
        await asyncio.sleep(0.01)  # the others get in line meanwhile
        raise failure

    package = golden("security_oauth2")

    def act(client: Any) -> Any:
        if flavour == "async":
            calls = (one_call(client) for _ in range(9))
            return asyncio.gather(*calls, return_exceptions=True)
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(one_call, client)
            assert begun.wait(10)
            closed.set()
            return [future.exception()]

    provide = later if flavour == "async" else plain
    outcomes = run(package, flavour, Script([DONE]), act, oauth=provide)
    assert {id(one) for one in outcomes} == {id(failure)}


def test_a_synchronous_client_awaits_nothing() -> None:
    later: Any = asyncio.sleep(0)
    with pytest.raises(TypeError, match="no credential, but a coroutine"):
        run(golden("security_oauth2"), "sync", Script([DONE]), one_call, oauth=lambda: later)
    later.close()


@pytest.mark.parametrize(("value", "error"), [(None, TypeError), ("new\nline", ValueError)])
def test_what_cannot_be_sent_is_refused(
    flavour: str, value: object, error: type[Exception]
) -> None:
    provide, _ = provider(flavour, value)
    script = Script([DONE])
    with pytest.raises(error):
        run(golden("security_oauth2"), flavour, script, one_call, oauth=provide)
    assert script.sent == []


# ---- OAuth 2 client credentials: RFC 6749, sections 2.3.1, 4.4, 5 and 6


class TokenServer:
    """Issues tokens, and answers calls that have one of them that is not revoked."""

    def __init__(self, **more: object) -> None:
        self.more = more
        self.asked: list[httpx2.Request] = []
        self.valid: set[str] = set()
        self.refuses: set[str] = set()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            return done() if token in self.valid else refused()
        self.asked.append(request)
        form = self.form()
        if form["grant_type"] in self.refuses:
            body = {"error": "invalid_client", "error_description": "Who are you?"}
            return httpx2.Response(400, json=body)
        token = f"token-{len(self.asked)}"
        self.valid.add(token)
        return httpx2.Response(
            200, json={"access_token": token, "token_type": "bearer", **self.more}
        )

    def form(self, number: int = -1) -> dict[str, str]:
        request = self.asked[number]
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        return {name: value for name, (value,) in parse_qs(request.content.decode()).items()}

    @property
    def grants(self) -> list[str]:
        return [self.form(number)["grant_type"] for number in range(len(self.asked))]


def obtain(flavour: str, server: TokenServer, act: Any = one_call, **more: Any) -> Any:
    package = golden("security_oauth2")
    given = package.ClientCredentials(client_id="me:too", client_secret="s 3cret", **more)
    return run(package, flavour, Script([server]), act, oauth=given, headers={KEY: "mine"})


def test_a_token_is_obtained_for_the_scopes_that_operations_need(flavour: str) -> None:
    server = TokenServer()
    obtain(flavour, server)
    (request,) = server.asked
    assert str(request.url) == "https://login.test/token"
    assert server.form() == {"grant_type": "client_credentials", "scope": "read write"}
    scheme, _, pair = request.headers["Authorization"].partition(" ")
    assert (scheme, b64decode(pair)) == ("Basic", b"me%3Atoo:s+3cret")
    assert KEY not in request.headers  # they are for the API, and may be secret


def test_what_else_a_token_server_wants(flavour: str) -> None:
    server = TokenServer()
    obtain(
        *(flavour, server),
        scopes=["write", "admin"],
        parameters={"audience": "api"},
        in_body=True,
        token_url="https://other.test/oauth",
    )
    (request,) = server.asked
    assert str(request.url) == "https://other.test/oauth"
    assert "Authorization" not in request.headers
    assert server.form() == {
        "grant_type": "client_credentials",
        "scope": "write admin",
        "audience": "api",
        "client_id": "me:too",
        "client_secret": "s 3cret",
    }


def calls_at(flavour: str, monkeypatch: pytest.MonkeyPatch, *times: float) -> Callable[..., Any]:
    """Return what makes a call at each of these seconds."""
    clock = Clock()
    monkeypatch.setattr(golden("security_oauth2")._wire, "monotonic", clock.monotonic)

    def act(client: Any) -> Any:
        if flavour == "sync":
            for clock.now in times:
                one_call(client)
            return None

        async def calls() -> None:
            for clock.now in times:
                await one_call(client)

        return calls()

    return act


@pytest.mark.parametrize(
    ("seconds", "times", "asked"),
    [
        (3600, (1, 3500, 3569), 1),
        (3600, (1, 3500, 3572), 2),
        (40, (1, 20, 22), 2),
        (None, (1, 1e6), 1),
        ("3600", (1, 3572), 2),  # as some servers write it
        ("soon", (1, 3572), 1),
        (0, (1, 2), 2),
    ],
)
def test_a_token_is_renewed_before_it_expires(
    flavour: str,
    monkeypatch: pytest.MonkeyPatch,
    seconds: object,
    times: tuple[float, ...],
    asked: int,
) -> None:
    server = TokenServer(**({} if seconds is None else {"expires_in": seconds}))
    obtain(flavour, server, calls_at(flavour, monkeypatch, *times))
    assert len(server.asked) == asked


def test_a_refresh_token_is_used_once(flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server = TokenServer(expires_in=100, refresh_token="again")
    obtain(flavour, server, calls_at(flavour, monkeypatch, 1, 101, 201))
    assert server.grants == ["client_credentials", "refresh_token", "refresh_token"]
    assert server.form()["refresh_token"] == "again"
    server.refuses.add("refresh_token")
    server.asked.clear()
    obtain(flavour, server, calls_at(flavour, monkeypatch, 1, 101))
    assert server.grants == ["client_credentials", "refresh_token", "client_credentials"]


def test_a_token_that_was_revoked_is_obtained_again(flavour: str) -> None:
    server = TokenServer()

    def act(client: Any) -> Any:
        if flavour == "sync":
            one_call(client)
            server.valid.clear()
            return one_call(client)

        async def calls() -> None:
            await one_call(client)
            server.valid.clear()
            await one_call(client)

        return calls()

    obtain(flavour, server, act)
    assert len(server.asked) == 2


def test_why_there_is_no_token(flavour: str) -> None:
    server = TokenServer()
    server.refuses.add("client_credentials")
    package = golden("security_oauth2")
    with pytest.raises(package.BadRequest) as caught:
        obtain(flavour, server)
    told = "POST https://login.test/token: 400 BadRequest: invalid_client: Who are you?"
    assert str(caught.value) == told
    folder = str(Path(package.__file__ or "").parent)
    frame = caught.value.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename.startswith(folder):
            assert "s 3cret" not in repr(frame.tb_frame.f_locals)
            assert "s+3cret" not in repr(frame.tb_frame.f_locals)
        frame = frame.tb_next


# ---- Where a document has it, whatever its version

SCHEMES: dict[str, dict[str, Any]] = {
    "2.0": {
        "type": "oauth2",
        "flow": "application",
        "tokenUrl": "/oauth/token",
        "scopes": {"read": "Read."},
    },
    "3": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "oauth/token",
                "refreshUrl": "https://login.test/refresh",
                "scopes": {"read": "Read."},
            }
        },
    },
}


@pytest.mark.parametrize(
    ("version", "token_url"),
    [
        ("2.0", "https://api.test/oauth/token"),
        ("3.0.3", "https://api.test/v1/oauth/token"),
        ("3.1.0", "https://api.test/v1/oauth/token"),
        ("3.2.0", "https://api.test/v1/oauth/token"),
    ],
)
def test_the_flow_is_that_of_the_document(version: str, token_url: str, tmp_path: Path) -> None:
    is_old = version == "2.0"
    scheme = SCHEMES["2.0" if is_old else "3"]
    start = (
        {"swagger": "2.0", "securityDefinitions": {"oauth": scheme}}
        if is_old
        else {"openapi": version, "components": {"securitySchemes": {"oauth": scheme}}}
    )
    document = {
        **start,
        "info": {"title": "Tokens", "version": "1"},
        "security": [{"oauth": ["read"]}],
        "paths": {
            "/me": {
                "get": {
                    "operationId": "get_me",
                    "tags": ["Me"],
                    "responses": {"204": {"description": "You."}},
                }
            }
        },
    }
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    folder = tmp_path / f"tokens_{version.replace('.', '_')}"
    with pytest.raises(SystemExit) as exit_:
        main(["generate", "--spec", str(spec), "--operation", "*", "--output", str(folder)])
    assert not exit_.value.code
    package, server = load(folder), TokenServer(expires_in=0, refresh_token="again")
    given = package.ClientCredentials(client_id="me", client_secret="secret")

    def act(client: Any) -> None:
        one_call(client)
        one_call(client)

    run(
        *(package, "sync", Script([server]), act),
        oauth=given,
        base_url="https://api.test/v1",
    )
    first, second = server.asked
    assert str(first.url) == token_url
    assert str(second.url) == (token_url if is_old else "https://login.test/refresh")
    assert server.form(0)["scope"] == "read"

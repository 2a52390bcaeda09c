"""Secrets of a client under attack: in no exception, no frame of ours, no cookie of others."""

from __future__ import annotations

import asyncio
import importlib
import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from support import importable
from vcgen.cli import main

SECRET = "5ec4e7"
KEYS = {"key": f"{SECRET}-header", "query": f"{SECRET}-query", "cookie": f"{SECRET}-cookie"}
DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "https://h.test/api"}]
security: [{key: [], query: [], cookie: []}]
paths: {/a: {get: {tags: [things], operationId: get, responses: {"204": {description: d}}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
"""
Answer = Callable[[httpx2.Request], httpx2.Response]


def fails(kind: type[httpx2.RequestError]) -> Answer:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise kind("it is broken", request=request)

    return answer


def answers(status: int, body: object = None, **headers: str) -> Answer:
    return lambda _: httpx2.Response(status, json=body, headers=headers)


ATTACKS: dict[str, Answer] = {
    "refused": fails(httpx2.ConnectError),
    "timeout": fails(httpx2.ReadTimeout),
    "protocol": fails(httpx2.RemoteProtocolError),
    "undecodable": fails(httpx2.DecodingError),
    "error": answers(500, {"a": 1}),
    "unauthorized": answers(401),
    "undeclared": answers(399, [1]),
    "redirect": answers(302, None, Location="https://evil.test/"),
}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("keyed")
    (folder / "spec.yaml").write_text(DOCUMENT, encoding="utf-8")
    spec, output = str(folder / "spec.yaml"), str(folder / "keyed_client")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--spec", spec, "-O", "*", "--output", output])
    assert caught.value.code == 0
    with importable(folder):
        yield importlib.import_module("keyed_client")


def shown(error: BaseException) -> str:
    """Return what a tool shows of an exception that prints the variables of each frame."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    # The frames of this test hold the secrets: they are those of the caller.
    parts: list[str] = []
    one: traceback.TracebackException | None = told
    while one is not None:
        parts += [f"{frame.locals}" for frame in one.stack if frame.filename != __file__]
        parts.append("".join(one.format_exception_only()))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    cause: BaseException | None = error
    while cause is not None:
        request = getattr(cause, "request", None)
        parts.append(f"{cause!r} {cause.args!r} {getattr(request, 'url', '')}")
        parts.append(str(getattr(request, "headers", "")))
        cause = cause.__cause__
    return "\n".join(parts)


def test_credentials_of_bytes_are_sent_as_texts(keyed: ModuleType) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(500)

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    client = keyed.Client(http=http, **{name: key.encode() for name, key in KEYS.items()})
    with pytest.raises(keyed.ApiError) as caught:
        client.things.get()
    assert sent[0].headers["X-Key"] == KEYS["key"]
    assert sent[0].headers["Cookie"] == f"sid={KEYS['cookie']}"
    assert sent[0].url.params["key"] == KEYS["query"]
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_no_secret_in_an_exception_or_a_frame(
    keyed: ModuleType, name: str, flavour: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="keyed_client")
    transport = httpx2.MockTransport(ATTACKS[name])
    with pytest.raises(keyed.ClientError) as caught:
        if flavour == "sync":
            keyed.Client(http=httpx2.Client(transport=transport), **KEYS).things.get()
        else:
            http = httpx2.AsyncClient(transport=transport)
            asyncio.run(keyed.AsyncClient(http=http, **KEYS).things.get())
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["https://evil.test/", "/again", "ftp://evil.test/", "//"])
@pytest.mark.parametrize("end", ["error", "refused", "loop"])
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_no_secret_in_an_exception_after_a_redirect(
    keyed: ModuleType, status: int, location: str, end: str, flavour: str
) -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        if len(seen) == 1 or end == "loop":
            # A server repeats the query, and with it the key.
            place = f"{location}?{request.url.query.decode()}"
            return httpx2.Response(status, headers={"Location": place})
        return ATTACKS[end](request)

    transport: Any = httpx2.MockTransport(answer)
    with pytest.raises(keyed.ClientError) as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport, follow_redirects=True)
            keyed.Client(http=http, **KEYS).things.get()
        else:
            other = httpx2.AsyncClient(transport=transport, follow_redirects=True)
            asyncio.run(keyed.AsyncClient(http=other, **KEYS).things.get())
    assert SECRET not in shown(caught.value)
    elsewhere = [one for one in seen if one.url.host != "h.test"]
    assert not any(SECRET in f"{one.url} {one.headers!r}" for one in elsewhere)


TOKENS: list[Any] = [
    *("", " ", "a b\n", "a\r\nX-Evil: 1", "\x00", "é", "\U0001f600", " a", "a ", "\x1b[31m"),
    *(None, [], {}, ["a"], {"value": "a"}),
]


@pytest.mark.parametrize("token", TOKENS, ids=repr)
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_token_that_no_header_can_hold_is_a_client_error(
    vcenter: ModuleType, token: object, flavour: str
) -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(201, json=token)

    transport = httpx2.MockTransport(answer)
    with pytest.raises(vcenter.ClientError) as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            vcenter.Client.login("vc.test", "user", SECRET, http=http)
        else:
            other = httpx2.AsyncClient(transport=transport)
            asyncio.run(vcenter.AsyncClient.login("vc.test", "user", SECRET, http=other))
    assert len(seen) == 1
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_no_password_in_the_frames_of_a_login_that_fails(
    vcenter: ModuleType, name: str, flavour: str
) -> None:
    transport = httpx2.MockTransport(ATTACKS[name])
    with pytest.raises(vcenter.ClientError) as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            vcenter.Client.login("vc.test", "user", SECRET, http=http)
        else:
            other = httpx2.AsyncClient(transport=transport)
            asyncio.run(vcenter.AsyncClient.login("vc.test", "user", SECRET, http=other))
    assert SECRET not in shown(caught.value)


ALL_KINDS = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "/api"}]
paths:
  /a:
    get:
      tags: [things]
      operationId: get
      security:
        [{key: []}, {query: []}, {cookie: []}, {basic: []}, {other: []}, {token: []}, {oauth: []}]
      responses: {"204": {description: d}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
    basic: {type: http, scheme: basic}
    other: {type: http, scheme: SharedKey}
    token: {type: http, scheme: bearer}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://h.test/t", scopes: {}}}}
"""
HEADERS = {"Authorization": f"Bearer {SECRET}"}
GOOD: dict[str, Any] = {
    **{name: f"{SECRET}-{name}" for name in ("key", "query", "cookie", "other", "token", "oauth")},
    "basic": ("user", SECRET),
    "headers": HEADERS,
}
# What is wrong with the arguments of a client, and what is said of it.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no host": ({"host": None}, "give either host or base_url"),
    "two hosts": ({"base_url": "https://h.test"}, "give either host or base_url"),
    "host": ({"host": "h.test/a"}, "host must be a name"),
    "base_url": ({"host": None, "base_url": "https://u:p@h.test"}, "must not hold credentials"),
    "unknown": ({"unknown": 1}, "nexpected keyword argument 'unknown'"),
    "header": ({"headers": {"X-A": f"{SECRET}\n"}}, "the header X-A cannot hold this"),
    "colon": ({"basic": (f"a:{SECRET}", SECRET)}, "a user name must not contain a colon"),
    "three": ({"basic": (SECRET, SECRET, SECRET)}, "too many values"),
    "text": ({"basic": f"user:{SECRET}"}, "too many values"),
    "surrogate": ({"basic": ("user", f"{SECRET}\udce4")}, "must be text"),
    "list": ({"basic": [f"a:{SECRET}", SECRET]}, "must not contain a colon"),
    **{
        name: ({name: f"{SECRET}\r\n"}, "the value for .* must be non-empty plain ASCII")
        for name in ("key", "query", "cookie", "other", "token", "oauth")
    },
    "list of keys": ({"key": [SECRET]}, "isascii"),
    "bytes": ({"key": f"{SECRET}\n".encode()}, "the value for .* must be non-empty plain ASCII"),
    "no text": ({"basic": (b"user", f"{SECRET}".encode() + b"\xe4")}, "must be text"),
}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "spec.yaml").write_text(ALL_KINDS, encoding="utf-8")
    spec, output = str(folder / "spec.yaml"), str(folder / "kinds_client")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--spec", spec, "-O", "*", "--output", output])
    assert caught.value.code == 0
    with importable(folder):
        yield importlib.import_module("kinds_client")


@pytest.mark.parametrize("flavour", ["Client", "AsyncClient"])
@pytest.mark.parametrize("name", WRONG)
def test_no_secret_in_the_frames_of_a_constructor_that_fails(
    kinds: ModuleType, name: str, flavour: str
) -> None:
    wrong, message = WRONG[name]
    with pytest.raises((ValueError, TypeError, AttributeError, OSError), match=message) as caught:
        getattr(kinds, flavour)(**{"host": "h.test", **GOOD, **wrong})
    text = shown(caught.value)
    assert "'token': " in text
    assert SECRET not in text


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("name", ["no host", "two hosts", "unknown", "header"])
def test_no_password_in_the_frames_of_a_login_with_wrong_arguments(
    vcenter: ModuleType, name: str, flavour: str
) -> None:
    wrong, message = WRONG[name]
    arguments = {"host": "vc.test", "headers": HEADERS, **wrong}
    with pytest.raises((ValueError, TypeError, OSError), match=message) as caught:
        if flavour == "sync":
            vcenter.Client.login(username="user", password=SECRET, **arguments)
        else:
            given = {"username": "user", "password": SECRET, **arguments}
            asyncio.run(vcenter.AsyncClient.login(**given))
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("flavour", ["Client", "AsyncClient"])
def test_no_secret_in_the_frames_of_options_that_are_wrong(kinds: ModuleType, flavour: str) -> None:
    client = getattr(kinds, flavour)("h.test", **GOOD)
    for wrong in ({"headers": {"A": f"{SECRET}\n"}}, {"headers": HEADERS, "unknown": 1}):
        with pytest.raises((ValueError, TypeError)) as caught:
            client.with_options(**wrong)
        assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("value", [f"{SECRET}\n", f"{SECRET}é", 1, None], ids=repr)
def test_no_secret_in_the_frames_of_a_function_that_returns_no_credential(
    kinds: ModuleType, value: object, flavour: str
) -> None:
    transport: Any = httpx2.MockTransport(answers(204))
    with pytest.raises((ValueError, TypeError)) as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            kinds.Client("h.test", http=http, token=lambda: value).things.get()
        else:
            other = httpx2.AsyncClient(transport=transport)
            client = kinds.AsyncClient("h.test", http=other, token=lambda: value)
            asyncio.run(client.things.get())
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("name", ["three", "colon", "surrogate"])
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_no_secret_in_the_frames_of_a_function_that_returns_a_wrong_user(
    kinds: ModuleType, name: str, flavour: str
) -> None:
    transport: Any = httpx2.MockTransport(answers(204))
    with pytest.raises(ValueError) as caught:
        user = lambda: WRONG[name][0]["basic"]  # noqa: E731
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            kinds.Client("h.test", http=http, basic=user).things.get()
        else:
            other = httpx2.AsyncClient(transport=transport)
            asyncio.run(kinds.AsyncClient("h.test", http=other, basic=user).things.get())
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("token", [f"{SECRET}\n", f"{SECRET}é", ""], ids=repr)
def test_granted_token_that_no_header_can_hold_is_a_client_error(
    kinds: ModuleType, token: str, flavour: str
) -> None:
    given = kinds.ClientCredentials(client_id="me", client_secret=SECRET)
    body = {"access_token": token, "refresh_token": SECRET}
    transport: Any = httpx2.MockTransport(answers(200, body))
    with pytest.raises(kinds.ClientError, match="no header can hold the token") as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            kinds.Client("h.test", http=http, oauth=given).things.get()
        else:
            other = httpx2.AsyncClient(transport=transport)
            asyncio.run(kinds.AsyncClient("h.test", http=other, oauth=given).things.get())
    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("name", ATTACKS)
def test_no_secret_of_any_kind_in_the_frames_of_a_call(
    kinds: ModuleType, name: str, flavour: str
) -> None:
    given = kinds.ClientCredentials(client_id="me", client_secret=SECRET)
    ways: list[dict[str, Any]] = [{"oauth": given}, *({key: GOOD[key]} for key in GOOD)]
    ways += [{key: lambda key=key: GOOD[key]} for key in ("key", "basic", "token")]
    for credential in ways:
        transport: Any = httpx2.MockTransport(ATTACKS[name])
        with pytest.raises(kinds.ClientError) as caught:
            if flavour == "sync":
                http = httpx2.Client(transport=transport)
                kinds.Client("h.test", http=http, retries=0, **credential).things.get()
            else:
                other = httpx2.AsyncClient(transport=transport)
                client = kinds.AsyncClient("h.test", http=other, retries=0, **credential)
                asyncio.run(client.things.get())
        assert SECRET not in shown(caught.value), credential


def test_repr_of_a_client_that_is_half_made(kinds: ModuleType, vcenter: ModuleType) -> None:
    for kind in (kinds.Client, kinds.AsyncClient, vcenter.Client, vcenter.AsyncClient):
        assert repr(object.__new__(kind)) == f"{kind.__name__}(base_url=None)"


@pytest.mark.parametrize("key", ["a;b", "a; admin=1", "a b", 'a"b', "a,b", "a\\b", "a\n", "é", ""])
def test_cookie_that_would_be_another_is_refused(keyed: ModuleType, key: str) -> None:
    for kind in (keyed.Client, keyed.AsyncClient):
        with pytest.raises(ValueError, match="the value for sid"):
            kind(cookie=key)


@pytest.mark.parametrize("place", ["header", "cookie"])
@pytest.mark.parametrize("name", ["X\r\nEvil: 1", "a b", "a;b", "a=b", "é", "a:b"])
def test_name_that_no_header_or_cookie_can_have_is_refused(
    tmp_path: Path, place: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DOCUMENT.replace("name: sid", f"name: {name!r}".replace("'", '"'))
    # Else a header is called as its scheme: `scheme_types` in docs/repairs.md.
    text = text.replace("cookie: [", '"the cookie": [').replace("cookie: {", '"the cookie": {')
    spec = tmp_path / "spec.yaml"
    spec.write_text(text.replace("in: cookie", f"in: {place}"), encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--spec", str(spec), "-O", "*", "--output", str(tmp_path / "out")])
    assert caught.value.code == 3
    assert (
        f"securitySchemes/the cookie/name: no {place} can have this name" in capsys.readouterr().err
    )


def test_cookies_end_with_the_session_and_stay_with_their_host(vcenter: ModuleType) -> None:
    seen: list[str | None] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers.get("Cookie"))
        cookies = [("Set-Cookie", "route=1; Path=/"), ("Set-Cookie", "evil=1; Domain=evil.test")]
        return httpx2.Response(201 if request.method == "POST" else 204, json="t", headers=cookies)

    client = vcenter.Client("vc.test", basic_auth=("user", SECRET))
    client._driver.http._transport = httpx2.MockTransport(answer)
    client._log_in()
    client.logout()
    assert seen == [None, "route=1"]
    assert not list(client._driver.http.cookies.jar)
    client.close()


def test_http_client_of_the_caller_is_left_as_it_was(vcenter: ModuleType) -> None:
    transport = httpx2.MockTransport(
        lambda r: httpx2.Response(201 if r.method == "POST" else 204, json="t")
    )
    http = httpx2.Client(transport=transport, headers={"X-Mine": "1"}, cookies={"mine": "1"})
    before = (
        dict(http.headers),
        dict(http.cookies),
        http.timeout,
        http.auth,
        http.follow_redirects,
    )
    with vcenter.Client.login("vc.test", "user", SECRET, http=http):
        pass
    after = (dict(http.headers), dict(http.cookies), http.timeout, http.auth, http.follow_redirects)
    assert after == before
    assert not http.is_closed
    http.close()

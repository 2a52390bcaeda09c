"""Redirects of calls with keys, cookies and bodies, between two servers on sockets."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import httpx2
import pytest
from pytest_httpserver import HTTPServer
from support import importable
from vcgen.cli import main
from werkzeug import Request, Response

SECRET = "5ec4e7"
KEYS = {
    "head": f"{SECRET}-header",
    "query": f"{SECRET}-query",
    "cookie": f"{SECRET}-cookie",
    "token": f"{SECRET}-bearer",
}
DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "https://h.test/api"}]
security: [{head: [], query: [], cookie: [], token: []}]
paths:
  /a:
    get:
      tags: [things]
      operationId: get
      parameters: [{name: lang, in: cookie, schema: {type: string}}]
      responses: {"200": {$ref: "#/components/responses/text"}}
    post:
      tags: [things]
      operationId: post
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses: {"200": {$ref: "#/components/responses/text"}}
    put:
      tags: [things]
      operationId: put
      requestBody:
        content: {application/octet-stream: {schema: {type: string, format: binary}}}
      responses: {"200": {$ref: "#/components/responses/text"}}
    delete:
      tags: [things]
      operationId: delete
      responses: {"200": {$ref: "#/components/responses/text"}}
  /found: {get: {tags: [things], operationId: found, responses: {"302": {description: d}}}}
  /any: {get: {tags: [things], operationId: any, responses: {"3XX": {description: d}}}}
  /usual:
    get:
      tags: [things]
      operationId: usual
      responses: {default: {$ref: "#/components/responses/text"}}
    post: {tags: [things], operationId: make, responses: {default: {description: d}}}
    put:
      tags: [things]
      operationId: load
      responses:
        default:
          description: d
          content: {application/octet-stream: {schema: {type: string, format: binary}}}
components:
  responses:
    text: {description: d, content: {application/json: {schema: {type: string}}}}
  securitySchemes:
    head: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
    token: {type: http, scheme: bearer}
"""


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("keyed")
    (folder / "spec.yaml").write_text(DOCUMENT, encoding="utf-8")
    spec, output = str(folder / "spec.yaml"), str(folder / "redirected_client")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--spec", spec, "-O", "*", "--output", output])
    assert caught.value.code == 0
    with importable(folder):
        yield importlib.import_module("redirected_client")


class Site:
    """A server that redirects the first request, and keeps what it saw."""

    def __init__(self, http: HTTPServer) -> None:
        self.http = http
        self.seen: list[Request] = []
        self.redirect: tuple[int, str] | None = None

    @property
    def url(self) -> str:
        return self.http.url_for("").rstrip("/")

    def answer(self, request: Request) -> Response:
        request.get_data()
        self.seen.append(request)
        if self.redirect and len(self.seen) == 1:
            status, location = self.redirect
            return Response(b"", status, {"Location": location})
        return Response(b'"ok"', 200, {"Content-Type": "application/json"})


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Site, Site]]:
    """Start two servers once: to stop one takes half a second."""
    with HTTPServer(threaded=True) as first, HTTPServer(threaded=True) as second:
        found = Site(first), Site(second)
        for one in found:
            one.http.expect_request(_EVERY).respond_with_handler(one.answer)
        yield found


@pytest.fixture
def sites(running: tuple[Site, Site]) -> tuple[Site, Site]:
    """Return the server, and another, as new."""
    for one in running:
        one.seen, one.redirect = [], None
    return running


_EVERY = re.compile(r"(?s).*")


@pytest.fixture(params=["sync", "async"])
def call(
    request: pytest.FixtureRequest, keyed: ModuleType, sites: tuple[Site, Site]
) -> Callable[..., Any]:
    """Return what makes a call to the first site, of a client that follows redirects."""

    async def wait(act: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with httpx2.AsyncClient(follow_redirects=True, **options) as http:
            client = keyed.AsyncClient(base_url=sites[0].url, http=http, **KEYS)
            found = act(client)
            return await found if inspect.isawaitable(found) else found

    def make(act: Callable[[Any], Any], **options: Any) -> Any:
        if request.param == "async":
            return asyncio.run(wait(act, options))
        with httpx2.Client(follow_redirects=True, **options) as http:
            return act(keyed.Client(base_url=sites[0].url, http=http, **KEYS))

    return make


STATUSES = [301, 302, 303, 307, 308]


@pytest.mark.parametrize("status", STATUSES)
def test_on_the_same_host_keys_and_cookies_go_along(
    call: Callable[..., Any], sites: tuple[Site, Site], status: int
) -> None:
    site = sites[0]
    site.redirect = status, f"/a/?key={KEYS['query']}"
    assert call(lambda c: c.things.get(lang="de"), cookies={"jar": "1"}) == "ok"
    first, second = site.seen
    assert second.path == "/a/"
    assert second.args.getlist("key") == [KEYS["query"]]
    for name in ("X-Key", "Authorization", "Accept"):
        assert second.headers[name] == first.headers[name]
    assert second.cookies == first.cookies
    assert set(second.cookies) == {"sid", "lang", "jar"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_to_another_host_no_secret_goes_along(
    call: Callable[..., Any], sites: tuple[Site, Site], status: int, method: str
) -> None:
    site, other = sites
    # Servers repeat the query that they were asked with.
    site.redirect = status, f"{other.url.replace('://', '://u:p@')}/b?key={KEYS['query']}&page=2"
    body = {"post": "text", "put": b"raw"}.get(method)
    given = {} if body is None else {"body": body}
    mine = {"X-Mine": SECRET, "Authorization": SECRET}
    options = {"cookies": {"jar": SECRET}, "headers": mine, "auth": ("user", SECRET)}
    act = lambda c: getattr(c.things, method)(**given)  # noqa: E731
    assert call(act, params={"own": SECRET}, **options) == "ok"
    (seen,) = other.seen
    told = f"{seen.url} {seen.headers}"
    assert SECRET not in told
    assert "Authorization" not in seen.headers
    assert dict(seen.args) == {"page": "2"}
    assert seen.headers["Accept"] == site.seen[0].headers["Accept"]
    assert seen.headers["User-Agent"] == site.seen[0].headers["User-Agent"]


# RFC 9110, section 15.4: 303 is retrieved, POST may become GET after 301 and 302, the rest stays
METHODS = {
    301: {"GET": "GET", "POST": "GET", "PUT": "PUT", "DELETE": "DELETE"},
    302: {"GET": "GET", "POST": "GET", "PUT": "PUT", "DELETE": "DELETE"},
    303: {"GET": "GET", "POST": "GET", "PUT": "GET", "DELETE": "GET"},
    307: {"GET": "GET", "POST": "POST", "PUT": "PUT", "DELETE": "DELETE"},
    308: {"GET": "GET", "POST": "POST", "PUT": "PUT", "DELETE": "DELETE"},
}


@pytest.mark.parametrize("is_same", [True, False], ids=["same", "other"])
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_method_and_body_after_a_redirect(
    call: Callable[..., Any], sites: tuple[Site, Site], status: int, method: str, is_same: bool
) -> None:
    site, other = sites
    site.redirect = status, "/b" if is_same else f"{other.url}/b"
    body = {"POST": "text", "PUT": b"raw"}.get(method)
    given = {} if body is None else {"body": body}
    call(lambda c: getattr(c.things, method.lower())(**given))
    first, last = site.seen[0], (site if is_same else other).seen[-1]
    assert last.method == METHODS[status][method]
    if last.method == method:
        assert last.get_data() == first.get_data()
        assert last.headers.get("Content-Type") == first.headers.get("Content-Type")
    else:
        assert last.get_data() == b""
        assert "Content-Type" not in last.headers


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_body_that_can_be_read_once_is_not_redirected(
    call: Callable[..., Any], keyed: ModuleType, sites: tuple[Site, Site], status: int
) -> None:
    site = sites[0]
    site.redirect = status, "/b"

    async def later() -> Any:
        yield b"part"

    def body(client: Any) -> Any:
        return later() if isinstance(client, keyed.AsyncClient) else iter([b"part"])

    message = "the redirect was not followed: its body can be read only once"
    with pytest.raises(keyed.UnexpectedResponse, match=message) as caught:
        call(lambda c: c.things.put(body=body(c)))
    assert caught.value.status_code == status
    assert caught.value.headers["Location"] == "/b"
    assert caught.value.response is not None
    assert caught.value.response.status_code == status
    assert len(site.seen) == 1


@pytest.mark.parametrize("method", ["found", "any"])
def test_redirect_that_the_document_declares_is_an_answer(
    call: Callable[..., Any], sites: tuple[Site, Site], method: str
) -> None:
    sites[0].redirect = 302, "/b"
    assert call(lambda c: getattr(c.things, method)()) is None
    assert len(sites[0].seen) == 1


@pytest.mark.parametrize("method", ["usual", "make", "load"])
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_a_default_response_is_none_of_a_redirect(
    keyed: ModuleType, sites: tuple[Site, Site], flavour: str, method: str
) -> None:
    """It is not followed, and was taken for a success: a page to log in for a value."""
    (site, _), url = sites, sites[0].url
    site.redirect = 302, "/login"

    def use() -> None:
        with keyed.Client(base_url=url, **KEYS) as client:
            getattr(client.things, method)()

    async def wait() -> None:
        async with keyed.AsyncClient(base_url=url, **KEYS) as client:
            await getattr(client.things, method)()

    with (
        keyed.recorded_responses() as responses,
        pytest.raises(keyed.UnexpectedResponse, match="pass http= with follow_redirects=True"),
    ):
        asyncio.run(wait()) if flavour == "async" else use()
    assert [one.status_code for one in responses] == [302]


def test_a_redirect_is_followed_to_a_default_response(
    call: Callable[..., Any], sites: tuple[Site, Site]
) -> None:
    sites[0].redirect = 302, "/b"
    assert call(lambda c: c.things.usual()) == "ok"

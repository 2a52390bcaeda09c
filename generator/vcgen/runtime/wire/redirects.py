"""Redirects: followed if the HTTP client of the caller follows them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from vcgen.runtime.errors import UnexpectedResponse
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.drafts import Draft, is_of_body
from vcgen.runtime.wire.flows import AsyncDriver, Driver, Flow, Receive
from vcgen.runtime.wire.transport import content_of, record, unexpected
from vcgen.runtime.wire.tries import tried

# Arguments for the HTTP library that hold a body.
BODY_OPTIONS = frozenset({"content", "files"})


class MostRedirects(Struct, frozen=True):
    """Tell how many redirects the HTTP client follows; 0 if it follows none."""

    def do(self, driver: Driver, /) -> int:
        return driver.http.max_redirects if driver.http.follow_redirects else 0

    async def ado(self, driver: AsyncDriver, /) -> int:
        return driver.http.max_redirects if driver.http.follow_redirects else 0


def followed(call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, follow redirects, and return a response without its body.

    A redirect that the API documents is a response like others.

    Raises:
        UnexpectedResponse: The HTTP client follows no redirects, or there are too many,
            or the body is needed again and can be read only once.
    """
    response = yield from tried(draft)
    history: list[httpx2.Response] = []
    # No variable holds the next request: a frame would show its URL, and a key in it.
    while response.next_request and not is_documented(call, response):
        most: int = yield MostRedirects()
        received = response
        with suppress(httpx2.RequestError):
            received = yield Receive(response, draft.settings.max_error)
        if not most:
            raise unfollowed(received, "pass http= with follow_redirects=True")
        if len(history) == most:
            raise unfollowed(received, f"more than {most} redirects")
        if not draft.is_kept and keeps_body(draft, response):
            raise unfollowed(received, "its body can be read only once")
        draft = redirected(draft, response)
        history.append(received)
        response = yield from tried(draft)
    response.history = history
    return response


def is_documented(call: Call[Any], response: httpx2.Response) -> bool:
    """Return whether the API documents the status of a redirect."""
    return response.status_code in call.returns or "3XX" in call.returns


def redirected(draft: Draft, response: httpx2.Response) -> Draft:
    """Return the request that follows a redirect (RFC 9110, section 15.4)."""
    method = method_after(draft.method, response.status_code)
    options, headers = draft.options, draft.headers
    if method != draft.method:
        options = {k: v for k, v in options.items() if k not in BODY_OPTIONS}
        headers = {k: v for k, v in headers.items() if not is_of_body(k)}
        draft = replace(draft, uploads=())
    target = response.next_request or response.request
    url = target.url
    is_ours = draft.is_ours and origin_of(url) == origin_of(response.request.url)
    if not is_ours:
        url = url.copy_with(userinfo=b"")
        for name in draft.secret_query:
            url = url.copy_remove_param(name)
    return replace(
        draft,
        method=method,
        url=str(url),
        headers=headers,
        options=options,
        is_ours=is_ours,
    )


def keeps_body(draft: Draft, response: httpx2.Response) -> bool:
    """Return whether the request after a redirect has the same body."""
    return method_after(draft.method, response.status_code) == draft.method


def method_after(method: str, status: int) -> str:
    """Return the method of the request after a redirect (RFC 9110, section 15.4)."""
    is_retrieval = status == 303 and method != "HEAD"
    return "GET" if is_retrieval or (status < 303 and method == "POST") else method


def origin_of(url: httpx2.URL) -> tuple[str, str, int | None]:
    """Return the origin of a URL (RFC 6454); a port of None is that of its scheme."""
    return url.scheme, url.host, url.port


def has_left(response: httpx2.Response) -> bool:
    """Return whether a response came from another origin, by a redirect."""
    urls = [one.request.url for one in (*response.history, response)]
    return len({origin_of(url) for url in urls}) > 1


def unfollowed(response: httpx2.Response, reason: str) -> UnexpectedResponse:
    """Return the error for a redirect that was not followed."""
    reason = f"the redirect was not followed: {reason}"
    return unexpected(record(response), reason, content_of(response))

"""Errors of the transport, and recorded responses."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import httpx2

from vcgen.runtime.errors import TransportError, UnexpectedResponse
from vcgen.runtime.wire.drafts import Draft

_recording: ContextVar[list[httpx2.Response] | None] = ContextVar(
    "recording", default=None
)


def transport_error(
    request: httpx2.Request | Draft, error: httpx2.RequestError, base_url: str = ""
) -> TransportError:
    """Return the error for an exception of the HTTP library."""
    url = bare(httpx2.URL(f"{base_url}{request.url}"))
    reason = str(error) or type(error).__name__
    # It holds the request, and its traceback what was sent, which may be secret.
    error.request = httpx2.Request(request.method, url)
    error.__cause__ = error.__context__ = error.__traceback__ = None
    return TransportError(request.method, url, reason)


@contextmanager
def transport_errors(request: httpx2.Request) -> Generator[None]:
    """Turn exceptions of the HTTP library into `TransportError`."""
    try:
        yield
    except httpx2.RequestError as error:
        raise transport_error(request, error) from error


@contextmanager
def recorded_responses() -> Generator[list[httpx2.Response]]:
    """Collect the HTTP responses of the calls in a `with` block, with their headers."""
    responses: list[httpx2.Response] = []
    outer = _recording.get()
    token = _recording.set(responses)
    try:
        yield responses
    finally:
        _recording.reset(token)
        if outer is not None:
            outer += responses


def record(response: httpx2.Response) -> httpx2.Response:
    """Record a response, and return it."""
    responses = _recording.get()
    if responses is not None:
        responses.append(response)
    return response


def bare(url: httpx2.URL) -> str:
    """Return a URL without its user and its query, which may be secret."""
    return str(url.copy_with(userinfo=b"", query=None))


def shown(response: httpx2.Response, content: bytes) -> httpx2.Response:
    """Return a response as exceptions hold it: the request has no headers, no query."""
    request = response.request
    found = httpx2.Response(
        response.status_code,
        content=content,
        request=httpx2.Request(request.method, bare(request.url)),
    )
    found.headers = response.headers
    with suppress(RuntimeError):  # the response of a mock has none
        found.elapsed = response.elapsed
    return found


def unexpected(
    response: httpx2.Response, reason: str, body: bytes
) -> UnexpectedResponse:
    """Return the error for a response that is not what the API documents."""
    request = response.request
    error = UnexpectedResponse(
        response.status_code, request.method, bare(request.url), reason, body
    )
    error.response = shown(response, body)
    return error


def content_of(response: httpx2.Response) -> bytes:
    """Return the body of a response; nothing of one that was not read."""
    with suppress(httpx2.ResponseNotRead):
        return response.content
    return b""

"""Recording of the traffic as HAR 1.2. Becomes `recording.py`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import httpx2

# Packages have their own in place of these: properties that hold secrets, calls whose
# bodies are secrets, and query parameters that prove who calls.
SECRET_NAMES: frozenset[str] = frozenset()
SECRET_CALLS: tuple[str, ...] = ()
SECRET_QUERY: frozenset[str] = frozenset()
# How many characters a recording may have.
MOST_RECORDED = 50_000_000
HIDDEN = "***"


class Recording:
    """A recording in progress; only the owner of the file may read it."""

    def __init__(self, path: str | os.PathLike[str], most: int) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        Path(path).chmod(0o600)  # there may have been a file of another mode
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        self._left = most
        self._separator = ""
        self._omitted = 0

    def __enter__(self) -> Self:
        creator = {"name": __name__.partition(".")[0], "version": "1"}
        head = json.dumps({"version": "1.2", "creator": creator})
        self._file.write(f'{{"log": {head[:-1]}, "entries": [')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        comment = f"{self._omitted} exchanges left out" if self._omitted else ""
        self._file.write(f'\n], "comment": {json.dumps(comment)}}}}}\n')
        self._file.close()

    def take(self, response: httpx2.Response) -> None:
        """Write an exchange, unless the recording is full."""
        text = json.dumps(_entry(response))
        self._left -= len(text)
        if self._left < 0:
            self._omitted += 1
            return
        self._file.write(f"{self._separator}\n{text}")
        self._separator = ","


@contextmanager
def record_traffic(
    path: str | os.PathLike[str], most: int = MOST_RECORDED, **options: Any
) -> Generator[httpx2.Client]:
    """Record the traffic of a client as HAR 1.2, without credentials.

    JSON bodies are recorded without the passwords that the API document names. Headers
    are not recorded. `vcgen learn` reads the file to correct the API document.

    Args:
        path: The file to write; only its owner may read it.
        most: Maximum size in characters; later exchanges are left out.
        options: Arguments of `httpx2.Client`, such as `verify` and `timeout`.

    Yields:
        The value for the argument `http` of the client.
    """

    def take(response: httpx2.Response) -> None:
        if _is_json(response.headers.get("Content-Type", "")):
            response.read()
        recording.take(response)

    client = httpx2.Client(event_hooks={"response": [take]}, **options)
    with Recording(path, most) as recording, client as http:
        yield http


@asynccontextmanager
async def record_traffic_async(
    path: str | os.PathLike[str], most: int = MOST_RECORDED, **options: Any
) -> AsyncGenerator[httpx2.AsyncClient]:
    """Record the traffic of an asynchronous client; see `record_traffic`.

    Args:
        path: The file to write; only its owner may read it.
        most: Maximum size in characters; later exchanges are left out.
        options: Arguments of `httpx2.AsyncClient`, such as `verify` and `timeout`.

    Yields:
        The value for the argument `http` of the client.
    """

    async def take(response: httpx2.Response) -> None:
        if _is_json(response.headers.get("Content-Type", "")):
            await response.aread()
        recording.take(response)

    with Recording(path, most) as recording:
        hooks = {"response": [take]}
        async with httpx2.AsyncClient(event_hooks=hooks, **options) as http:
            yield http


def _entry(response: httpx2.Response) -> dict[str, Any]:
    request = response.request
    called = f"{request.method} {request.url.path}"
    is_secret = any(re.fullmatch(one, called) for one in SECRET_CALLS)
    kind = response.headers.get("Content-Type", "")
    content: dict[str, Any] = {"size": -1, "mimeType": kind}
    is_shown = not is_secret and _is_json(kind)
    if is_shown and (text := _text_of(response.content)):
        content["text"] = text
    sent: dict[str, Any] = {}
    if not is_secret and _is_json(request.headers.get("Content-Type", "")):
        text = _text_of(request.read())
        sent = {"postData": {"mimeType": "application/json", "text": text}}
    nothing: dict[str, Any] = {"headers": [], "cookies": [], "headersSize": -1}
    return {
        "startedDateTime": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "time": 0,
        "request": {
            "method": request.method,
            "url": str(_without_secrets(request.url)),
            "httpVersion": "HTTP/1.1",
            "queryString": [],
            "bodySize": -1,
            **nothing,
            **sent,
        },
        "response": {
            "status": response.status_code,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "redirectURL": "",
            "bodySize": -1,
            "content": content,
            **nothing,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }


def _without_secrets(url: httpx2.URL) -> httpx2.URL:
    """Return a URL without credentials."""
    pairs = [
        (name, HIDDEN if name in SECRET_QUERY else value)
        for name, value in url.params.multi_items()
    ]
    bare = url.copy_with(userinfo=b"", fragment=None)
    return bare.copy_with(params=pairs) if pairs else bare


def _text_of(body: bytes) -> str:
    """Return a JSON body without its secrets; "" if the body is not JSON."""
    try:
        return json.dumps(_hidden(json.loads(body)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _hidden(value: object) -> object:
    if isinstance(value, list):
        return [_hidden(item) for item in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    return {
        name: HIDDEN if name in SECRET_NAMES and inner is not None else _hidden(inner)
        for name, inner in cast("dict[str, object]", value).items()
    }


def _is_json(kind: str) -> bool:
    plain = kind.partition(";")[0].strip().lower()
    return plain == "application/json" or plain.endswith("+json")

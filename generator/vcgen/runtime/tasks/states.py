"""How tasks stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

import httpx2
import msgspec

from vcgen.runtime.errors import ApiError
from vcgen.runtime.wire.answers import failure
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Reader, Whole

SUCCEEDED = frozenset(
    {"completed", "done", "ready", "succeeded", "success", "successful"}
)
FAILED = frozenset({"aborted", "canceled", "cancelled", "error", "failed", "failure"})


@dataclass(frozen=True)
class TaskState(Generic[T]):
    """How a task stands.

    Attributes:
        status: What the server calls it.
        is_done: Whether it is over.
        result: What it came to, None before.
        error: What it failed with, or None.
        info: The decoded response.
        location: Where the result is, if it is not in the response.
    """

    status: str
    is_done: bool = False
    result: T | None = None
    error: ApiError | None = None
    info: Any = None
    location: str | None = None


@dataclass(frozen=True)
class Begun(Generic[T]):
    """A task that has begun, and how to go on.

    Attributes:
        id: What the server calls it: an identifier, or a URL.
        answer: What the server answered at the start.
        look: The call that tells how it stands; None if it is over already.
        state: How it stands if it is over already.
        result: Makes the call for a result that is elsewhere, if it is.
        cancel: The call that ends it, or None.
    """

    id: str
    answer: Any
    look: Call[TaskState[T]] | None = None
    state: TaskState[T] | None = None
    result: Callable[[str], Call[T] | None] | None = None
    cancel: Call[Any] | None = None


def plain_word(status: object) -> str:
    """Return a status in lower case, of letters alone."""
    return "".join(filter(str.isalpha, str(status).lower()))


def read_as(reader: Reader[T], response: httpx2.Response, value: object) -> T | None:
    """Return a part of a response, as much of it as can be read."""
    if value is None and not isinstance(reader, Whole):
        return None
    part = response_of(response, value)
    try:
        return reader.read(part)
    except ValueError:
        return reader.reread(part, "")[0]


def told_failure(call: Call[Any], response: httpx2.Response, error: object) -> ApiError:
    """Return the exception for what a task failed with: that of its kind."""
    part = response_of(response, error)
    found = failure(call, part)
    found.response = part
    return found


def response_of(response: httpx2.Response, value: object) -> httpx2.Response:
    """Return a response of which a part is the whole."""
    content = b"" if value is None else msgspec.json.encode(value)
    headers = {"Content-Type": "application/json"}
    status = response.status_code
    return httpx2.Response(
        status, headers=headers, content=content, request=response.request
    )

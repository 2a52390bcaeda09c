"""How tasks stand."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import isfinite
from typing import Any, Generic

import httpx2
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from vcgen.runtime.errors import ApiError
from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.waiting import Ask
from vcgen.runtime.wire.answers import failure
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.readers import Reader, Whole
from vcgen.runtime.wire.tries import retry_after

SUCCEEDED = frozenset(
    {"completed", "done", "ready", "succeeded", "success", "successful"}
)
FAILED = frozenset({"aborted", "canceled", "cancelled", "error", "failed", "failure"})


class TaskState(Struct, Generic[T], frozen=True):
    """The state of a task.

    Attributes:
        status: The status, as the server names it.
        is_done: Whether the task is over.
        result: The result; None before the end.
        error: The error of a task that failed, or None.
        info: The decoded response.
        location: Where the result is, if it is not in the response.
    """

    status: str
    is_done: bool = False
    result: T | None = None
    error: ApiError | None = None
    info: Any = None
    location: str | None = None


class Begun(Struct, Generic[T], frozen=True):
    """A task that has begun, and how to go on.

    Attributes:
        id: The identifier or the URL of the task.
        answer: The value that the server returned when the task began.
        look: The call that returns its state; None if it is over already.
        state: The state if the task is over already.
        result: Makes the call for a result that is elsewhere, if it is.
        cancel: The call that ends it, or None.
        due: The time, as `time.monotonic` has it, until which the server asks to wait.
    """

    id: str
    answer: Any
    look: Call[TaskState[T]] | None = None
    state: TaskState[T] | None = None
    result: Callable[[str], Call[T] | None] | None = None
    cancel: Call[Any] | None = None
    due: float = 0.0


class Heard(Struct, frozen=True):
    """A value, and the response that it came in.

    Attributes:
        due: The time, as `time.monotonic` has it, until which the server asks to wait.
    """

    value: Any
    response: httpx2.Response
    due: float


class Hearing(Struct, frozen=True):
    """A reader that keeps the response."""

    reader: Reader[Any]

    def read(self, response: httpx2.Response, /) -> Heard:
        """Return the value and the response."""
        return heard(self.reader.read(response), response)

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[Heard, list[Deviation]]:
        """Return the value as far as it can be read, and the response."""
        value, deviations = self.reader.reread(response, operation)
        return heard(value, response), deviations


def heard(value: Any, response: httpx2.Response) -> Heard:
    """Return a value with its response, and until when that asks to wait."""
    seconds = retry_after(response.headers)
    due = time.monotonic() + seconds if isfinite(seconds) else 0.0
    return Heard(value, response, due)


def heard_from(send: Any, call: Call[Any]) -> Flow[Heard]:
    """Make a call, and return its value and its response."""
    readers = {status: Hearing(reader) for status, reader in call.returns.items()}
    answer: Heard = yield Ask(send, replace(call, returns=readers))
    return answer


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


def task_failure(call: Call[Any], response: httpx2.Response, error: object) -> ApiError:
    """Return the exception for what a task failed with: that of its kind."""
    part = response_of(response, error)
    found = failure(call, part, Reading())
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

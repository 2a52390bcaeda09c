"""Tasks with an identifier, for operations that take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import httpx2
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.tasks.states import (
    FAILED,
    SUCCEEDED,
    Begun,
    TaskState,
    heard_from,
    plain_word,
    read_as,
    task_failure,
)
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.readers import Reader


class InfoReader(Struct, Generic[T], frozen=True):
    """Reads the state of a task from the response of an operation."""

    info: Reader[Any]
    result: Reader[T]
    call: Call[Any]

    def read(self, response: httpx2.Response, /) -> TaskState[T]:
        """Return the state."""
        return self._state(response, self.info.read(response))

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[TaskState[T], list[Deviation]]:
        """Return the state; only the other properties may deviate."""
        info, deviations = self.info.reread(response, operation)
        return self._state(response, info), deviations

    def _state(self, response: httpx2.Response, info: Any) -> TaskState[T]:
        plain = msgspec.json.decode(response.content, type=dict[str, Any])
        if plain.keys() == {"value"}:
            plain = plain["value"]
        status = plain.get("status") or ""
        word = plain_word(status)
        if word in SUCCEEDED:
            result = read_as(self.result, response, plain.get("result"))
            return TaskState(status, True, result, info=info)
        if word in FAILED:
            error = task_failure(self.call, response, plain.get("error") or plain)
            return TaskState(status, True, error=error, info=info)
        return TaskState(status, info=info)


class ById(Struct, Generic[T], frozen=True):
    """A task whose identifier the server answers, for operations that take it.

    Attributes:
        result: The reader of what it comes to.
        get: The call that returns its state.
        cancel: The call that ends it, or None.
    """

    result: Reader[T]
    get: Callable[[str], Call[Any]]
    cancel: Callable[[str], Call[Any]] | None = None

    def start(self, send: Any, call: Call[Any]) -> Flow[Begun[T]]:
        """Make the call that starts it."""
        heard = yield from heard_from(send, call)
        id_: str = heard.value
        get = self.get(id_)
        readers = {s: InfoReader(r, self.result, get) for s, r in get.returns.items()}
        cancel = None if self.cancel is None else self.cancel(id_)
        look = replace(get, returns=readers)
        return Begun(id_, id_, look, cancel=cancel, due=heard.due)

"""Handles of tasks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Generic, cast

from msgspec.structs import replace

from vcgen.runtime.errors import ClientError, WaitFailed
from vcgen.runtime.tasks.states import Begun, TaskState
from vcgen.runtime.waiting import Ask, AsyncFollow, Follow, Seen, Waiter, WaitMatch
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import AsyncSend, Call, Send
from vcgen.runtime.wire.flows import Flow, Pause


class TaskMatch(WaitMatch, frozen=True, kw_only=True, eq=False):
    """The state of a task that is over."""

    path: Sequence[str] = ("status",)
    fails: bool

    def fits(self, seen: Seen) -> bool:
        """Tell whether it ended like this."""
        state: TaskState[Any] = seen.value
        ended = seen.error is None and state.is_done
        return ended and (state.error is not None) is self.fails


class TaskWaiter(Waiter, frozen=True, kw_only=True):
    """Waits for a task.

    Attributes:
        due: The time, as `time.monotonic` has it, before which it is not looked at.
    """

    due: float

    def look(self, send: Any, call: Call[Any]) -> Flow[Seen]:
        """Make a call and return its outcome."""
        if (left := self.due - time.monotonic()) > 0:
            yield Pause(left)
        return (yield from super().look(send, call))


def looked(send: Any, begun: Begun[T]) -> Flow[TaskState[T]]:
    """Request the state of a task."""
    if begun.look is None:
        return cast("TaskState[T]", begun.state)
    state: TaskState[T] = yield Ask(send, begun.look)
    return (yield from completed(send, begun, state))


def completed(send: Any, begun: Begun[T], state: TaskState[T]) -> Flow[TaskState[T]]:
    """Return a state with its result, which may be elsewhere."""
    is_complete = not state.is_done or state.error is not None
    if is_complete or state.result is not None or begun.result is None:
        return state
    call = begun.result(state.location or "")
    if call is None:
        return state
    result: T = yield Ask(send, call)
    return replace(state, result=result)


def awaited(
    send: Any,
    begun: Begun[T],
    timeout: float,
    interval: float,
    on_progress: Callable[[TaskState[T]], Any] | None,
) -> Flow[T]:
    """Wait until a task is over, and return its result."""
    state = begun.state
    if state is not None and not state.is_done:
        raise ClientError("no header of the response has the URL of the task")
    if begun.look is not None:
        waiter = TaskWaiter(
            due=min(begun.due, time.monotonic() + timeout),
            success=[TaskMatch(fails=False)],
            failure=[TaskMatch(fails=True)],
            interval=interval,
            longest=max(interval, 30.0),
        )
        try:
            state = yield from waiter.wait(send, begun.look, timeout, on_progress)
        except WaitFailed as error:
            raise error.last.error from None
        state = yield from completed(send, begun, state)
    return cast("T", cast("TaskState[T]", state).result)


def cancelled(send: Any, begun: Begun[Any]) -> Flow[None]:
    """Ask the server to end a task."""
    if begun.cancel is None:
        raise ClientError("the API has no operation that cancels this task")
    yield Ask(send, begun.cancel)


class TaskHandle(Generic[T]):
    """A task of the server."""

    def __init__(self, send: Send, follow: Follow, begun: Begun[T]) -> None:
        self._send = send
        self._follow = follow
        self._begun = begun

    @property
    def id(self) -> str:
        """The identifier or the URL of the task."""
        return self._begun.id

    @property
    def answer(self) -> Any:
        """The value that the server returned when the task began."""
        return self._begun.answer

    def get(self) -> TaskState[T]:
        """Request the state of the task."""
        return self._follow(looked(self._send, self._begun))

    def wait(
        self,
        *,
        timeout: float = 600.0,
        interval: float = 2.0,
        on_progress: Callable[[TaskState[T]], Any] | None = None,
    ) -> T:
        """Wait until the task is over, and return its result.

        Args:
            timeout: Seconds to wait at most.
            interval: Seconds of the first pause; the next ones grow.
            on_progress: Called with each state.

        Raises:
            ApiError: The task failed; the class is that of its error.
            WaitTimedOut: The timeout has passed.
            ClientError: A call fails in another way.
        """
        waiting = awaited(self._send, self._begun, timeout, interval, on_progress)
        return self._follow(waiting)

    def cancel(self) -> None:
        """Ask the server to end the task.

        Raises:
            ClientError: The server refuses, or the API has no operation for it.
        """
        self._follow(cancelled(self._send, self._begun))


class AsyncTaskHandle(Generic[T]):
    """A task of the server."""

    def __init__(self, send: AsyncSend, follow: AsyncFollow, begun: Begun[T]) -> None:
        self._send = send
        self._follow = follow
        self._begun = begun

    @property
    def id(self) -> str:
        """The identifier or the URL of the task."""
        return self._begun.id

    @property
    def answer(self) -> Any:
        """The value that the server returned when the task began."""
        return self._begun.answer

    async def get(self) -> TaskState[T]:
        """Request the state of the task."""
        return await self._follow(looked(self._send, self._begun))

    async def wait(
        self,
        *,
        timeout: float = 600.0,
        interval: float = 2.0,
        on_progress: Callable[[TaskState[T]], Any] | None = None,
    ) -> T:
        """Wait until the task is over, and return its result.

        Args:
            timeout: Seconds to wait at most.
            interval: Seconds of the first pause; the next ones grow.
            on_progress: Called with each state.

        Raises:
            ApiError: The task failed; the class is that of its error.
            WaitTimedOut: The timeout has passed.
            ClientError: A call fails in another way.
        """
        waiting = awaited(self._send, self._begun, timeout, interval, on_progress)
        return await self._follow(waiting)

    async def cancel(self) -> None:
        """Ask the server to end the task.

        Raises:
            ClientError: The server refuses, or the API has no operation for it.
        """
        await self._follow(cancelled(self._send, self._begun))

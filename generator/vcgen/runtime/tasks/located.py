"""Tasks with a URL (RFC 9110, section 15.3.3; Azure's long-running operations)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, cast

import httpx2
from msgspec import Struct

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
from vcgen.runtime.wire.answers import decode_or_none
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.readers import Reader

RUNNING = frozenset(
    {"accepted", "blocked", "creating", "deleting", "inprogress", "notstarted"}
    | {"pending", "processing", "queued", "running", "started", "updating"}
)
# Where a response may tell how a task stands.
STATUS_PATHS = (("status",), ("state",), ("properties", "provisioningState"))


class MonitorReader(Struct, Generic[T], frozen=True):
    """Reads the state of a task from the response of its URL.

    Attributes:
        result: The reader of what it comes to.
        call: The call that started it.
        runs_unless_known: Whether the task goes on if its status is not known.
        is_elsewhere: Whether the response has the status alone.
    """

    result: Reader[T]
    call: Call[Any]
    runs_unless_known: bool
    is_elsewhere: bool

    def read(self, response: httpx2.Response, /) -> TaskState[T]:
        """Return the state."""
        info = decode_or_none(response.content, Any)
        status = next(filter(None, (text_at(info, path) for path in STATUS_PATHS)), "")
        word = plain_word(status)
        if word in FAILED:
            error = task_failure(self.call, response, info)
            return TaskState(status, True, error=error, info=info)
        goes_on = word in RUNNING or (self.runs_unless_known and word not in SUCCEEDED)
        if response.status_code == 202 or (goes_on and not response.is_redirect):
            return TaskState(status, info=info)
        location = response.headers.get("Location") if response.is_redirect else None
        location = location or text_at(info, ("resourceLocation",)) or None
        if location is not None or self.is_elsewhere:
            return TaskState(status, True, info=info, location=location)
        result = read_as(self.result, response, info)
        return TaskState(status, True, result, info=info)

    def reread(
        self, response: httpx2.Response, _: str, /
    ) -> tuple[TaskState[T], list[Deviation]]:
        """Return the state."""
        return self.read(response), []


class ByLocation(Struct, Generic[T], frozen=True):
    """A task that has a URL.

    Attributes:
        result: The reader of what it comes to.
        final: Where that is: `original-uri`, `location`, or with the last status.
    """

    result: Reader[T]
    final: str = ""

    def start(self, send: Any, call: Call[Any]) -> Flow[Begun[T]]:
        """Make the call that starts it."""
        heard = yield from heard_from(send, call)
        response = heard.response
        monitor, url = next(
            (
                (name != "Location", response.headers[name])
                for name in ("Azure-AsyncOperation", "Operation-Location", "Location")
                if name in response.headers
            ),
            (False, ""),
        )
        is_over = response.status_code != 202
        if not url or (is_over and not monitor):
            result = heard.value if is_over else None
            state = TaskState("", is_over, result, info=heard.value)
            return Begun("", heard.value, state=state)
        final = self._final(call, response, monitor)
        reader = MonitorReader(self.result, call, monitor, bool(final))

        def elsewhere(location: str) -> Call[T] | None:
            if not (location or final):
                return None
            readers = {"2XX": self.result}
            return call_at(call, response, location or final, readers)

        look = call_at(call, response, url, {"2XX": reader, "3XX": reader})
        id_ = str(response.url.join(url))
        return Begun(id_, heard.value, look, result=elsewhere, due=heard.due)

    def _final(self, call: Call[Any], response: httpx2.Response, monitor: bool) -> str:
        """Return where the result is, "" if it comes with the last status."""
        if self.final == "original-uri" or (
            not self.final and monitor and call.method in {"PUT", "PATCH"}
        ):
            return str(response.request.url)
        if monitor and self.final in {"", "location"}:
            return response.headers.get("Location", "")
        return ""


class FollowedCall(Call[T], frozen=True, kw_only=True):
    """A call of a URL of a response, on the server of its request alone."""

    origin: str

    def draft(self) -> Draft:
        """Return the request without the credentials."""
        path = self.path.partition("?")[0]
        return FollowedDraft(self.method, path, self.path, origin=self.origin)


class FollowedDraft(Draft, kw_only=True):
    """A request for a server of its own."""

    origin: str = ""

    def signed(self, base_url: str, credentials: Iterable[Sendable]) -> Draft:
        """Return the request with credentials, whatever the URL of the API is."""
        return super().signed(self.origin or base_url, credentials)


def call_at(
    call: Call[Any], response: httpx2.Response, url: str, returns: Any
) -> Call[Any]:
    """Return the call of a URL; whatever server it names, it is that of the request.

    Credentials are for that server alone, which may be behind a proxy and not know it.
    """
    whole = response.url.join(url)
    start = response.url.copy_with(raw_path=b"/", fragment=None)
    return FollowedCall(
        method="GET",
        path=whole.raw_path.decode("ascii"),
        security=call.security,
        returns=returns,
        raises=call.raises,
        origin=str(start).removesuffix("/"),
    )


def text_at(value: Any, path: Sequence[str]) -> str:
    """Return the text that properties lead to, "" if there is none."""
    for name in path:
        if not isinstance(value, dict):
            return ""
        value = cast("dict[str, Any]", value).get(name)
    return value if isinstance(value, str) else ""

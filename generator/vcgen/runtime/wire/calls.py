"""Calls: requests, and how to read their responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol

from msgspec import Struct, field

from vcgen.runtime.errors import ApiError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.hidden import Masked
from vcgen.runtime.wire.readers import Reader


class Call(Masked, Struct, Generic[T], frozen=True, kw_only=True):
    """A request, and how to read the response for each status.

    `security` lists alternatives: the first whose schemes all have credentials is used.
    """

    method: str
    path: str
    sends: Sequence[Sendable] = ()
    security: Sequence[Sequence[str]] = ()
    returns: Mapping[int | str, Reader[T]]
    raises: Mapping[int | str, type[ApiError]] = field(
        default_factory=dict[int | str, type[ApiError]]
    )

    def draft(self) -> Draft:
        """Return the request without the server and the credentials.

        Raises:
            ValueError: A value cannot be sent.
        """
        draft = Draft(self.method, self.path, self.path)
        for one in self.sends:
            one.put(draft)
        return draft


class DeclaringCall(Call[T], frozen=True, kw_only=True):
    """A call with error bodies of its own."""

    errors: Mapping[int | str, Any]


class Send(Protocol):
    """Sends a call and returns the value of the response."""

    def __call__(self, call: Call[T], /) -> T: ...


class AsyncSend(Protocol):
    """Sends a call and returns, when awaited, the value of the response."""

    async def __call__(self, call: Call[T], /) -> T: ...

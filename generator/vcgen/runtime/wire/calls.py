"""Calls: requests, and what their answers mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol

from vcgen.runtime.errors import ApiError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.readers import Reader


@dataclass(frozen=True, kw_only=True)
class Call(Generic[T]):
    """A request, and what each status of its answer means.

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
        """Return the request, but for the server and the credentials.

        Raises:
            ValueError: A value cannot be sent.
        """
        draft = Draft(self.method, self.path, self.path)
        for one in self.sends:
            one.put(draft)
        return draft


@dataclass(frozen=True, kw_only=True)
class DeclaringCall(Call[T]):
    """A call that declares the bodies of its errors, for they differ."""

    errors: Mapping[int | str, Any]


class Send(Protocol):
    """What sends a call and returns what it answers."""

    def __call__(self, call: Call[T], /) -> T: ...


class AsyncSend(Protocol):
    """What sends a call and returns, once awaited, what it answers."""

    async def __call__(self, call: Call[T], /) -> T: ...

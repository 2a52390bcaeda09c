"""Readers: how a successful answer becomes a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, NoReturn, Protocol

import httpx2
from msgspec import Raw
from msgspec.json import decode

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.lenient.walk import reread
from vcgen.runtime.wire.basics import T, T_co


class Reader(Protocol[T_co]):
    """How a successful answer becomes a value."""

    def read(self, response: httpx2.Response, /) -> T_co:
        """Return the value, or raise ValueError where the body is another."""
        ...

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T_co, list[Deviation]]:
        """Return the value of a body that `read` refused, and where it deviates.

        Raises:
            ValueError: The body is of another kind.
        """
        ...


@dataclass(frozen=True)
class Json(Generic[T]):
    """A JSON body of a type."""

    type: type[T] | Any

    def read(self, response: httpx2.Response, /) -> T:
        """Decode the body."""
        value: T = decode(response.content, type=self.type)
        return value

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T, list[Deviation]]:
        """Read the body as far as it can be read."""
        return reread(response.content, self.type, operation)


@dataclass(frozen=True)
class Enveloped(Generic[T]):
    """A JSON object whose property `value` holds what is meant."""

    type: type[T] | Any

    def read(self, response: httpx2.Response, /) -> T:
        """Decode the value in the body."""
        envelope = decode(response.content, type=dict[str, Raw])
        if "value" not in envelope:
            raise ValueError("Object missing required field `value`")
        value: T = decode(envelope["value"], type=self.type)
        return value

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T, list[Deviation]]:
        """Read the value in the body as far as it can be read."""
        envelope = decode(response.content, type=dict[str, Raw])
        return reread(bytes(envelope.get("value", b"")), self.type, operation)


class Whole:
    """A reader that takes any body."""

    def reread(self, _: httpx2.Response, operation: str, /) -> NoReturn:
        """Have nothing to say of a body that could not be read."""
        raise ValueError(operation)


@dataclass(frozen=True)
class Text(Whole):
    """A body of plain text."""

    def read(self, response: httpx2.Response, /) -> str:
        """Decode the body by the character set that it came with, if there is such."""
        charset = response.charset_encoding or "utf-8"
        try:
            return response.content.decode(charset, errors="replace")
        except LookupError:
            return response.content.decode(errors="replace")


@dataclass(frozen=True)
class NoContent(Whole):
    """A body that says nothing."""

    def read(self, response: httpx2.Response, /) -> None:
        """Ignore the body."""

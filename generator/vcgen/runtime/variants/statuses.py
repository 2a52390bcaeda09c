"""Answers whose status says something, beside their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import httpx2

from vcgen.runtime.errors import ClientError
from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.waiting import Ask, Seen
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.readers import Reader


@dataclass(frozen=True)
class Stated:
    """A reader that keeps the status of an answer beside its value."""

    reader: Reader[Any]

    def read(self, response: httpx2.Response, /) -> Seen:
        """Return the value and the status."""
        return Seen(self.reader.read(response), status=response.status_code)

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[Seen, list[Deviation]]:
        """Return the value as far as it can be read, and the status."""
        value, deviations = self.reader.reread(response, operation)
        return Seen(value, status=response.status_code), deviations


def look(send: Any, call: Call[Any]) -> Flow[Seen]:
    """Make a call and return its outcome."""
    readers = {status: Stated(reader) for status, reader in call.returns.items()}
    try:
        seen: Seen = yield Ask(send, replace(call, returns=readers))
        return seen
    except ClientError as error:
        return Seen(error=error)

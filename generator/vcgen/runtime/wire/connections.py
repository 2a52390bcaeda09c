"""Connections: server, credentials, and the steps of a call."""

from __future__ import annotations

from typing import Any

import httpx2

from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.wire.answers import read
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.credentials import Credential
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Exchange, Flow
from vcgen.runtime.wire.transport import record, transport_errors


class Connection:
    """The server and the credentials."""

    def __init__(
        self, base_url: str, reading: Reading, **credentials: Credential | None
    ) -> None:
        self.base_url = base_url
        self.reading = reading
        self.credentials = {name: held for name, held in credentials.items() if held}

    def answer(self, call: Call[T]) -> Flow[T]:
        """Make a call, and return the value of the response.

        Raises:
            ClientError: The call failed.
            ValueError: A value cannot be sent.
        """
        response = yield from self.response(call, call.draft())
        return read(call, response, self.reading)

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call, and return the response."""
        credentials = self.credentials_for(call)
        return exchange(call, draft.signed(self.base_url, credentials))

    def credentials_for(self, call: Call[Any]) -> list[Credential]:
        """Return the credentials of the first alternative that is complete, or none."""
        for schemes in call.security:
            if all(scheme in self.credentials for scheme in schemes):
                return [self.credentials[scheme] for scheme in schemes]
        return []


def exchange(_: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, record the response, and return it."""
    with transport_errors(draft):
        response: httpx2.Response = yield Exchange(draft)
    return record(response)

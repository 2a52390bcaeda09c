"""Connections: server, credentials, and the steps of a call."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

import httpx2

from vcgen.runtime.errors import ClientError
from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.wire.answers import read
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.drafts import Draft, Sendable
from vcgen.runtime.wire.flows import Flow, Receive
from vcgen.runtime.wire.redirects import followed
from vcgen.runtime.wire.settings import Settings
from vcgen.runtime.wire.transport import record, transport_error, unexpected
from vcgen.runtime.wire.tries import BUSY


class Connection:
    """The server and the credentials."""

    def __init__(
        self, settings: Settings, reading: Reading, **credentials: Sendable | None
    ) -> None:
        self.settings = settings
        self.reading = reading
        self.credentials = {name: held for name, held in credentials.items() if held}

    def with_settings(self, settings: Settings) -> Self:
        """Return a connection that shares all with this one but the settings."""
        view = copy(self)
        view.settings = settings
        return view

    def answer(self, call: Call[T]) -> Flow[T]:
        """Make a call, and return the value of the response.

        Raises:
            ClientError: The call failed.
            ValueError: A value cannot be sent.
        """
        draft = call.draft()
        draft.settings = settings = self.settings
        try:
            response = yield from self.response(call, draft)
        except httpx2.RequestError as error:
            raise transport_error(draft, error, settings.base_url) from error
        try:
            return read(call, response, self.reading)
        except ClientError as error:
            if response.status_code in {401, *BUSY} and not draft.is_kept:
                error.add_note("not sent again: the body can be read only once")
            raise

    def response(self, call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
        """Send the request of a call, and return the response."""
        credentials = self.credentials_for(call)
        return exchange(call, draft.signed(self.settings.base_url, credentials))

    def credentials_for(self, call: Call[Any]) -> list[Sendable]:
        """Return the credentials of the first alternative that is complete, or none."""
        for schemes in call.security:
            if all(scheme in self.credentials for scheme in schemes):
                return [self.credentials[scheme] for scheme in schemes]
        return []


def exchange(call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, record the response, and return it."""
    try:
        response = yield from followed(call, draft)
        return record((yield from whole(response, draft.settings)))
    except httpx2.RequestError as error:
        raise transport_error(draft, error) from error


def whole(response: httpx2.Response, settings: Settings) -> Flow[httpx2.Response]:
    """Return a response with its body; of an error, it may be the beginning.

    Raises:
        UnexpectedResponse: It is not an error, and is too large.
    """
    # A byte more shows that a body is too large, which an error may be.
    most = settings.max_error - 1 if response.is_error else settings.max_response
    read: httpx2.Response = yield Receive(response, most)
    if len(read.content) <= most or read.is_error:
        return read
    reason = f"the body has more than {most} bytes, which is max_response"
    raise unexpected(read, reason, read.content[: settings.max_error])

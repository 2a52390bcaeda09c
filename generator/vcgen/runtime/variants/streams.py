"""Exchanges whose response body the caller may read."""

from __future__ import annotations

from typing import Any

import httpx2

from vcgen.runtime.wire.answers import of_status
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.connections import whole
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Flow, Left
from vcgen.runtime.wire.readers import Unread
from vcgen.runtime.wire.redirects import followed
from vcgen.runtime.wire.transport import record, transport_error


def exchange(call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, record the response, and return it."""
    try:
        response = yield from followed(call, draft)
        reader = of_status(call.returns, response.status_code)
        is_unread = isinstance(reader, Unread) and reader.fits(response)
        if response.is_error or not is_unread:
            response = yield from whole(response, draft.settings)
        else:
            leave(response, draft.settings.max_response)
        return record(response)
    except httpx2.RequestError as error:
        raise transport_error(draft, error) from error


def leave(response: httpx2.Response, most: int) -> None:
    """Leave a body to the caller, who may take longer than `total_timeout`."""
    response.extensions["max_response"] = most
    timeouts: dict[str, Any] = response.request.extensions["timeout"]
    for name, seconds in timeouts.items():
        timeouts[name] = seconds.given if isinstance(seconds, Left) else seconds

"""Exchanges whose response body the caller may read."""

from __future__ import annotations

from typing import Any

import httpx2

from vcgen.runtime.wire.answers import of_status
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.connections import whole
from vcgen.runtime.wire.downloads import Binary
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Flow
from vcgen.runtime.wire.redirects import followed
from vcgen.runtime.wire.transport import record, transport_errors


def exchange(call: Call[Any], draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, record the response, and return it."""
    with transport_errors(draft):
        response = yield from followed(call, draft)
        reader = of_status(call.returns, response.status_code)
        if response.is_error or not isinstance(reader, Binary):
            response = yield from whole(response, draft.settings)
    return record(response)

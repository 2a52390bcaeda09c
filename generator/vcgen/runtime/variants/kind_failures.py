"""Errors whose bodies hold their kind."""

from __future__ import annotations

from typing import Any

import httpx2

from vcgen.runtime.errors import ApiError
from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.variants.kinds import kind_of
from vcgen.runtime.wire.answers import by_status, error_body, raised
from vcgen.runtime.wire.calls import Call


def failure(call: Call[Any], response: httpx2.Response, reading: Reading) -> ApiError:
    """Return the exception for an error response: by its kind, else by its status."""
    kind, content = kind_of(response.content)
    exception = kind or by_status(call, response.status_code)
    body = error_body(content, exception.body_types, call, reading)
    return raised(exception, body, response)

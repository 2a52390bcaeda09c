"""Errors that tell what the server may be too old for."""

from __future__ import annotations

import httpx2

from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.variants.dated_operations import newer
from vcgen.runtime.wire.answers import failure, success
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call


def read(call: Call[T], response: httpx2.Response, reading: Reading) -> T:
    """Return the value of a response.

    If the response differs from the API document, as much of it as possible is decoded,
    and the deviations are reported, unless the client is strict. An error has a note if
    what was sent is newer than the server may be.

    Raises:
        ApiError: The server responded with an error.
        UnexpectedResponse: The response is not what the API documents.
    """
    if not response.is_error:
        return success(call, response, reading)
    error = failure(call, response, reading)
    for name, release in newer(call, response).items():
        error.add_note(f"{name} was added in {release}; the server may be older")
    raise error

"""Values that the server may be too old for."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_plus

import httpx2

from vcgen.runtime.tables import VALUES_SINCE
from vcgen.runtime.wire.calls import Call


def newer(call: Call[Any], response: httpx2.Response) -> dict[str, str]:
    """Return what the server may not know, and the release that added it."""
    return dated_values(response)


def dated_values(response: httpx2.Response) -> dict[str, str]:
    """Return the values in a request and the releases that added them.

    There are none unless the server may have meant that it does not know a value.
    """
    if response.status_code not in {400, 404, 422}:
        return {}
    url = response.request.url
    words = re.split("[/&=,| ]", f"{url.path}/{unquote_plus(url.query.decode())}")
    with suppress(httpx2.RequestNotRead):
        body = response.request.content.decode(errors="replace")
        words += re.split(r'["&=,|\r\n]', unquote_plus(body))
    return {word: VALUES_SINCE[word] for word in words if word in VALUES_SINCE}

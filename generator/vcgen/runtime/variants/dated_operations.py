"""Operations that the server may be too old for."""

from __future__ import annotations

from itertools import accumulate
from typing import Any
from urllib.parse import unquote_plus

import httpx2

from vcgen.runtime.tables import SINCE
from vcgen.runtime.wire.calls import Call


def newer(call: Call[Any], response: httpx2.Response) -> dict[str, str]:
    """Return what the server may not know, and the release that added it."""
    return dated_operation(call, response)


def dated_operation(call: Call[Any], response: httpx2.Response) -> dict[str, str]:
    """Return the operation and the release that added it, if the server may lack it."""
    if response.status_code not in {404, 405, 501}:
        return {}
    name = f"{call.method} {call.path}"
    # The query of the operation itself stands before the rest: the longest name is its.
    query = unquote_plus(response.request.url.query.decode())
    queries = accumulate(query.split("&"), "{}&{}".format)
    names = [name, *(f"{name}?{one}" for one in queries)]
    found = [(one, SINCE[one]) for one in names if one in SINCE]
    return dict(found[-1:])

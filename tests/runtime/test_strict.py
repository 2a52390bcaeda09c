"""Strict clients: a difference is an exception; another way to write the same value is none."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from msgspec import Struct
from vcgen.runtime.errors import ApiError, UnexpectedResponse
from vcgen.runtime.lenient.deviations import Reading, recorded_deviations
from vcgen.runtime.variants import documented_failures
from vcgen.runtime.wire.answers import read
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Json
from vcgen.runtime.wire.streaming import LineItems

STRICT = Reading(strict=True)


class Count(Struct):
    """An object of which a property is an integer."""

    n: int


CALL = Call[Any](method="GET", path="/a", returns={200: Json(Count)}, raises={"default": ApiError})


def _reply(body: bytes) -> httpx2.Response:
    request = httpx2.Request("GET", "https://api.test/a")
    return httpx2.Response(200, content=body, request=request)


@pytest.mark.parametrize("text", [b"1.0", b"1e0", b"10E-1"])
def test_whole_number_is_an_integer(text: bytes) -> None:
    body = b'{"n": %b}' % text
    with recorded_deviations() as deviations:
        assert read(CALL, _reply(body), STRICT) == Count(1)
        assert list(LineItems[Count](Count).open(_reply(body), "GET /a", STRICT)) == [Count(1)]
        assert documented_failures.error_body(body, [Count], CALL, STRICT) == Count(1)
    assert deviations == []


@pytest.mark.parametrize("text", [b"1.5", b'"1"', b"null", b"true"])
def test_difference_is_an_exception(text: bytes) -> None:
    body = b'{"n": %b}' % text
    with recorded_deviations() as deviations:
        with pytest.raises(UnexpectedResponse, match=r"Expected `int`, .* - at `\$\.n`"):
            read(CALL, _reply(body), STRICT)
        with pytest.raises(UnexpectedResponse, match=r"200: \$\.n: expected integer"):
            list(LineItems[Count](Count).open(_reply(body), "GET /a", STRICT))
        assert documented_failures.error_body(body, [Count], CALL, STRICT) is None
    assert deviations == []

"""Successes with a status that the API does not document."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from vcgen.runtime.errors import UnexpectedResponse
from vcgen.runtime.lenient.deviations import Reading, recorded_deviations
from vcgen.runtime.wire.answers import read
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Json, Text

# What has no empty value, and what has several.
OF_NO_VALUE: list[list[Any]] = [[Json(int)], [Json(int | None), Json(list[int])]]


def _read(*readers: Any, body: bytes = b"", strict: bool = False) -> Any:
    call: Call[Any] = Call(method="GET", path="/a", returns=dict(enumerate(readers, 200)))
    request = httpx2.Request("GET", "https://api.test/a")
    response = httpx2.Response(204, content=body, request=request)
    return read(call, response, Reading(strict=strict))


@pytest.mark.parametrize(
    ("type_", "expected"),
    [(int | None, None), (list[int], []), (dict[str, int], {}), (None, None), (Any, None)],
    ids=str,
)
def test_no_body_means_nothing_where_the_type_can_say_so(type_: Any, expected: Any) -> None:
    with recorded_deviations() as deviations:
        assert _read(Json(type_)) == expected
    (deviation,) = deviations
    assert str(deviation) == "GET /a: $: expected a documented status, received status 204"


@pytest.mark.parametrize("readers", OF_NO_VALUE, ids=str)
def test_no_body_is_no_value_of_other_types(readers: list[Any]) -> None:
    with pytest.raises(UnexpectedResponse, match="does not document this status"):
        _read(*readers)


def test_no_body_is_an_error_to_a_strict_client() -> None:
    with pytest.raises(UnexpectedResponse, match="does not document this status"):
        _read(Json(int | None), strict=True)


@pytest.mark.parametrize(("body", "expected"), [(b"", ""), (b"5", "5")])
def test_what_can_be_read_is_not_read_again(body: bytes, expected: str) -> None:
    assert _read(Text(), Json(list[int]), body=body) == expected

"""Successes with a status that the API does not document."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from msgspec import Struct
from vcgen.runtime.errors import UnexpectedResponse
from vcgen.runtime.lenient.deviations import Reading, recorded_deviations
from vcgen.runtime.wire.answers import read
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Json, Text

# What has no empty value, and what has several.
OF_NO_VALUE: list[list[Any]] = [[Json(int)], [Json(int | None), Json(list[int])]]


class Job(Struct):
    """An object with a required property."""

    id: int
    name: str | None = None


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


@pytest.mark.parametrize(
    ("type_", "body", "expected", "path"),
    [
        (Job, b'{"id": "5", "name": "a"}', Job(5, "a"), "$.id"),
        (Job, b'{"id": 5, "name": 7}', Job(5, "7"), "$.name"),
        (list[Job], b'[{"id": "5"}]', [Job(5)], "$[*].id"),
        (dict[str, int], b'{"a": "1"}', {"a": 1}, "$[*]"),
    ],
    ids=str,
)
def test_body_that_differs_in_a_value_is_read(
    type_: Any, body: bytes, expected: Any, path: str
) -> None:
    with recorded_deviations() as deviations:
        assert _read(Json(type_), body=body) == expected
    assert [one.path for one in deviations] == ["$", path]


@pytest.mark.parametrize(
    ("type_", "body"),
    [(Job, b'{"job": 5}'), (Job, b"[]"), (list[Job], b'["a"]'), (int, b'"5"'), (str, b"{}")],
    ids=str,
)
def test_body_of_another_type_is_not_read(type_: Any, body: bytes) -> None:
    with pytest.raises(UnexpectedResponse, match="does not document this status"):
        _read(Json(type_), body=body)


def test_body_that_is_near_to_several_types_is_not_read() -> None:
    with pytest.raises(UnexpectedResponse, match="does not document this status"):
        _read(Json(Job), Json(dict[str, int]), body=b'{"id": "5"}')


def test_body_that_differs_is_an_error_to_a_strict_client() -> None:
    with pytest.raises(UnexpectedResponse, match="does not document this status"):
        _read(Json(Job), body=b'{"id": "5"}', strict=True)

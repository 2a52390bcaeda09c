"""Responses: their values, and the exceptions for errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import httpx2
from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import asdict

from vcgen.runtime.errors import ApiError
from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Reader
from vcgen.runtime.wire.transport import bare, shown, unexpected


def read(call: Call[T], response: httpx2.Response, reading: Reading) -> T:
    """Return the value of a response.

    If the response differs from the API document, as much of it as possible is decoded,
    and the deviations are reported, unless the client is strict.

    Raises:
        ApiError: The server responded with an error.
        UnexpectedResponse: The response is not what the API documents.
    """
    if response.is_error:
        raise failure(call, response, reading)
    return success(call, response, reading)


def success(call: Call[T], response: httpx2.Response, reading: Reading) -> T:
    """Return the value of a response that is not an error.

    Raises:
        UnexpectedResponse: The response is not what the API documents.
    """
    reader = of_status(call.returns, response.status_code)
    reason = "the API does not document this status"
    try:
        if reader is not None:
            return value_of(reader, response, call, reading)
        if response.is_success and not reading.strict:
            return undeclared(call, response, reading)
    except (ValueError, RecursionError) as error:
        kind = response.headers.get("Content-Type", "no content type")
        reason = f"{error} ({kind}, {len(response.content)} bytes)"
    if reader is not None:
        with suppress(ValueError, RecursionError):
            operation = f"{call.method} {call.path}"
            value, deviations = reader.reread(response, operation)
            reading.report(deviations)
            return value
    raise unexpected(response, reason, response.content)


def value_of(
    reader: Reader[T], response: httpx2.Response, call: Call[Any], reading: Reading
) -> T:
    """Return the value of a success that the API documents."""
    return reader.read(response)


def undeclared(call: Call[T], response: httpx2.Response, reading: Reading) -> T:
    """Return the value of a success whose status the API does not document.

    Its body fits one of the documented types, but for some values inside it.

    Raises:
        ValueError: The body fits none of the documented types, or several.
    """
    operation = f"{call.method} {call.path}"
    readers = [*dict.fromkeys(call.returns.values())]
    found: list[tuple[T, list[Deviation]]] = []
    for reader in readers:
        with suppress(ValueError, RecursionError):
            found.append((reader.read(response), []))
    for reader in () if found else readers:
        with suppress(ValueError, RecursionError):
            value, notes = reader.reread(response, operation)
            other = any(n.path == "$" or n.received == "nothing" for n in notes)
            # An empty body is None or an empty list, as with a documented status.
            if not response.content or (value and not other):
                found.append((value, notes if response.content else []))
    if len(found) != 1:
        raise ValueError("the API does not document this status")
    value, notes = found[0]
    status = f"status {response.status_code}"
    deviation = Deviation(operation, "$", "a documented status", status)
    reading.report([deviation, *notes])
    return value


def failure(call: Call[Any], response: httpx2.Response, reading: Reading) -> ApiError:
    """Return the exception for an error response: by its status."""
    exception = by_status(call, response.status_code)
    body = error_body(response.content, exception.body_types, call, reading)
    return raised(exception, body, response)


def by_status(call: Call[Any], status: int) -> type[ApiError]:
    """Return the exception for a status."""
    return of_status(call.raises, status) or ApiError


def error_body(
    content: bytes, types: Sequence[Any], call: Call[Any], reading: Reading
) -> Any:
    """Decode an error as the first type that fits; it is None if none does."""
    found = (decode_or_none(content, one) for one in types)
    return next((one for one in found if one is not None), None)


def tells_something(value: Any) -> bool:
    """Return whether a value, or any documented property of an object, is not empty."""
    return any(documented(value).values())


def documented(value: Any) -> dict[str, Any]:
    """Return the documented properties of an object; or another value."""
    return asdict(value) if isinstance(value, Struct) else {"": value}


def raised(exception: type[ApiError], body: Any, response: httpx2.Response) -> ApiError:
    """Return an exception for an error response with a decoded body."""
    request, content = response.request, response.content
    error = exception(
        response.status_code, body, request.method, bare(request.url), content
    )
    error.response = shown(response, content)
    return error


def of_status(answers: Mapping[int | str, T], status: int) -> T | None:
    """Return the entry for a status, else for its range, else the default."""
    if status in answers:
        return answers[status]
    return answers.get(f"{status // 100}XX", answers.get("default"))


def decode_or_none(content: bytes, type: type[T] | Any) -> T | None:
    """Decode JSON as a value of a type; return None if it does not fit."""
    try:
        value: T = decode(content, type=type)
    except (ValueError, RecursionError):
        return None
    return value

"""Errors whose bodies depend on the operation and the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from vcgen.runtime.errors import ApiError
from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.wire.answers import by_status, error_body, of_status, raised
from vcgen.runtime.wire.calls import Call, DeclaringCall


def failure(call: Call[Any], response: httpx2.Response, reading: Reading) -> ApiError:
    """Return the exception for an error response: by its kind, else by its status."""
    kind, content = kind_of(response.content)
    exception = kind or by_status(call, response.status_code)
    errors: Mapping[int | str, Any]
    errors = call.errors if isinstance(call, DeclaringCall) else {}
    declared = of_status(errors, response.status_code)
    types = as_declared(exception.body_types, declared)
    types += kind.body_types if kind else ()
    if declared and not types:  # only other operations document the status
        types += exception.body_types
    return raised(exception, error_body(content, types, call, reading), response)


def as_declared(types: Sequence[Any], declared: Any) -> list[Any]:
    """Return the types that an operation documents, and their subclasses."""
    return [one for one in types if declared in (one, *getattr(one, "__mro__", ()))]


def kind_of(content: bytes) -> tuple[type[ApiError] | None, bytes]:
    """Return no kind, since errors of this API have none, and the body."""
    return None, content

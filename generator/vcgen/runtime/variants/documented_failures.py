"""Errors whose bodies the API documents."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.lenient.walk import reread
from vcgen.runtime.wire.answers import decode_or_none, documented, tells_something
from vcgen.runtime.wire.calls import Call


def error_body(
    content: bytes, types: Sequence[Any], call: Call[Any], reading: Reading
) -> Any:
    """Decode an error as the first type that fits, else as the one it is nearest to.

    It is None if it has nothing of any type: proxies have errors of their own.
    """
    for one in types:
        body, empty = decode_or_none(content, one), decode_or_none(b"{}", one)
        if body is not None and documented(body) != documented(empty):
            return body
    reads: list[tuple[Any, list[Deviation]]] = []
    for one in types:
        with suppress(ValueError, RecursionError):
            value, deviations = reread(content, one, f"{call.method} {call.path}")
            if tells_something(value) and not (reading.strict and deviations):
                reads.append((value, deviations))
    if not reads:
        return None
    body, deviations = min(reads, key=lambda read: len(read[1]))
    reading.report(deviations)
    return body

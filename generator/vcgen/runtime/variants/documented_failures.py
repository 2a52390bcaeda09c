"""Errors whose bodies the API documents."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.lenient.walk import reread
from vcgen.runtime.wire.answers import decode_or_none, tells_something
from vcgen.runtime.wire.calls import Call


def error_body(
    content: bytes, types: Iterable[Any], call: Call[Any], reading: Reading
) -> Any:
    """Decode an error as the first type that fits, else as the one it is nearest to.

    It is None if it has nothing of any type: proxies have errors of their own.
    """
    reads: list[tuple[Any, list[Deviation]]] = []
    for one in types:
        if (body := decode_or_none(content, one)) is not None:
            return body
        if not reading.strict:
            with suppress(ValueError, RecursionError):
                reads.append(reread(content, one, f"{call.method} {call.path}"))
    reads = [read for read in reads if tells_something(read[0])]
    if not reads:
        return None
    body, deviations = min(reads, key=lambda read: len(read[1]))
    reading.report(deviations)
    return body

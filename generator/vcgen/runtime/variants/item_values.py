"""Values that are streams of items, which are read as the caller asks for them."""

from __future__ import annotations

from typing import Any, cast

import httpx2

from vcgen.runtime.lenient.deviations import Reading
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Reader
from vcgen.runtime.wire.streaming import Items


def value_of(
    reader: Reader[T], response: httpx2.Response, call: Call[Any], reading: Reading
) -> T:
    """Return the value of a success that the API documents."""
    if isinstance(reader, Items):
        items = cast("Items[Any]", reader)
        return cast("T", items.open(response, f"{call.method} {call.path}", reading))
    return reader.read(response)

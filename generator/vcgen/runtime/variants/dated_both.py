"""Operations and values that the server may be too old for."""

from __future__ import annotations

from typing import Any

import httpx2

from vcgen.runtime.variants.dated_operations import dated_operation
from vcgen.runtime.variants.dated_values import dated_values
from vcgen.runtime.wire.calls import Call


def newer(call: Call[Any], response: httpx2.Response) -> dict[str, str]:
    """Return what the server may not know, and the release that added it."""
    return dated_operation(call, response) | dated_values(response)

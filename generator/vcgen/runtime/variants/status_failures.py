"""Errors of statuses that an operation does not declare."""

from __future__ import annotations

from typing import Any

from vcgen.runtime.errors import ApiError
from vcgen.runtime.tables import STATUSES
from vcgen.runtime.wire.answers import of_status
from vcgen.runtime.wire.calls import Call


def by_status(call: Call[Any], status: int) -> type[ApiError]:
    """Return the exception for a status: declared, or known anyway."""
    return of_status(call.raises, status) or STATUSES.get(status, ApiError)

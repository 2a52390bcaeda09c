"""Exceptions for statuses that no operation needs to declare."""

from __future__ import annotations

from vcgen.runtime.errors import ApiError

STATUSES: dict[int, type[ApiError]] = {}
"""The exceptions for statuses, whether an operation declares them or not."""

"""Tables: which exception stands for which status or kind of error."""

from __future__ import annotations

from vcgen.runtime.errors import ApiError

STATUSES: dict[int, type[ApiError]] = {}
"""The exceptions for statuses, whether an operation declares them or not."""

KINDS: dict[str, type[ApiError]] = {}
"""The exception for each kind of error."""

DISCRIMINATORS: tuple[str, ...] = ()
"""The properties that hold the kind of an error."""

ENVELOPE: tuple[str, str] = ("", "")
"""The properties that hold the kind of an error, and the error itself."""

SECRETS: tuple[str, ...] = ()
"""The properties whose values are secret."""

SINCE: dict[str, str] = {}
"""The release that added an operation."""

VALUES_SINCE: dict[str, str] = {}
"""The release that added a value that can be sent."""

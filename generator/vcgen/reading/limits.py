"""Limits: how large a document may be, so that no file can fill the memory or take for ever."""

from __future__ import annotations

from contextvars import ContextVar

# The largest published documents have 30 to 60 MB.
USUAL_MEGABYTES = 100
_BYTES = 1_000_000
# YAML is slow to read, and a value of it may be one character: a second is good for 100,000 values.
_NODES = 25_000

# A recording is read in pieces, and may be as large as many documents.
_RECORDINGS = 20

_megabytes: ContextVar[int] = ContextVar("megabytes", default=USUAL_MEGABYTES)


def allow(megabytes: int) -> None:
    """Set the size that documents may have from here on."""
    _megabytes.set(megabytes)


def megabytes() -> int:
    """Return the size that a document may have, in megabytes."""
    return _megabytes.get()


def max_bytes() -> int:
    """Return the size that a document may have, in bytes."""
    return _megabytes.get() * _BYTES


def max_recording() -> int:
    """Return the size that a recording of traffic may have, in bytes."""
    return _RECORDINGS * max_bytes()


def max_nodes() -> int:
    """Return the number of values that a document in YAML may have."""
    return _megabytes.get() * _NODES

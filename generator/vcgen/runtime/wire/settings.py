"""Settings: how calls are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import httpx2
from msgspec import Struct, field

from vcgen.runtime.wire.hidden import Masked


class CallOptions(TypedDict, total=False):
    """Options of calls; a call takes those of the client or view that it is made on.

    Attributes:
        timeout: Seconds to wait each time: for a connection to the server, to send some
            bytes, to receive some. It does not limit a whole call, nor the wait for a
            free connection of the pool: see `total_timeout`. 30 by default.
        total_timeout: Seconds for a whole call, with its retries, a login and the wait
            for a free connection. 3600 by default.
        retries: How often a request that failed is sent again, if that is safe. 2 by
            default.
        headers: Headers of every request that does not set them itself, such as
            `User-Agent`.
        max_response: Bytes that a response may have, decompressed. 100 MB by default.
        max_error: Bytes that are kept of an error response. 1 MB by default.
    """

    timeout: float | httpx2.Timeout
    total_timeout: float
    retries: int
    headers: Mapping[str, str]
    max_response: int
    max_error: int


# For HTTP clients that the client creates: calls wait for a free connection.
TIMEOUT = httpx2.Timeout(30.0, pool=None)


class Settings(Masked, Struct, frozen=True):
    """The server, and the `CallOptions`; no `timeout` means that of `http`."""

    base_url: str
    timeout: float | httpx2.Timeout | None = None
    total_timeout: float = 3600.0
    retries: int = 2
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    max_response: int = 100_000_000
    max_error: int = 1_000_000

    def __post_init__(self) -> None:
        for name, text in self.headers.items():
            check_header(name, text)


def check_header(name: str, text: str) -> None:
    """Raise ValueError if a header cannot hold a text."""
    if not (text.isascii() and text.isprintable()):
        raise ValueError(f"the header {name} cannot hold this: give printable ASCII")


def timeout_of(seconds: float | httpx2.Timeout) -> httpx2.Timeout:
    """Return a timeout; seconds do not limit the wait for a free connection."""
    if isinstance(seconds, httpx2.Timeout):
        return seconds
    return httpx2.Timeout(seconds, pool=None)

"""Tries: a request that failed is sent again if that is safe and may help."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from logging import DEBUG
from math import inf
from secrets import SystemRandom
from time import monotonic

import httpx2

from vcgen.runtime.lenient.deviations import log
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.flows import Exchange, Flow, Pause, Receive
from vcgen.runtime.wire.transport import bare

# Seconds after the first try within which the last one begins.
PATIENCE = 60.0
# Maximum seconds of the first pause, and of each.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
# The statuses with which a server asks to come again.
BUSY = frozenset({429, 503})


def tried(draft: Draft) -> Flow[httpx2.Response]:
    """Send a request, again if need be, and return the response without its body."""
    settings = draft.settings
    ends = monotonic() + min(PATIENCE, settings.total_timeout)
    for number in range(1, settings.retries + 1):
        outcome = yield from attempt(draft)
        if isinstance(outcome, httpx2.Response) and outcome.status_code not in BUSY:
            return outcome
        seconds = pause(draft, outcome, number)
        if monotonic() + seconds > ends:
            return ended(outcome)
        if not draft.is_kept:
            return ended(outcome, " (not retried: its body can be read only once)")
        reason = str(outcome) or type(outcome).__name__
        if isinstance(outcome, httpx2.Response):
            reason = f"status {outcome.status_code}"
            with suppress(httpx2.RequestError):
                yield Receive(outcome, settings.max_error)
        url = bare(httpx2.URL(draft.url))
        what = f"retry {number} of {settings.retries} in {seconds:.1f} s"
        log.warning("%s %s: %s: %s", draft.method, url, what, reason)
        yield Pause(seconds)
    return ended((yield from attempt(draft)))


def ended(
    outcome: httpx2.Response | httpx2.RequestError, note: str = ""
) -> httpx2.Response:
    """Return the last response, or raise the last error."""
    if isinstance(outcome, httpx2.Response):
        return outcome
    raise type(outcome)(f"{outcome}{note}") if note else outcome


def attempt(draft: Draft) -> Flow[httpx2.Response | httpx2.RequestError]:
    """Send a request, and return the response, or what failed."""
    begun = monotonic()
    try:
        response: httpx2.Response = yield Exchange(draft)
    except httpx2.RequestError as error:
        return error
    if log.isEnabledFor(DEBUG):
        url, took = bare(httpx2.URL(draft.url)), monotonic() - begun
        log.debug("%s %s: %d in %.3f s", draft.method, url, response.status_code, took)
    return response


def pause(
    draft: Draft, outcome: httpx2.Response | httpx2.RequestError, number: int
) -> float:
    """Return the seconds before a request is sent again; infinity if it must not be."""
    if isinstance(outcome, httpx2.Response):
        return retry_after(outcome.headers) if draft.is_idempotent else inf
    is_unsent = isinstance(outcome, (httpx2.ConnectError, httpx2.ConnectTimeout))
    is_broken = isinstance(outcome, (httpx2.NetworkError, httpx2.RemoteProtocolError))
    if "[SSL" in str(outcome):  # a retry does not change a certificate
        return inf
    if is_unsent or (is_broken and draft.is_idempotent):
        most = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (number - 1))
        return SystemRandom().uniform(0, most)
    return inf


def retry_after(headers: httpx2.Headers) -> float:
    """Return the seconds that a server asks to wait (RFC 9110, section 10.2.3).

    They are infinite if it does not ask.
    """
    text = headers.get("Retry-After", "")
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        left = parsedate_to_datetime(text) - datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return inf
    return max(0.0, left.total_seconds())

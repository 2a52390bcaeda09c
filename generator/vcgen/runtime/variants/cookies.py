"""Requests with cookies of their own, beside those that the HTTP client keeps."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from vcgen.runtime.wire.drafts import Draft


def built(draft: Draft, build: Callable[..., httpx2.Request]) -> httpx2.Request:
    """Return a request, as an HTTP client builds it.

    The client leaves its own cookies out where there is a header for them. Of those of
    the same name, the caller's is sent.
    """
    headers = dict(draft.headers)
    own = headers.pop("Cookie", "")
    request = build(draft.method, draft.url, headers=headers, **draft.options)
    if own:
        names = {pair.partition("=")[0] for pair in own.split("; ")}
        kept = request.headers.get("Cookie", "").split("; ")
        others = [one for one in kept if one and one.partition("=")[0] not in names]
        request.headers["Cookie"] = "; ".join([*others, own])
    return request

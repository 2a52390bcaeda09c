"""Parameters of a request. A value of None is not sent."""

from __future__ import annotations

from uuid import uuid4

from msgspec import Struct

from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.hidden import Masked, hidden
from vcgen.runtime.wire.values import (
    joined,
    pairs_of,
    plain_of,
    put_cookie,
    put_header,
    put_pairs,
    put_segment,
    quoted,
)


class InPath(Masked, Struct, frozen=True):
    """A parameter in the path."""

    name: str
    value: object

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if it names another resource."""
        put_segment(draft, self.name, self.value, joined(self.value, quoted))


class InQuery(Masked, Struct, frozen=True):
    """A parameter in the query; an array is sent as several parameters."""

    name: str
    value: object

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        if self.value is not None:
            put_pairs(draft, pairs_of(self.name, self.value))


class InHeader(Masked, Struct, frozen=True):
    """A parameter in a header; an empty array or object is not sent."""

    name: str
    value: object

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if a header cannot hold it."""
        if plain_of(self.value) not in (None, [], {}):
            put_header(draft, self.name, hidden(joined(self.value)))


# What a cookie can hold as it is (RFC 6265), but for the sign that escapes the rest.
COOKIE_SAFE = "!#$&'()*+-./:<=>?@[]^_`{|}~"


class InCookie(Masked, Struct, frozen=True):
    """A parameter in a cookie."""

    name: str
    value: object

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        if self.value is not None:
            for pair in pairs_of(self.name, self.value, COOKIE_SAFE):
                put_cookie(draft, pair)


class IdempotencyKey(InHeader, frozen=True):
    """A header by which the server knows a request again: it may be sent twice."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request: a new one if the caller gives none."""
        key = str(uuid4()) if self.value is None else joined(self.value)
        put_header(draft, self.name, hidden(key))
        draft.has_key = True

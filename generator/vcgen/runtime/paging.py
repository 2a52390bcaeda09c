"""Paging: the pages of a long result, one after the other. Becomes `_paging.py`."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urlsplit

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.wire.calls import AsyncSend, Call, Send
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.parameters import InQuery
from vcgen.runtime.wire.readers import Reader

PageT = TypeVar("PageT")
ItemT = TypeVar("ItemT")


class Fetched(Struct, frozen=True):
    """A page, and the call for it.

    Attributes:
        call: The call.
        answer: The response: the page, and possibly a header.
        page: The page.
        items: The number of items on the page.
        count: The number of items so far, including these.
    """

    call: Call[Any]
    answer: Any
    page: Any
    items: int
    count: int


class Turn(Struct, frozen=True):
    """The way from a page to the next."""

    def asked(self, call: Call[Any]) -> Call[Any]:
        """Return the call whose response leads to the next page."""
        return call

    def page(self, answer: Any) -> Any:
        """Return the page of a response."""
        return answer

    def value(self, fetched: Fetched) -> Any:
        """Return what identifies the next page; None if there is none."""
        raise NotImplementedError

    def turned(self, call: Call[Any], value: Any) -> Call[Any]:
        """Return the call for the next page."""
        raise NotImplementedError


class Paging(Struct, frozen=True):
    """How the pages of an operation follow one another.

    Attributes:
        items: The fields that lead to the items of a page.
        turn: What leads to the next page.
    """

    items: Sequence[str]
    turn: Turn


class Progress:
    """The pages so far, and the call for the next.

    Attributes:
        call: The call, None after the last page.
    """

    def __init__(self, paging: Paging, call: Call[Any]) -> None:
        self.call: Call[Any] | None = paging.turn.asked(call)
        self._paging = paging
        self._last: Any = None
        self._count = 0
        self._seen: set[Any] = set()

    def take(self, call: Call[Any], answer: Any) -> Iterator[Any]:
        """Yield the page of a response, unless it repeats the one before."""
        turn = self._paging.turn
        page = turn.page(answer)
        items = items_on(page, self._paging.items)
        self.call = None
        # A server that ignores the parameter sends its first page again.
        if items and page == self._last:
            return
        self._last = page
        self._count += len(items)
        value = turn.value(Fetched(call, answer, page, len(items), self._count))
        if value is not None and value not in self._seen:
            self._seen.add(value)
            self.call = turn.turned(call, value)
        yield page


class Pages(Generic[PageT, ItemT]):
    """The items of all pages, requested as needed."""

    def __init__(self, send: Send, call: Call[PageT], paging: Paging) -> None:
        self._send = send
        self._call = call
        self._paging = paging

    def __iter__(self) -> Iterator[ItemT]:
        for page in self.pages():
            yield from items_on(page, self._paging.items)

    def pages(self) -> Iterator[PageT]:
        """Yield the pages themselves."""
        progress = Progress(self._paging, self._call)
        while (call := progress.call) is not None:
            yield from progress.take(call, self._send(call))


class AsyncPages(Generic[PageT, ItemT]):
    """The items of all pages, requested as needed."""

    def __init__(self, send: AsyncSend, call: Call[PageT], paging: Paging) -> None:
        self._send = send
        self._call = call
        self._paging = paging

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        async for page in self.pages():
            for item in items_on(page, self._paging.items):
                yield item

    async def pages(self) -> AsyncIterator[PageT]:
        """Yield the pages themselves."""
        progress = Progress(self._paging, self._call)
        while (call := progress.call) is not None:
            for page in progress.take(call, await self._send(call)):
                yield page


class ByCursor(Turn, frozen=True):
    """A property of a page is the query parameter of the next."""

    parameter: str
    path: Sequence[str]

    def value(self, fetched: Fetched) -> Any:
        """Return the cursor, None for none or an empty one."""
        return reached(fetched.page, self.path) or None

    def turned(self, call: Call[Any], value: Any) -> Call[Any]:
        """Return the call for the page at the cursor."""
        return with_query(call, self.parameter, value)


class ByCount(Turn, frozen=True):
    """A query parameter counts, until a page is empty.

    Attributes:
        total: The fields that lead to the number of all items.
        more: The fields that lead to whether there are more.
    """

    parameter: str
    total: Sequence[str] = ()
    more: Sequence[str] = ()

    def turned(self, call: Call[Any], value: Any) -> Call[Any]:
        """Return the call for the page of this number."""
        return with_query(call, self.parameter, value)

    def is_last(self, fetched: Fetched) -> bool:
        """Return whether there are no items after those of a page."""
        total = reached(fetched.page, self.total) if self.total else None
        more = reached(fetched.page, self.more) if self.more else None
        is_whole = total is not None and fetched.count >= total
        return not fetched.items or more is False or is_whole


class ByNumber(ByCount, frozen=True, kw_only=True):
    """A query parameter counts the pages."""

    first: int

    def value(self, fetched: Fetched) -> int | None:
        """Return the number of the next page."""
        number = in_query(fetched.call, self.parameter, self.first)
        return None if self.is_last(fetched) else number + 1


class ByOffset(ByCount, frozen=True):
    """A query parameter counts the items before a page."""

    def value(self, fetched: Fetched) -> int | None:
        """Return how many items there are before the next page."""
        offset = in_query(fetched.call, self.parameter, 0)
        return None if self.is_last(fetched) else offset + fetched.items


class ByAddress(Turn, frozen=True):
    """A URL leads to the next page; only its query is used.

    The server stays the same, so that no other server gets the credentials.
    """

    def turned(self, call: Call[Any], value: str) -> Call[Any]:
        """Return the call with the query of the URL."""
        sends = [one for one in call.sends if not isinstance(one, WholeQuery)]
        return replace(call, sends=[*sends, WholeQuery(value)])


class ByUrl(ByAddress, frozen=True):
    """A property of a page holds the URL of the next."""

    path: Sequence[str]

    def value(self, fetched: Fetched) -> str | None:
        """Return the query of the URL."""
        return urlsplit(str(reached(fetched.page, self.path) or "")).query or None


class ByLink(ByAddress, frozen=True):
    """The header `Link` holds the URL of the next page (RFC 8288)."""

    def asked(self, call: Call[Any]) -> Call[Any]:
        """Return the call that reads the header with its response."""
        readers = {status: Linked(reader) for status, reader in call.returns.items()}
        return replace(call, returns=readers)

    def page(self, answer: Any) -> Any:
        """Return the page of a response."""
        return answer[0]

    def value(self, fetched: Fetched) -> str | None:
        """Return the query of the URL."""
        return urlsplit(next_link(fetched.answer[1])).query or None


class Linked(Struct, frozen=True):
    """A reader that keeps the header `Link` beside its value."""

    reader: Reader[Any]

    def read(self, response: httpx2.Response, /) -> tuple[Any, str]:
        """Return the value and the header."""
        return self.reader.read(response), response.headers.get("Link", "")

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[tuple[Any, str], list[Deviation]]:
        """Return the value as far as it can be read, and the header."""
        value, deviations = self.reader.reread(response, operation)
        return (value, response.headers.get("Link", "")), deviations


class WholeQuery(Struct, frozen=True):
    """A query that replaces all others."""

    query: str

    def put(self, draft: Draft, /) -> None:
        """Put it into a request."""
        draft.url = f"{draft.url.partition('?')[0]}?{self.query}"


LINK = re.compile(r'<([^>]*)>((?:[^",]|"(?:\\.|[^"\\])*")*)')
REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


def next_link(header: str) -> str:
    """Return the URL that a header `Link` gives the relation `next`, "" for none."""
    for url, parameters in LINK.findall(header):
        relation = REL.search(parameters)
        if relation and "next" in (relation[1] or relation[2]).lower().split():
            return str(url)
    return ""


def with_query(call: Call[Any], name: str, value: Any) -> Call[Any]:
    """Return a call with a query parameter."""
    others = (o for o in call.sends if not (isinstance(o, InQuery) and o.name == name))
    return replace(call, sends=[*others, InQuery(name, value)])


def in_query(call: Call[Any], name: str, default: int) -> int:
    """Return the number that a call sends as a query parameter."""
    for one in call.sends:
        if isinstance(one, InQuery) and one.name == name and one.value is not None:
            return int(cast("Any", one.value))
    return default


def items_on(page: Any, path: Sequence[str]) -> Sequence[Any]:
    """Return the items on a page."""
    return reached(page, path) or ()


def reached(value: Any, path: Sequence[str]) -> Any:
    """Return the value that fields lead to, None if one is missing."""
    for name in path:
        value = member(value, name)
    return value


def member(value: Any, name: str) -> Any:
    """Return the value of a field, None if it is missing."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).get(name)
    return getattr(value, name, None)

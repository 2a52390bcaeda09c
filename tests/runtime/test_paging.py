"""Iterators over pages, sync and async, over servers that page as five published ones do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from driving import golden

Serve = Callable[[httpx2.Request], httpx2.Response]
pages = golden("pages")


@dataclass
class Server:
    """Answers by a function, and keeps what was asked.

    Attributes:
        queries: The queries so far.
    """

    serve: Serve
    queries: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.queries.append(dict(request.url.params))
        return self.serve(request)


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def collect(flavour: str) -> Callable[..., list[Any]]:
    """Return what collects what an iterator yields, or the first few of it."""

    def collect(server: Server, start: Callable[[Any], Any], most: int = 1000) -> list[Any]:
        transport = httpx2.MockTransport(server)
        options = {"base_url": "https://pages.test/api"}
        if flavour == "sync":
            with httpx2.Client(transport=transport) as http:
                found = iter(start(pages.Client(http=http, **options)))
                return [one for _, one in zip(range(most), found, strict=False)]

        async def main() -> list[Any]:
            async with httpx2.AsyncClient(transport=transport) as http:
                found: list[Any] = []
                async for one in start(pages.AsyncClient(http=http, **options)):
                    found.append(one)
                    if len(found) == most:
                        break
                return found

        return asyncio.run(main())

    return collect


Collect = Callable[..., list[Any]]


def ok(body: object, **headers: str) -> httpx2.Response:
    return httpx2.Response(200, json=body, headers=headers)


def sddc(hosts: int, total: int | None = None) -> Server:
    """Pages of two hosts, by number from 1."""

    def serve(request: httpx2.Request) -> httpx2.Response:
        number = int(request.url.params.get("pageNumber", "1"))
        shown = [{"id": f"h{i}"} for i in range(2 * number - 2, min(2 * number, hosts))]
        more = {} if total is None else {"pageMetadata": {"totalElements": total}}
        return ok({"elements": shown, **more})

    return Server(serve)


def numbers(server: Server) -> list[str | None]:
    return [query.get("pageNumber") for query in server.queries]


def test_numbers_until_all_are_there(collect: Collect) -> None:
    server = sddc(5, total=5)
    hosts = collect(server, lambda client: client.hosts.iterate_hosts(status="READY"))
    assert [host.id for host in hosts] == ["h0", "h1", "h2", "h3", "h4"]
    assert numbers(server) == [None, "2", "3"]
    assert {query["status"] for query in server.queries} == {"READY"}


def test_numbers_until_a_page_is_empty(collect: Collect) -> None:
    server = sddc(4)
    assert len(collect(server, lambda client: client.hosts.iterate_hosts())) == 4
    assert numbers(server) == [None, "2", "3"]


def test_numbers_from_the_middle(collect: Collect) -> None:
    server = sddc(5)
    hosts = collect(server, lambda client: client.hosts.iterate_hosts(page_number=2))
    assert [host.id for host in hosts] == ["h2", "h3", "h4"]
    assert numbers(server) == ["2", "3", "4"]


def test_a_server_that_ignores_the_number_ends_it(collect: Collect) -> None:
    server = Server(lambda _: ok({"elements": [{"id": "h0"}]}))
    assert len(collect(server, lambda client: client.hosts.iterate_hosts())) == 1
    assert len(server.queries) == 2


def test_nothing_is_asked_for_before_it_is_needed(collect: Collect) -> None:
    server = sddc(10)
    assert len(collect(server, lambda client: client.hosts.iterate_hosts(), most=2)) == 2
    assert len(server.queries) == 1


def test_pages_themselves(collect: Collect) -> None:
    found = collect(sddc(3, total=3), lambda client: client.hosts.iterate_hosts().pages())
    assert [len(page.elements) for page in found] == [2, 1]
    assert isinstance(found[0], pages.PageOfHost)


def test_offsets(collect: Collect) -> None:
    def serve(request: httpx2.Request) -> httpx2.Response:
        first, most = (int(request.url.params.get(name, 0)) for name in ("first", "max"))
        return ok([{"username": f"u{i}"} for i in range(first, min(first + most, 5))])

    server = Server(serve)
    users = collect(server, lambda client: client.users.iterate_users(max=2))
    assert [user.username for user in users] == ["u0", "u1", "u2", "u3", "u4"]
    assert [query.get("first") for query in server.queries] == [None, "2", "4", "5"]


LINKS = [
    '<https://pages.test/api/repos/me/issues?state=open&page=2>; rel="next", <?page=9>; rel=last',
    '<http://10.0.0.1/elsewhere?page=3&state=open>; title="a, b"; REL=NEXT',
    '</repos/me/issues?page=1>; rel="first prev"',
]


def test_links_lead_on_and_only_their_query_counts(collect: Collect) -> None:
    seen: list[httpx2.URL] = []

    def serve(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url)
        return ok([{"number": len(seen)}], Link=LINKS[len(seen) - 1])

    issues = collect(
        Server(serve), lambda client: client.issues.iterate_for_repo("me", state="open")
    )
    assert [issue.number for issue in issues] == [1, 2, 3]
    assert [str(url) for url in seen] == [
        "https://pages.test/api/repos/me/issues?state=open",
        "https://pages.test/api/repos/me/issues?state=open&page=2",
        "https://pages.test/api/repos/me/issues?page=3&state=open",
    ]


def test_without_a_link_there_is_one_page(collect: Collect) -> None:
    server = Server(lambda _: ok([{"number": 1}]))
    assert len(collect(server, lambda client: client.issues.iterate_for_repo("me"))) == 1


def of_cursors(*cursors: str | None) -> Server:
    turns: Iterator[str | None] = iter(cursors)

    def serve(_: httpx2.Request) -> httpx2.Response:
        cursor = next(turns)
        more = {"cursor": cursor} if cursor is not None else {}
        return ok({"results": [{"id": str(cursor)}], "_links": [], **more})

    return Server(serve)


@pytest.mark.parametrize("end", [None, ""])
def test_cursors(collect: Collect, end: str | None) -> None:
    server = of_cursors("a&b", "c", end)
    segments = collect(server, lambda client: client.segments.iterate_all_segments(page_size=1))
    assert [segment.id for segment in segments] == ["a&b", "c", str(end)]
    assert [query.get("cursor") for query in server.queries] == [None, "a&b", "c"]
    assert {query["page_size"] for query in server.queries} == {"1"}


def test_a_cursor_that_was_there_before_ends_it(collect: Collect) -> None:
    server = of_cursors("a", "b", "a", "b")
    assert len(collect(server, lambda client: client.segments.iterate_all_segments())) == 3


def test_a_page_without_items_is_no_end_where_there_is_a_cursor(collect: Collect) -> None:
    bodies = iter([{"entries": [], "next_marker": "m"}, {"entries": ["a"], "next_marker": None}])
    server = Server(lambda _: ok(next(bodies)))
    assert collect(server, lambda client: client.folders.iterate_folders_id_items("0")) == ["a"]


def test_a_page_that_is_none_is_the_last(collect: Collect) -> None:
    server = Server(lambda _: httpx2.Response(204))
    assert collect(server, lambda client: client.folders.iterate_folders_id_items("0")) == []


def test_urls(collect: Collect) -> None:
    def serve(request: httpx2.Request) -> httpx2.Response:
        token = request.url.params.get("skip", "")
        link = {"nextLink": "https://internal/machines?skip=2%26"} if not token else {}
        return ok({"value": [token], **link})

    assert collect(Server(serve), lambda client: client.machines.iterate()) == ["", "2&"]


def test_more(collect: Collect) -> None:
    def serve(request: httpx2.Request) -> httpx2.Response:
        index = int(request.url.params.get("index", 0))
        return ok({"data": {"rows": [index]}, "more": index < 2})

    server = Server(serve)
    assert collect(server, lambda client: client.orders.iterate_get()) == [0, 1, 2]
    assert len(server.queries) == 3


def test_an_error_between_two_pages_is_raised(collect: Collect) -> None:
    answers = iter([ok({"results": [{"id": "1"}], "cursor": "c"}), httpx2.Response(500)])
    server = Server(lambda _: next(answers))
    with pytest.raises(pages.ApiError):
        collect(server, lambda client: client.segments.iterate_all_segments())


def test_what_is_in_doubt_or_off_has_no_iterator() -> None:
    names = {name for name in dir(pages.operations.OrdersOperations) if name.startswith("iterate")}
    assert names == {"iterate_get", "iterate"}

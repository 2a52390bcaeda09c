"""Pages of published documents: iterated over a server that has several, sync and async.

The configurations are those of docs/vendors.md, which are shown to be right by this.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from driving import load as imported
from support import selected, write_files
from vcgen.config.files import load
from vcgen.pipeline import generate

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SPECS = ROOT.parent / "shared" / "specs"
URL = "https://fake.test/api"
ITEMS = [{"id": str(number)} for number in range(5)]


@dataclass(frozen=True)
class Vendor:
    """A document that pages, and how its server does.

    Attributes:
        heading: The section of the documentation with the configuration.
        spec: The document.
        iterate: Returns the iterator of a client, of pages of two items.
        kind: The class of an item.
        reply: Returns the body for a query.
    """

    heading: str
    spec: str
    iterate: Callable[[Any], Any]
    kind: str
    reply: Callable[[httpx2.QueryParams], Any]


def by_number(query: httpx2.QueryParams) -> Any:
    start = 2 * int(query.get("pageNumber", "0"))
    return {"elements": ITEMS[start : start + 2], "pageMetadata": {"totalElements": 5}}


def by_cursor(query: httpx2.QueryParams) -> Any:
    start = int(query.get("cursor", "at-0").removeprefix("at-"))
    after = {"cursor": f"at-{start + 2}"} if start < 4 else {}
    return {"results": ITEMS[start : start + 2], **after}


def by_offset(query: httpx2.QueryParams) -> Any:
    start = int(query.get("first", "0"))
    return ITEMS[start : start + int(query["max"])]


def segments(client: Any) -> Any:
    resource = client.policy_networking_connectivity_segments_segments
    return resource.iterate_all_infra_segments(page_size=2)


VENDORS = {
    "sddc": Vendor(
        "SDDC Manager",
        "vcf-9.1/sddc-manager-openapi.json",
        lambda client: client.hosts.iterate_hosts(page_size=2),
        "Host",
        by_number,
    ),
    "nsx": Vendor("NSX", "others/nsx-policy.json", segments, "Segment", by_cursor),
    "keycloak": Vendor(
        "Keycloak",
        "others/keycloak23.json",
        lambda client: client.users.iterate_users_by_realm("master", max=2),
        "UserRepresentation",
        by_offset,
    ),
}


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="vendors")


@cache
def package_of(name: str) -> ModuleType:
    """Generate a client as the documentation has it, and import it."""
    vendor = VENDORS[name]
    text = (ROOT / "docs" / "vendors.md").read_text(encoding="utf-8")
    section = text.partition(f"## {vendor.heading}\n")[2].partition("\n## ")[0]
    toml = section.partition("```toml\n")[2].partition("```")[0]
    folder = Path(_scratch().name) / name
    spec = str(SPECS / vendor.spec)
    write_files(folder, {"vcgen.toml": re.sub(r'spec = ".*"', f'spec = "{spec}"', toml, count=1)})
    (client,) = load(folder / "vcgen.toml").clients
    write_files(folder / "client", dict(generate(selected(client, folder))))
    return imported((folder / "client").rename(folder / f"{name}_api"))


def items_of(name: str, is_async: bool, reply: Callable[[httpx2.QueryParams], Any]) -> list[Any]:
    """Return what the iterator of a client yields, of a server that replies so."""
    package, iterate = package_of(name), VENDORS[name].iterate

    def respond(request: httpx2.Request) -> httpx2.Response:
        assert request.method == "GET"
        return httpx2.Response(200, json=reply(request.url.params))

    transport = httpx2.MockTransport(respond)
    if not is_async:
        with httpx2.Client(transport=transport) as http:
            return list(iterate(package.Client(base_url=URL, http=http)))

    async def main() -> list[Any]:
        async with httpx2.AsyncClient(transport=transport) as http:
            return [one async for one in iterate(package.AsyncClient(base_url=URL, http=http))]

    return asyncio.run(main())


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("name", VENDORS)
def test_all_items_come_in_order_and_typed(shared: Path, name: str, is_async: bool) -> None:
    found = items_of(name, is_async, VENDORS[name].reply)
    assert [one.id for one in found] == [one["id"] for one in ITEMS]
    assert {type(one).__name__ for one in found} == {VENDORS[name].kind}


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("name", VENDORS)
def test_a_page_that_comes_again_is_the_last(shared: Path, name: str, is_async: bool) -> None:
    """The server takes no notice of the parameter."""
    calls: list[str] = []

    def reply(query: httpx2.QueryParams) -> Any:
        calls.append(str(query))
        body = VENDORS[name].reply(httpx2.QueryParams({"max": "2"}))
        return {**body, "pageMetadata": {"totalElements": 99}} if name == "sddc" else body

    found = items_of(name, is_async, reply)
    assert (len(calls), len(found)) == (2, 2)


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_a_cursor_that_comes_again_is_the_end(shared: Path, is_async: bool) -> None:
    rest = iter(ITEMS)
    found = items_of("nsx", is_async, lambda _: {"results": [next(rest)], "cursor": "same"})
    assert [one.id for one in found] == ["0", "1"]

"""A Django REST framework app, from the document that drf-spectacular makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from served import Caller, Server, generated, python, serving

pytestmark = pytest.mark.contract
APP = Path(__file__).parent / "servers" / "django_app.py"
BOUGHT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    def command(port: int) -> list[str]:
        return [python(), str(APP), str(port)]

    with serving(command, "/schema", tmp_path_factory.mktemp("django")) as server:
        yield server


@pytest.fixture(scope="module")
def api(server: Server, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return generated(server.document("/schema"), "django_client", tmp_path_factory.mktemp("client"))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=server.url)


@pytest.fixture
def book(call: Caller, api: ModuleType) -> Any:
    """A book that the server has."""
    made = api.models.Book(title="Emma", price=Decimal("7.50"), bought=BOUGHT)
    return call(lambda client: client.api.books_create(made))


def test_what_the_server_fills_in_is_not_sent(call: Caller, api: ModuleType, book: Any) -> None:
    assert isinstance(book.id, int)
    assert book.made.tzinfo is not None
    assert book.price == Decimal("7.50")
    assert book.bought == BOUGHT
    assert book.state == api.models.StateEnum.NEW
    assert book == call(lambda client: client.api.books_retrieve(book.id))


def test_absent_null_and_a_value_are_three_things(call: Caller, api: ModuleType, book: Any) -> None:
    def price(change: Any) -> Any:
        act = lambda client: client.api.books_partial_update(book.id, body=change)  # noqa: E731
        return call(act).price

    assert price(api.models.PatchedBook(title="Persuasion")) == Decimal("7.50")
    assert price(api.models.PatchedBook(price=None)) is None
    assert price(api.models.PatchedBook(price=Decimal("1.25"))) == Decimal("1.25")


def test_what_was_read_can_be_sent_back(call: Caller, api: ModuleType, book: Any) -> None:
    book.state = api.models.StateEnum.USED
    found = call(lambda client: client.api.books_update(book.id, book))
    assert found == book


def test_pages(call: Caller, api: ModuleType) -> None:
    for title in ("A", "B", "C"):
        call(lambda client, t=title: client.api.books_create(api.models.Book(title=t)))
    first = call(lambda client: client.api.books_list(limit=2))
    assert (len(first.results), first.previous) == (2, None)
    assert "offset=2" in first.next
    assert call(lambda client: client.api.books_list(limit=2, offset=2)).previous is not None


def test_pages_are_found(server: Server, api: ModuleType) -> None:
    call = Caller(api, is_async=False, base_url=server.url)
    for title in ("D", "E", "F"):
        call(lambda client, t=title: client.api.books_create(api.models.Book(title=t)))
    titles = call(lambda client: [one.title for one in client.api.iterate_books_list(limit=2)])
    assert titles[-3:] == ["D", "E", "F"]


def test_wrong_fields_are_in_the_message(call: Caller, api: ModuleType) -> None:
    wrong = api.models.Book(title="x" * 30, state="lost")
    with pytest.raises(api.BadRequest, match=r"title: .*20 characters.*state: .*lost"):
        call(lambda client: client.api.books_create(wrong))


def test_errors_that_the_document_does_not_have(call: Caller, api: ModuleType) -> None:
    with pytest.raises(api.NotFound, match="No Book matches"):
        call(lambda client: client.api.books_retrieve(10_000))


def test_delete_returns_nothing(call: Caller, book: Any) -> None:
    assert call(lambda client: client.api.books_destroy(book.id)) is None

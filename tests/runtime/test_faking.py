"""The fake server of a package: what it answers, checks and records, for either flavour."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from driving import fake_of, golden

pages = golden("pages")
vcenter = golden("testing")
URL = {"base_url": "https://fake.test/api"}
Info = vcenter.VmGuestCustomizationInfo
Status = vcenter.VmGuestCustomizationInfoStatus


@pytest.fixture(params=["sync", "async"])
def use(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Return what does something with a client of a fake server."""

    def use(package: Any, fake: Any, act: Callable[[Any], Any], **options: Any) -> Any:
        options = {**URL, **options}
        if request.param == "sync":
            return act(package.Client(http=httpx2.Client(transport=fake), **options))

        async def main() -> Any:
            http = httpx2.AsyncClient(transport=fake)
            found = act(package.AsyncClient(http=http, **options))
            return await found if inspect.isawaitable(found) else found

        return asyncio.run(main())

    return use


Use = Callable[..., Any]


def get(client: Any) -> Any:
    return client.vm_guest_customization.get("vm/42")


def test_values_come_in_turn_and_the_last_stays(use: Use) -> None:
    fake = fake_of(vcenter)
    operation = fake.vm_guest_customization.get
    operation.returns(Info(status=Status.PENDING), Info(status=Status.SUCCEEDED))
    found = [use(vcenter, fake, get, session_id="token").status for _ in range(3)]
    assert found == ["PENDING", "SUCCEEDED", "SUCCEEDED"]
    assert [call.arguments for call in operation.calls] == [{"vm": "vm/42"}] * 3
    assert operation.calls[0].request.headers["vmware-api-session-id"] == "token"


def test_what_is_added_after_a_call_comes_next(use: Use) -> None:
    fake = fake_of(vcenter)
    operation = fake.vm_guest_customization.get
    found: list[str] = []
    for status in Status.PENDING, Status.RUNNING, Status.SUCCEEDED:
        operation.returns(Info(status=status))
        found += [use(vcenter, fake, get, session_id="token").status for _ in range(2)]
    assert found == ["PENDING", "PENDING", "RUNNING", "RUNNING", "SUCCEEDED", "SUCCEEDED"]
    operation.breaks()
    with pytest.raises(vcenter.TransportError):
        use(vcenter, fake, get, session_id="token")


def test_errors_have_the_declared_status_and_kind(use: Use) -> None:
    fake = fake_of(vcenter)
    fake.vm_guest_customization.get.raises(vcenter.NotFound)
    with pytest.raises(vcenter.NotFound) as caught:
        use(vcenter, fake, get, session_id="token")
    assert caught.value.status_code == 404


def test_tools_that_do_not_run(use: Use) -> None:
    fake = fake_of(vcenter)
    body = {"error_type": "SERVICE_UNAVAILABLE", "messages": [{"default_message": "No Tools."}]}
    fake.vm_guest_customization.get.raises(vcenter.ServiceUnavailable, body)
    with pytest.raises(vcenter.ServiceUnavailable, match=r"No Tools\."):
        use(vcenter, fake, get, session_id="token")


def test_a_kind_without_a_status_needs_one(use: Use) -> None:
    fake = fake_of(vcenter)
    with pytest.raises(ValueError, match="declares no InvalidArgument: pass status="):
        fake.vm_guest_customization.get.raises(vcenter.InvalidArgument)
    fake.vm_guest_customization.get.raises(vcenter.InvalidArgument, status=400)
    with pytest.raises(vcenter.InvalidArgument):
        use(vcenter, fake, get, session_id="token")


def test_a_dropped_connection(use: Use) -> None:
    fake = fake_of(vcenter)
    fake.vm_guest_customization.get.drops()
    with pytest.raises(vcenter.TransportError, match="dropped"):
        use(vcenter, fake, get, session_id="token", retries=0)


def login(fake: Any) -> Any:
    http = httpx2.Client(transport=fake)
    return vcenter.Client.login(None, "user", "word", **URL, http=http)


def test_a_session_that_expires_is_opened_anew() -> None:
    fake = fake_of(vcenter)
    fake.vm_guest_customization.get.returns(Info(status=Status.IDLE))
    with login(fake) as client:
        fake.expire_sessions()
        assert get(client).status == "IDLE"
        assert fake.open_sessions == 1
    assert fake.open_sessions == 0


def test_too_many_sessions() -> None:
    fake = fake_of(vcenter)
    fake.limit_sessions(1)
    with login(fake), pytest.raises(vcenter.ServiceUnavailable):
        login(fake)
    with login(fake):
        assert fake.open_sessions == 1


def test_what_nobody_said_is_no_answer(use: Use) -> None:
    with pytest.raises(AssertionError, match=r"vm_guest_customization\.get was called"):
        use(vcenter, fake_of(vcenter), get, session_id="token")


def test_an_operation_that_is_none() -> None:
    http = httpx2.Client(transport=fake_of(vcenter))
    with pytest.raises(AssertionError, match="no operation of this client is GET /nowhere"):
        http.get("https://fake.test/nowhere")


def test_a_function_of_the_arguments(use: Use) -> None:
    fake = fake_of(pages)

    def hosts(*, page_number: int | None = None, page_size: int | None = None, **_: object) -> Any:
        return pages.PageOfHost(elements=[pages.Host(id=f"{page_number!r}-{page_size!r}")])

    fake.hosts.get_hosts.answers(hosts)
    found = use(pages, fake, lambda client: client.hosts.get_hosts(page_number=7))
    assert found.elements[0].id == "7-None"


def test_what_is_sent_is_checked_and_recorded(use: Use) -> None:
    fake = fake_of(pages)
    fake.hosts.add_host.returns(pages.Host(id="new"))
    sent = pages.Host(id="h")
    assert use(pages, fake, lambda c: c.hosts.add_host(sent, x_trace=5)).id == "new"
    assert fake.hosts.add_host.calls[0].arguments == {"body": sent, "x_trace": 5}


@pytest.mark.parametrize(
    ("method", "target", "options", "complaint"),
    [
        ("GET", "hosts?pageNumber=x", {}, "page_number: Expected `int"),
        ("GET", "hosts?page=1", {}, "no query parameter page"),
        ("POST", "hosts", {"content": b"[]"}, "body: Expected `object`"),
        ("POST", "hosts", {"json": {}, "headers": {"X-Trace": "x"}}, "x_trace: Expected `int"),
    ],
)
def test_what_does_not_fit_the_document_fails_the_test(
    method: str, target: str, options: dict[str, Any], complaint: str
) -> None:
    http = httpx2.Client(transport=fake_of(pages))
    with pytest.raises(AssertionError, match=complaint):
        http.request(method, f"https://fake.test/api/{target}", **options)


def test_a_value_that_is_none_of_the_operation() -> None:
    fake = fake_of(pages)
    fake.users.get_users.returns("text")
    with pytest.raises(TypeError, match=r"users\.get_users has no response of type str"):
        pages.Client(http=httpx2.Client(transport=fake), **URL).users.get_users()


# Streams

streams = golden("streams")
Change = streams.Change


@pytest.mark.parametrize("method", ["watch", "lines", "whole", "texts", "sequence", "anything"])
def test_streams_come_as_they_were_told(use: Use, method: str) -> None:
    change = Change(kind=streams.ChangeKind.ADDED, names=["a\nb"])
    whole = streams.StreamWhole(data=change, event="e", id="1")
    told: dict[str, list[Any]] = {
        "watch": [change, change],
        "lines": [change, change],
        "whole": [whole, whole],
        "texts": ["a\nb", "", " c"],
        "sequence": [{"a": [1]}, {}],
        "anything": [{"a": 1}, "text", 5],
    }
    fake = fake_of(streams)
    getattr(fake.stream, method).streams(*told[method])

    async def read(client: Any) -> list[Any]:
        return [one async for one in await getattr(client.stream, method)()]

    def act(client: Any) -> Any:
        if isinstance(client, streams.AsyncClient):
            return read(client)
        return list(getattr(client.stream, method)())

    assert use(streams, fake, act, strict=True) == told[method]
    assert len(getattr(fake.stream, method).calls) == 1

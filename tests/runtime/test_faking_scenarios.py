"""What a fake server demands, and what goes wrong with it: limits, credentials, scenarios."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from driving import fake_of, golden

hosts = golden("fake_server")
URL = "https://fake.test/api"
Host = hosts.Host


@pytest.fixture(params=["sync", "async"])
def use(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Return what does something with a client of a fake server."""

    def use(fake: Any, act: Callable[[Any], Any], package: Any = hosts, **options: Any) -> Any:
        if request.param == "sync":
            http = httpx2.Client(transport=fake)
            return act(package.Client(base_url=URL, http=http, **options))

        async def main() -> Any:
            http = httpx2.AsyncClient(transport=fake)
            found = act(package.AsyncClient(base_url=URL, http=http, **options))
            return await found if inspect.isawaitable(found) else found

        return asyncio.run(main())

    return use


Use = Callable[..., Any]


# Limits


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"name": ""}, r"body\.name: minLength is 1, and this is ''"),
        ({"name": "x" * 9}, "maxLength is 8"),
        ({"name": "UP"}, r"pattern is \^\[a-z\]\+\$, and this is 'UP'"),
        ({"name": "h", "ports": []}, "ports: minItems is 1"),
        ({"name": "h", "ports": [1, 1]}, "ports: uniqueItems is True"),
        ({"name": "h", "ports": [1, 65536]}, r"ports\[1\]: exclusiveMaximum is 65536"),
        ({"name": "h", "share": 0}, "share: exclusiveMinimum is 0, and this is 0"),
        ({"name": "h", "share": 0.25}, r"share: multipleOf is 0\.1"),
        ({"name": "h", "level": 0.75}, r"level: enum is \('0\.5', '1'\)"),
        ({"name": "h", "labels": {"a": "1", "b": "2"}}, "labels: maxProperties is 1"),
        ({"name": "h", "labels": {"a": "long"}}, r"labels\['a'\]: maxLength is 3"),
        ({"name": "h", "parent": Host(name="")}, r"parent\.name: minLength is 1"),
        ({"name": "h", "mode": hosts.Mode("odd")}, "mode: .*odd.* is not listed"),
        ({"name": "h", "id": "h-1"}, r"body\.id: it is read-only, and was sent"),
        ({"name": "h", "parent": Host(name="p", up=False)}, r"parent\.up: it is read-only"),
        (
            {"name": "h", "code": "ab", "ports": [1], "share": 1, "level": 1, "labels": {}}
            | {"mode": hosts.Mode.FAST},
            "body: maxProperties is 6",
        ),
    ],
)
def test_what_exceeds_a_limit_fails_the_test(use: Use, sent: Any, complaint: str) -> None:
    fake = fake_of(hosts)
    fake.hosts.add.returns(Host(name="new"))
    with pytest.raises(AssertionError, match=f"^hosts.add: .*{complaint}"):
        use(fake, lambda client: client.hosts.add(Host(**sent)), oauth="token")


def test_what_keeps_to_the_limits_is_taken(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.add.returns(Host(name="new"))
    sent = Host(name="h", ports=[1, 2], share=0.3, level=1, labels={"a": "b"})
    assert use(fake, lambda client: client.hosts.add(sent), oauth="token").name == "new"


def test_limits_of_parameters(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.returns([])
    with pytest.raises(AssertionError, match=r"hosts\.find: size: maximum is 100, and this is 101"):
        use(fake, lambda client: client.hosts.find(size=101), oauth="token")
    with pytest.raises(AssertionError, match=r"hosts\.find: tags\[1\]: minLength is 2"):
        use(fake, lambda client: client.hosts.find(tags=["ab", "c"]), oauth="token")


# Arguments


def test_arguments_in_styles_and_headers(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.returns([])
    given = {"filter": hosts.Filter(name="a|b", ports=[1, 2]), "tags": ["a b", "c,d"], "x_trace": 5}
    use(fake, lambda client: client.hosts.find(**given), oauth="token")
    assert fake.hosts.find.calls[0].arguments == given
    assert fake.hosts.find.called_with(**given) == fake.hosts.find.calls
    assert fake.hosts.find.called_with(**given, size=None) == fake.hosts.find.calls
    assert fake.hosts.find.called_with(**{**given, "x_trace": 6}) == []
    assert fake.hosts.find.called_with(x_trace=5) == []


@pytest.mark.parametrize("name", ["filter", "filter[name]", "filters[name]"])
def test_a_query_parameter_that_there_is_not(name: str) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.returns([])
    http = httpx2.Client(transport=fake, headers={"Authorization": "Bearer x"})
    if name == "filter[name]":
        assert http.get(f"{URL}/hosts", params={name: "x"}).status_code == 200
        return
    complaint = "no query parameter" if name == "filters[name]" else "Expected `object`"
    with pytest.raises(AssertionError, match=complaint):
        http.get(f"{URL}/hosts", params={name: "x"})


def test_a_file_keeps_its_name(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.put_disk.returns(None)
    content = b"\r\n--x\r\n\x00"
    sent = hosts.Disk(file=hosts.File(content, 'a "b".img', "image/x"), label="l")
    use(fake, lambda client: client.hosts.put_disk("h", sent))
    got = fake.hosts.put_disk.calls[0].arguments["body"]
    assert got == sent
    assert (got.file.filename, got.file.media_type) == ('a "b".img', "image/x")


# Responses


def test_bytes_that_are_downloaded(use: Use, tmp_path: Path) -> None:
    fake = fake_of(hosts)
    fake.hosts.disk.sends(b"abc" * 100_000, headers={"ETag": "x"})

    def act(client: Any) -> Any:
        path = tmp_path / "disk"
        if isinstance(client, hosts.Client):
            return client.hosts.disk("h").save(path)

        async def download() -> None:
            await (await client.hosts.disk("h")).asave(path)

        return download()

    use(fake, act, key="secret")
    assert (tmp_path / "disk").read_bytes() == b"abc" * 100_000


def test_a_reply_is_read_as_the_class_that_it_has(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.add.returns(Host(name="new"), hosts.Problem(message="later"))
    found = [use(fake, lambda c: c.hosts.add(Host(name="h")), oauth="t") for _ in range(2)]
    assert found == [Host(name="new"), hosts.Problem(message="later")]


def test_headers_of_responses(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.raises(hosts.ServiceUnavailable, headers={"Retry-After": "0", "X-Id": "1"})
    fake.hosts.find.returns([], headers={"X-Id": "2"})
    with hosts.recorded_responses() as responses:
        assert use(fake, lambda client: client.hosts.find(), oauth="token") == []
    assert [one.headers["X-Id"] for one in responses] == ["2"]
    assert len(fake.hosts.find.calls) == 2


# Credentials


def test_credentials_that_are_not_sent(use: Use) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.returns([])
    fake.hosts.disk.sends(b"")
    with pytest.raises(AssertionError, match=r"^hosts\.find needs credentials: oauth$"):
        use(fake, lambda client: client.hosts.find())
    wanted = "key or cookie and query"
    with pytest.raises(AssertionError, match=rf"^hosts\.disk needs credentials: {wanted}$"):
        use(fake, lambda client: client.hosts.disk("h"), cookie="a")
    use(fake, lambda client: client.hosts.disk("h"), cookie="a", query="b")
    use(fake, lambda client: client.hosts.disk("h"), key="a")


def test_credentials_that_expire(use: Use) -> None:
    tokens = iter(["one", "two"])
    fake = fake_of(hosts)
    fake.hosts.find.returns([])

    def act(client: Any) -> Any:
        if isinstance(client, hosts.Client):
            client.hosts.find()
            fake.expire_credentials()
            return client.hosts.find()

        async def main() -> Any:
            await client.hosts.find()
            fake.expire_credentials()
            return await client.hosts.find()

        return main()

    assert use(fake, act, oauth=lambda: next(tokens)) == []
    sent = [call.request.headers["Authorization"] for call in fake.hosts.find.calls]
    assert sent == ["Bearer one", "Bearer two"]
    with pytest.raises(hosts.ApiError, match="401"):
        use(fake, lambda client: client.hosts.find(), oauth="one")


@pytest.mark.parametrize("in_body", [True, False])
def test_tokens_are_granted(use: Use, in_body: bool) -> None:
    fake = fake_of(hosts)
    fake.hosts.find.returns([])
    given = hosts.ClientCredentials(client_id="me", client_secret="secret", in_body=in_body)

    def act(client: Any) -> Any:
        if isinstance(client, hosts.Client):
            client.hosts.find()
            fake.expire_credentials()
            return client.hosts.find()

        async def main() -> Any:
            await client.hosts.find()
            fake.expire_credentials()
            return await client.hosts.find()

        return main()

    assert use(fake, act, oauth=given) == []
    assert [str(one.url) for one in fake.token_requests] == ["https://login.test/token"] * 2
    sent = [call.request.headers["Authorization"] for call in fake.hosts.find.calls]
    assert sent == ["Bearer token-1", "Bearer token-2"]


def test_a_response_that_breaks_off(use: Use) -> None:
    fake = fake_of(hosts)
    find = fake.hosts.find
    find.returns([Host(name="a")])
    find.breaks()
    find.returns([Host(name="b", id="h-1")])
    with pytest.raises(hosts.TransportError, match="dropped within the body"):
        use(fake, lambda client: client.hosts.find(), oauth="token")
    assert len(find.calls) == 1  # the server has begun to respond: it is not sent again
    found = use(fake, lambda client: client.hosts.find(), oauth="token")
    assert found == [Host(name="b", id="h-1")]


def test_a_download_that_breaks_off_leaves_no_file(use: Use, tmp_path: Path) -> None:
    fake = fake_of(hosts)
    fake.hosts.disk.sends(b"0123456789")
    fake.hosts.disk.breaks()

    async def later(client: Any) -> None:
        await (await client.hosts.disk("h")).asave(tmp_path / "disk")

    def save(client: Any) -> Any:
        if isinstance(client, hosts.Client):
            return client.hosts.disk("h").save(tmp_path / "disk")
        return later(client)

    with pytest.raises(hosts.TransportError):
        use(fake, save, key="secret")
    assert list(tmp_path.iterdir()) == []


def test_nothing_cannot_break_off() -> None:
    with pytest.raises(ValueError, match=r"hosts\.find has no response yet"):
        fake_of(hosts).hosts.find.breaks()


# Scenarios of virtual machines

vcenter = golden("testing")
Info = vcenter.VmGuestCustomizationInfo
Status = vcenter.VmGuestCustomizationInfoStatus
NO_TOOLS = {
    "error_type": "SERVICE_UNAVAILABLE",
    "messages": [{"id": "tools_not_running", "default_message": "No Tools.", "args": []}],
}


def wait(client: Any) -> Any:
    return client.vm_guest_customization.wait_until_finished("vm-42", timeout=60)


def test_from_tools_that_do_not_run_to_success(use: Use) -> None:
    fake = fake_of(vcenter)
    get = fake.vm_guest_customization.get
    get.raises(vcenter.ServiceUnavailable, NO_TOOLS)
    get.returns(Info(status=Status.PENDING))
    get.drops()
    get.returns(Info(status=Status.RUNNING), Info(status=Status.SUCCEEDED))
    assert use(fake, wait, vcenter, session_id="token").status == "SUCCEEDED"
    assert [call.arguments for call in get.calls] == [{"vm": "vm-42"}] * 5


def test_tools_that_never_run(use: Use) -> None:
    fake = fake_of(vcenter)
    fake.vm_guest_customization.get.raises(vcenter.ServiceUnavailable, NO_TOOLS)
    with pytest.raises(vcenter.ServiceUnavailable, match=r"No Tools\."):
        use(fake, lambda c: c.vm_guest_customization.get("vm-42"), vcenter, session_id="token")
    assert len(fake.vm_guest_customization.get.calls) == 1  # without Retry-After


def test_a_session_that_expires_while_waiting(use: Use) -> None:
    fake = fake_of(vcenter)

    def info(vm: str) -> Any:
        if len(fake.vm_guest_customization.get.calls) == 2:
            fake.expire_sessions()
        is_over = len(fake.vm_guest_customization.get.calls) == 4
        return Info(status=Status.SUCCEEDED if is_over else Status.RUNNING)

    fake.vm_guest_customization.get.answers(info)
    found = use(fake, wait, vcenter, basic_auth=("user", "password"))
    assert found.status == "SUCCEEDED"
    assert len(fake.session.create.calls) == 2


def test_a_session_too_many(use: Use) -> None:
    fake = fake_of(vcenter)
    fake.limit_sessions(1)
    fake.vm_guest_customization.get.returns(Info(status=Status.IDLE))
    get = lambda client: client.vm_guest_customization.get("vm-42")  # noqa: E731
    use(fake, get, vcenter, basic_auth=("user", "password"))  # stays open
    with pytest.raises(vcenter.ServiceUnavailable):
        use(fake, get, vcenter, basic_auth=("user", "password"))
    assert fake.open_sessions == 1
    assert len(fake.session.create.calls) == 2


# Responses of any type


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        ("motto", ["text", ""]),
        ("version", ["text", 5, None, {"a": [1]}, []]),
        ("status", ["text", 5, None, {"a": [1]}, []]),
    ],
)
def test_texts_and_values_of_any_type_are_returned(
    operation: str, values: list[Any], use: Use
) -> None:
    for value in values:
        fake = fake_of(hosts)
        getattr(fake.hosts, operation).returns(value)
        assert use(fake, lambda client: getattr(client.hosts, operation)()) == value

"""The stand-in answers the generated client as a vCenter would, and the demo tells the truth."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "generated"))

import demo
from server import Machine, StandIn, sample_machines
from vcenter_guest_customization import (
    AsyncClient,
    Client,
    NotFound,
    ServiceUnavailable,
    Unauthenticated,
)

DEMO = Path(__file__).with_name("demo.py")
USER = ("operator", "pass:wörd")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the requests on this machine, whatever the environment says."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn(*USER) as standin:
        yield standin


@pytest.fixture
def vcenter(server: StandIn) -> Iterator[Client]:
    with Client.login(None, *USER, base_url=server.base_url) as client:
        yield client


def test_sessions_are_counted(server: StandIn) -> None:
    first = Client.login(None, *USER, base_url=server.base_url)
    second = Client.login(None, *USER, base_url=server.base_url)
    assert server.open_sessions == 2
    first.close()
    assert server.open_sessions == 1
    second.close()
    assert server.open_sessions == 0


def test_wrong_password_opens_no_session(server: StandIn) -> None:
    with pytest.raises(Unauthenticated) as caught:
        Client.login(None, "operator", "guess", base_url=server.base_url)
    assert caught.value.error is not None
    assert caught.value.error.error_type == "UNAUTHENTICATED"
    assert caught.value.error.challenge == 'Basic realm="stand-in"'
    assert server.open_sessions == 0


@pytest.mark.parametrize("token", [None, "stale"])
def test_call_without_a_session_is_refused(server: StandIn, token: str | None) -> None:
    with Client(base_url=server.base_url, session_id=token) as vcenter:
        for call in (vcenter.session.delete, lambda: vcenter.vm_guest_customization.get("vm-42")):
            with pytest.raises(Unauthenticated) as caught:
                call()
            assert caught.value.error is not None
            assert caught.value.error.challenge


def test_customization_takes_a_step_at_every_poll(vcenter: Client) -> None:
    infos = [vcenter.vm_guest_customization.get("vm-42") for _ in range(5)]
    statuses = [info.status for info in infos]
    assert statuses == ["PENDING", "RUNNING", "RUNNING", "SUCCEEDED", "SUCCEEDED"]
    assert [info.start_time is not None for info in infos] == [False, True, True, True, True]
    assert [info.end_time is not None for info in infos] == [False, False, False, True, True]
    # Times are those of the events: later polls do not move them.
    assert len({info.start_time for info in infos[1:]}) == 1
    assert infos[3] == infos[4]
    assert all(info.error is None for info in infos)


def test_failed_customization_says_why(vcenter: Client) -> None:
    *_, running, failed = [vcenter.vm_guest_customization.get("vm-43") for _ in range(3)]
    assert (running.status, running.error, running.end_time) == ("RUNNING", None, None)
    assert (failed.status, failed.error) == ("FAILED", "The host name is taken.")
    assert failed.start_time is not None
    assert failed.end_time is not None
    assert failed.start_time <= failed.end_time


def test_idle_customization_has_no_times() -> None:
    machines = {"vm-1": Machine(["IDLE"])}
    with (
        StandIn(*USER, machines) as server,
        Client.login(None, *USER, base_url=server.base_url) as vcenter,
    ):
        info = vcenter.vm_guest_customization.get("vm-1")
    assert (info.status, info.start_time, info.end_time) == ("IDLE", None, None)


@pytest.mark.parametrize("vm", ["vm-7", "a/b", "a?b#c", "größe 1"])
def test_unknown_machine_is_named_in_the_error(vcenter: Client, vm: str) -> None:
    with pytest.raises(NotFound) as caught:
        vcenter.vm_guest_customization.get(vm)
    assert str(caught.value).endswith(f"404 NotFound: There is no virtual machine {vm!r}.")
    assert caught.value.error is not None
    assert caught.value.error.messages[0].args == [vm]


def test_guest_without_tools_is_unavailable(vcenter: Client) -> None:
    with pytest.raises(ServiceUnavailable, match=r"503 .*VMware Tools is not running"):
        vcenter.vm_guest_customization.get("vm-44")


@pytest.mark.parametrize(("method", "path"), [("GET", "/session"), ("DELETE", "/vcenter/vm/x")])
def test_unknown_operation_is_an_error_of_its_own(server: StandIn, method: str, path: str) -> None:
    response = httpx2.request(method, server.base_url + path)
    assert response.status_code == 404
    assert response.json()["error_type"] == "OPERATION_NOT_FOUND"


def test_header_names_in_any_case_will_do(server: StandIn) -> None:
    token = httpx2.post(f"{server.base_url}/session", auth=USER).json()
    headers = {"VMware-API-Session-ID": token}
    assert httpx2.delete(f"{server.base_url}/session", headers=headers).status_code == 204


def test_expired_session_is_renewed(server: StandIn, vcenter: Client) -> None:
    server.expire_sessions()
    assert server.open_sessions == 0
    server.exchanges.clear()
    assert vcenter.vm_guest_customization.get("vm-42").status == "PENDING"
    assert [exchange.status for exchange in server.exchanges] == [401, 201, 200]
    assert server.open_sessions == 1


def test_async_client_sees_the_same_server(server: StandIn) -> None:
    async def visit() -> list[str]:
        login = AsyncClient.login(None, *USER, base_url=server.base_url)
        async with await login as vcenter:
            first = await vcenter.vm_guest_customization.get("vm-42")
            server.expire_sessions()
            # Two calls meet the end of the session, and one login serves both.
            both = await asyncio.gather(
                *[vcenter.vm_guest_customization.get("vm-42") for _ in range(2)]
            )
            return [first.status, *(info.status for info in both)]

    assert asyncio.run(visit()) == ["PENDING", "RUNNING", "RUNNING"]
    assert [exchange.status for exchange in server.exchanges].count(201) == 2
    assert server.open_sessions == 0


@pytest.fixture(scope="module")
def transcript(tmp_path_factory: pytest.TempPathFactory) -> str:
    run = subprocess.run(
        [sys.executable, DEMO],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_demo_leaves_no_session(transcript: str) -> None:
    assert transcript.splitlines()[-1] == "sessions left on the server: 0"


def test_demo_shows_the_whole_way(transcript: str) -> None:
    story = [
        "Client.login(",
        "sessions on the server: 1",
        "PENDING ",
        "RUNNING ",
        "SUCCEEDED ",
        "/guest/customization  ->  401",
        "/api/session  ->  201",
        "FAILED: The host name is taken.",
        "404 NotFound: There is no virtual machine 'vm-7'.",
        "timed out after 1 s: VMware Tools is not running",
        "sessions left on the server: 0",
    ]
    places = [transcript.find(part) for part in story]
    assert -1 not in places
    assert places == sorted(places)


def test_demo_is_short_and_plain(transcript: str) -> None:
    assert len(transcript.splitlines()) <= 40
    assert "\x1b" not in transcript
    assert demo.PASSWORD not in transcript


@pytest.mark.parametrize(
    ("vm", "machine", "complaint"),
    [
        ("vm-42", Machine(["RUNNING", "SUCCEEDED"]), "vm-42 takes its four steps"),
        ("vm-43", Machine(["SUCCEEDED"]), "a customization that fails raises WaitFailed"),
        ("vm-7", Machine(["IDLE"]), "an unknown machine raises NotFound"),
        ("vm-44", Machine(["IDLE"]), "without VMware Tools, time is up, and the server says why"),
    ],
)
def test_demo_fails_where_something_is_wrong(
    monkeypatch: pytest.MonkeyPatch, vm: str, machine: Machine, complaint: str
) -> None:
    server = StandIn(demo.USERNAME, demo.PASSWORD, {**sample_machines(), vm: machine})
    monkeypatch.setattr(demo, "StandIn", lambda *_: server)
    with pytest.raises(SystemExit, match=f"not as it should be: {complaint}"):
        demo.main()
    assert server.open_sessions == 0

"""Waiters, sync and async: a clock that nobody waits for, and a server that follows a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import ModuleType
from typing import Any

import httpx2
import pytest
import vcenter_guest_customization as vcenter
from driving import golden
from scripted import Answer, Clock, Script, replies, run
from vcenter_guest_customization import (
    NotFound,
    ServiceUnavailable,
    TransportError,
    WaitError,
    WaitFailed,
    WaitTimedOut,
)
from vcgen.runtime.waiting import Seen, WaitMatch

PLACE = "GET /vcenter/vm/vm-42/guest/customization"
LOST = httpx2.ConnectError("refused")
TOOLS = "com.vmware.api.vcenter.vm.guest.tools_not_running"


def states(*values: str) -> list[Answer]:
    return replies({"status": value} for value in values)


def error(status: int, kind: str, text: str = "No.", id: str = "x") -> Answer:
    message = {"id": id, "default_message": text, "args": []}
    return httpx2.Response(status, json={"error_type": kind, "messages": [message]})


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return request.param


Wait = Callable[..., Any]


def clocked(monkeypatch: pytest.MonkeyPatch, package: ModuleType, flavour: str) -> Clock:
    clock = Clock(is_async=flavour == "async")
    for name in ("time", "random"):
        monkeypatch.setattr(f"{package.__name__}._waiting.{name}", clock)
    slept = "asyncio.sleep" if clock.is_async else f"{package.__name__}._wire.sleep"
    monkeypatch.setattr(slept, clock.sleep)
    return clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, flavour: str) -> Clock:
    return clocked(monkeypatch, vcenter, flavour)


@pytest.fixture
def wait(clock: Clock, flavour: str) -> Wait:
    def wait(answers: list[Answer], **options: Any) -> Any:
        def act(client: Any) -> Any:
            return client.vm_guest_customization.wait_until_finished("vm-42", **options)

        return run(vcenter, flavour, Script(answers), act, session_id="token")

    return wait


def test_the_last_value_is_returned_and_each_is_told(wait: Wait, clock: Clock) -> None:
    told: list[str] = []
    info = wait(
        states("PENDING", "RUNNING", "RUNNING", "SUCCEEDED"),
        on_progress=lambda info: told.append(info.status),
    )
    assert info.status is vcenter.VmGuestCustomizationInfoStatus.SUCCEEDED
    assert told == ["PENDING", "RUNNING", "RUNNING", "SUCCEEDED"]
    assert clock.pauses == [0.5, 0.75, 1.125]


def test_what_is_there_already_is_not_waited_for(wait: Wait, clock: Clock) -> None:
    wait(states("SUCCEEDED"))
    assert clock.pauses == []


def test_a_failure_carries_the_last_value_and_its_reason(wait: Wait) -> None:
    failed = {"status": "FAILED", "error": "The host name is taken."}
    with pytest.raises(WaitFailed) as caught:
        wait([*states("RUNNING"), *replies([failed])])
    assert caught.value.last.error == "The host name is taken."
    assert str(caught.value) == f"{PLACE}: status is FAILED: The host name is taken."
    assert isinstance(caught.value, WaitError)
    assert isinstance(caught.value, vcenter.ClientError)


def test_idle_means_that_nothing_was_applied(wait: Wait) -> None:
    with pytest.raises(WaitFailed, match=r"status is IDLE \(no customization was applied\)"):
        wait(states("IDLE"))


def test_a_state_that_nobody_knows_is_no_end(wait: Wait) -> None:
    assert wait(states("REBOOTING", "SUCCEEDED")).status == "SUCCEEDED"


def test_pending_past_the_grace_period_hints_at_the_machine(wait: Wait, clock: Clock) -> None:
    with pytest.raises(WaitFailed, match=r"PENDING \(the machine may be powered off\)") as caught:
        wait(states("PENDING"))
    assert caught.value.last.status == "PENDING"
    assert 300 <= clock.now < 320


def test_the_grace_period_begins_when_the_state_does(wait: Wait, clock: Clock) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        status = "PENDING" if clock.now < 290 or clock.now > 310 else "RUNNING"
        return httpx2.Response(200, json={"status": status})

    with pytest.raises(WaitTimedOut, match="timed out after 600 s: status is PENDING"):
        wait([answer])


def test_the_last_call_is_made_when_the_time_is_up(wait: Wait, clock: Clock) -> None:
    with pytest.raises(WaitTimedOut) as caught:
        wait(states("RUNNING"), timeout=100)
    assert clock.now == 100
    assert caught.value.last.status == "RUNNING"
    assert str(caught.value) == f"{PLACE}: timed out after 100 s: status is RUNNING"


def test_pauses_grow_to_the_longest_and_differ(wait: Wait, clock: Clock) -> None:
    clock.jitter = lambda low, high: high
    with pytest.raises(WaitTimedOut):
        wait(states("RUNNING"), timeout=200)
    assert clock.pauses[0] == 0.625
    assert max(clock.pauses) == 18.75
    clock.pauses.clear()
    clock.jitter = lambda low, high: low
    with pytest.raises(WaitTimedOut):
        wait(states("RUNNING"), timeout=200)
    assert clock.pauses[0] == 0.375
    assert max(clock.pauses) == 11.25


@pytest.mark.parametrize("is_date", [True, False], ids=["date", "seconds"])
def test_the_server_may_ask_to_wait_longer(wait: Wait, clock: Clock, is_date: bool) -> None:
    later = datetime.now(UTC) + timedelta(seconds=10_000)
    asked = format_datetime(later, usegmt=True) if is_date else "10000"
    busy = httpx2.Response(200, json={"status": "RUNNING"}, headers={"Retry-After": asked})
    assert wait([busy, *states("SUCCEEDED")], timeout=20_000).status == "SUCCEEDED"
    assert len(clock.pauses) == 1
    assert 9_000 < clock.pauses[0] <= 10_000


def test_the_server_cannot_ask_to_wait_past_the_end(wait: Wait, clock: Clock) -> None:
    busy = httpx2.Response(200, json={"status": "RUNNING"}, headers={"Retry-After": "86400"})
    with pytest.raises(WaitTimedOut) as caught:
        wait([busy], timeout=100)
    assert clock.now == 100
    assert caught.value.headers["Retry-After"] == "86400"


def test_an_error_may_ask_to_wait_longer(wait: Wait, clock: Clock) -> None:
    tools = error(503, "SERVICE_UNAVAILABLE", id=TOOLS)
    tools.headers["Retry-After"] = "90"  # more than a call waits before it tries again
    assert wait([tools, *states("SUCCEEDED")]).status == "SUCCEEDED"
    assert clock.pauses == [90]


def test_the_end_of_a_wait_has_the_last_response(wait: Wait) -> None:
    failed = httpx2.Response(200, json={"status": "FAILED"}, headers={"X-Request-Id": "7"})
    with pytest.raises(WaitFailed) as caught:
        wait([failed])
    assert caught.value.headers["X-Request-Id"] == "7"
    assert caught.value.response is not None
    assert caught.value.response.json() == {"status": "FAILED"}
    assert "vmware-api-session-id" not in caught.value.response.request.headers


def test_a_lost_connection_is_no_end(wait: Wait) -> None:
    assert wait([*states("RUNNING"), LOST, LOST, *states("SUCCEEDED")]).status == "SUCCEEDED"


def test_time_may_be_up_while_the_connection_is_lost(wait: Wait) -> None:
    with pytest.raises(WaitTimedOut, match="refused") as caught:
        wait([*states("RUNNING"), LOST], timeout=30)
    assert caught.value.last.status == "RUNNING"
    assert isinstance(caught.value.__cause__, TransportError)


def test_a_lost_connection_does_not_begin_the_grace_period_anew(wait: Wait, clock: Clock) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        if 100 < clock.now < 200:
            raise LOST
        return httpx2.Response(200, json={"status": "PENDING"})

    with pytest.raises(WaitFailed):
        wait([answer])
    assert 300 <= clock.now < 320


def test_tools_that_do_not_run_are_waited_for(wait: Wait) -> None:
    not_yet = error(503, "SERVICE_UNAVAILABLE", "Tools are not running.", TOOLS)
    assert wait([not_yet, not_yet, *states("SUCCEEDED")]).status == "SUCCEEDED"


def test_time_up_without_tools_says_what_they_are_for(wait: Wait) -> None:
    not_yet = error(503, "SERVICE_UNAVAILABLE", "Tools are not running.", TOOLS)
    with pytest.raises(WaitTimedOut, match=r"Tools are not running.*once VMware Tools") as caught:
        wait([not_yet], timeout=1)
    assert caught.value.last is None
    assert isinstance(caught.value.__cause__, ServiceUnavailable)


def test_an_error_that_differs_in_a_part_is_still_the_one_that_is_waited_out(wait: Wait) -> None:
    body = {"messages": [{"id": TOOLS, "default_message": "Tools are not running."}]}
    not_yet = httpx2.Response(503, json=body | {"error_type": "SERVICE_UNAVAILABLE"})
    with pytest.raises(WaitTimedOut, match=r"Tools are not running.*once VMware Tools"):
        wait([not_yet], timeout=1)


@pytest.mark.parametrize(("status", "kind"), [(404, "NOT_FOUND"), (500, "INTERNAL_SERVER_ERROR")])
def test_an_error_that_nobody_waits_out_is_raised(wait: Wait, status: int, kind: str) -> None:
    with pytest.raises(vcenter.ApiError) as caught:
        wait([*states("RUNNING"), error(status, kind)])
    assert caught.value.status_code == status
    assert isinstance(caught.value, NotFound) is (status == 404)


def test_what_progress_raises_is_not_caught(wait: Wait) -> None:
    def stop(_: object) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        wait(states("RUNNING"), on_progress=stop)


def test_a_property_that_did_not_come_is_no_end(wait: Wait) -> None:
    assert wait([*replies([{}]), *states("SUCCEEDED")]).status == "SUCCEEDED"


# Other matchers, over a document of their own


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, flavour: str) -> Callable[..., Any]:
    package = golden("waiters")
    clocked(monkeypatch, package, flavour)

    def act(answers: list[Answer], act: Callable[[Any], Any]) -> Any:
        return run(package, flavour, Script(answers), act)

    return act


def job(phase: str, **more: object) -> dict[str, object]:
    return {"state": {"phase": phase}, **more}


def test_a_success_may_be_an_error(jobs: Callable[..., Any]) -> None:
    answers = [*replies([job("RUNNING")]), *replies([{"kind": "NOT_FOUND"}], 404)]
    assert jobs(answers, lambda client: client.job.wait_until_gone("1")) is None


def test_a_reason_may_be_in_a_list(jobs: Callable[..., Any]) -> None:
    tasks = [{}, {"error": "Disk full."}]
    with pytest.raises(golden("waiters").WaitFailed, match=r"FAILED: Disk full\."):
        jobs(replies([job("FAILED", tasks=tasks)]), lambda client: client.job.wait_until_done("1"))


def test_statuses_that_are_waited_out(jobs: Callable[..., Any]) -> None:
    bad = [httpx2.Response(502, text="<html>"), *replies([{"kind": "BUSY"}], 503)]
    answers = [*bad, *replies([job("DONE_WITH_WARNINGS")])]
    found = jobs(answers, lambda client: client.job.wait_until_done("1", timeout=3))
    assert found.state.phase == "DONE_WITH_WARNINGS"


def test_the_status_of_a_success_may_decide(jobs: Callable[..., Any]) -> None:
    answers = [*replies([{}, {}], 202), *replies([{"pages": 3}])]
    found = jobs(answers, lambda client: client.report.wait_until_built("1"))
    assert found.pages == 3


def test_a_property_that_is_set_may_decide(jobs: Callable[..., Any]) -> None:
    with pytest.raises(golden("waiters").WaitFailed, match="broken is page 3"):
        answers = [*replies([{}], 202), *replies([{"broken": "page 3"}], 202)]
        jobs(answers, lambda client: client.report.wait_until_built("1"))


@pytest.mark.parametrize(
    ("body", "is_good"),
    [
        ({"items": [{"ready": False}, {"ready": True}]}, True),
        ({"items": [], "labels": {"state": "bad"}}, False),
        ({"extra": {"any": {"thing": 1}}}, False),
    ],
)
def test_paths_go_through_lists_and_maps(
    jobs: Callable[..., Any], body: object, is_good: bool
) -> None:
    def act(client: Any) -> Any:
        return client.list.wait_until_filled()

    if is_good:
        assert jobs(replies([body]), act).items[1].ready
    else:
        with pytest.raises(golden("waiters").WaitFailed):
            jobs(replies([body]), act)


# Messages


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["OK", "BAD"], "steps.state is BAD"),
        (["OK", "RUNNING"], "steps.state is OK"),
        ([], "steps.state is None"),
    ],
)
def test_of_several_values_the_one_is_told_that_meets_the_condition(
    states: list[str], said: str
) -> None:
    match = WaitMatch(path=("steps", "state"), values=("BAD", "WORSE"))
    seen = Seen({"steps": [{"state": state} for state in states]})
    assert match.message(seen) == said
    assert match.fits(seen) is ("BAD" in states)

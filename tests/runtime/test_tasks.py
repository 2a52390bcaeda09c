"""Tasks, sync and async: what begins one returns a handle, and a script tells how it stands.

For Azure's, the status and where the result is are those of its guidelines for long-running
operations; for a URL, RFC 9110.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx2
import pytest
from driving import golden
from scripted import Answer, Clock, Script, replies, run

BASE = "https://disks.test/v1"
TASK = "task-7"
DISK = {"name": "data"}


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, flavour: str) -> Clock:
    clock = Clock(is_async=flavour == "async")
    for case in ("tasks_by_id", "tasks_by_url"):
        package = golden(case).__name__
        for name in ("_waiting.time", "_waiting.random", "_tasks.time"):
            monkeypatch.setattr(f"{package}.{name}", clock)
        slept = "asyncio.sleep" if clock.is_async else f"{package}._wire.sleep"
        monkeypatch.setattr(slept, clock.sleep)
    return clock


def json(value: object, status: int = 200, **headers: str) -> httpx2.Response:
    sent = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx2.Response(status, json=value, headers=sent)


def nothing(status: int, **headers: str) -> httpx2.Response:
    sent = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx2.Response(status, headers=sent)


def follow(
    package: ModuleType,
    flavour: str,
    script: Script,
    start: Callable[[Any], Any],
    then: Callable[[Any], Any],
    **options: Any,
) -> Any:
    """Begin a task, and return what comes of its handle."""

    def act(client: Any) -> Any:
        if flavour == "sync":
            return then(start(client))

        async def both() -> Any:
            found = then(await start(client))
            return await found if inspect.isawaitable(found) else found

        return both()

    return run(package, flavour, script, act, **options)


# ---- Tasks with an identifier: vSphere


def machines(
    flavour: str,
    answers: list[Answer],
    then: Callable[[Any], Any] | None = None,
    begins: httpx2.Response | None = None,
    **wait: Any,
) -> tuple[Any, list[str]]:
    """Clone a machine, and return what comes of it, and what was sent."""
    package = golden("tasks_by_id")
    script = Script([begins or json(TASK, 202), *answers])
    then = then or (lambda task: task.wait(**wait))

    def start(client: Any) -> Any:
        return client.vm.clone_task(package.VMCloneSpec(name="twin"))

    options = {"session_id": "token", "base_url": "https://vc.test/api"}
    found = follow(package, flavour, script, start, then, **options)
    return found, [f"{one.method} {one.url.raw_path.decode()}" for one in script.sent]


def stands(*states: str, **more: object) -> list[Answer]:
    last = {"status": states[-1], **more}
    return replies([*({"status": state} for state in states[:-1]), last])


def test_the_result_is_typed_once_it_succeeded(flavour: str, clock: Clock) -> None:
    answers = stands("PENDING", "RUNNING", "BLOCKED", "SUCCEEDED", result={"vm": "vm-9"})
    told: list[str] = []
    info, sent = machines(flavour, answers, on_progress=lambda state: told.append(state.status))
    assert info == golden("tasks_by_id").VMInfo(vm="vm-9")
    assert told == ["PENDING", "RUNNING", "BLOCKED", "SUCCEEDED"]
    assert sent == [
        "POST /api/vcenter/vm?action=clone&vmw-task=true",
        *["GET /api/cis/tasks/task-7"] * 4,
    ]
    assert clock.pauses == [2.0, 3.0, 4.5]


def test_the_server_may_ask_to_wait_longer(flavour: str, clock: Clock) -> None:
    busy = json({"status": "RUNNING"}, Retry_After="20")
    quick = json({"status": "RUNNING"}, Retry_After="0")
    machines(flavour, [busy, quick, *stands("SUCCEEDED", result={"vm": "vm-9"})])
    assert clock.pauses == [20, 3.0]


def test_the_first_response_may_ask_to_wait(flavour: str, clock: Clock) -> None:
    begins = json(TASK, 202, Retry_After="30")
    machines(flavour, stands("RUNNING", "SUCCEEDED", result={"vm": "vm-9"}), begins=begins)
    assert clock.pauses == [30, 2.0]


def test_what_the_first_response_asks_for_does_not_outlast_the_timeout(
    flavour: str, clock: Clock
) -> None:
    begins = json(TASK, 202, Retry_After="3600")
    late = golden("tasks_by_id").WaitTimedOut
    with pytest.raises(late, match=r"timed out after 50 s: status is RUNNING"):
        machines(flavour, stands("RUNNING"), begins=begins, timeout=50)
    assert clock.pauses == [50]


def test_what_nothing_describes_is_any_json(flavour: str, clock: Clock) -> None:
    package = golden("tasks_by_id")
    script = Script([json(TASK, 202), *stands("SUCCEEDED", result=["a", 1])])
    found = follow(
        *(package, flavour, script, lambda client: client.report.create_task()),
        lambda task: task.wait(),
        session_id="token",
    )
    assert found == ["a", 1]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("NOT_FOUND", "NotFound"),
        ("UNABLE_TO_ALLOCATE_RESOURCE", "UnableToAllocateResource"),
        ("ALREADY_EXISTS", "ApiError"),  # this document does not have it
    ],
)
def test_an_error_is_the_exception_of_its_kind(
    flavour: str, clock: Clock, kind: str, name: str
) -> None:
    package = golden("tasks_by_id")
    error = {"error_type": kind, "messages": [{"id": "x", "default_message": "No disk."}]}
    with pytest.raises(package.ApiError, match="No disk") as caught:
        machines(flavour, stands("RUNNING", "FAILED", error=error))
    assert type(caught.value) is getattr(package, name)
    assert caught.value.data == error


def test_an_error_may_be_a_text_or_missing(flavour: str, clock: Clock) -> None:
    package = golden("tasks_by_id")
    with pytest.raises(package.ApiError, match="disk full"):
        machines(flavour, stands("FAILED", error="disk full"))
    with pytest.raises(package.ApiError):
        machines(flavour, stands("FAILED"))


def test_the_state_may_be_asked_for(flavour: str, clock: Clock) -> None:
    state, _ = machines(flavour, stands("RUNNING"), lambda task: task.get())
    assert (state.status, state.is_done, state.result, state.error) == (
        "RUNNING",
        False,
        None,
        None,
    )
    assert state.info.status is golden("tasks_by_id").TaskStatus.RUNNING
    state, _ = machines(flavour, stands("FAILED", error="no"), lambda task: task.get())
    assert state.is_done
    assert state.error.message == "no"
    identifier, _ = machines(flavour, stands("RUNNING"), lambda task: task.id)
    assert identifier == TASK


def test_a_status_that_nobody_knows_is_no_end(flavour: str, clock: Clock) -> None:
    found, _ = machines(flavour, stands("PAUSED", "SUCCEEDED", result={"vm": "vm-9"}))
    assert found.vm == "vm-9"


def test_lost_connections_are_survived(flavour: str, clock: Clock) -> None:
    lost = httpx2.ReadTimeout("slow")
    found, _ = machines(flavour, [lost, *stands("SUCCEEDED", result={"vm": "vm-9"})])
    assert found.vm == "vm-9"


def test_the_time_may_be_up(flavour: str, clock: Clock) -> None:
    with pytest.raises(golden("tasks_by_id").WaitTimedOut) as caught:
        machines(flavour, stands("RUNNING"), timeout=60)
    assert clock.now == 60
    assert caught.value.last.status == "RUNNING"
    assert "60 s" in str(caught.value)
    assert "status is RUNNING" in str(caught.value)


def test_it_may_be_cancelled(flavour: str, clock: Clock) -> None:
    _, sent = machines(flavour, [nothing(204)], lambda task: task.cancel())
    assert sent[-1] == "POST /api/cis/tasks/task-7?action=cancel"


# ---- Tasks with a URL


def disks(
    flavour: str,
    start: Callable[[Any], Any],
    answers: list[Answer],
    then: Callable[[Any], Any] = lambda task: task.wait(),
) -> tuple[Any, list[str]]:
    """Begin a task, and return what comes of it, and what was sent."""
    script = Script(answers)
    package = golden("tasks_by_url")
    found = follow(package, flavour, script, start, then, base_url=BASE, token="secret")
    assert {request.headers["Authorization"] for request in script.sent} == {"Bearer secret"}
    return found, [f"{one.method} {one.url}" for one in script.sent]


def create(client: Any) -> Any:
    return client.disk.create("data")


def test_the_result_of_a_put_is_at_its_own_url(flavour: str, clock: Clock) -> None:
    url = f"{BASE}/operations/1?api-version=2"
    found, sent = disks(
        *(flavour, create),
        [
            json({"name": "early"}, 201, Azure_AsyncOperation=url),
            json({"status": "InProgress"}),
            json({"status": "Updating your disk"}),
            json({"status": "Succeeded"}),
            json(DISK),
        ],
    )
    assert found == golden("tasks_by_url").Disk(name="data")
    assert sent == [f"PUT {BASE}/disks/data", *[f"GET {url}"] * 3, f"GET {BASE}/disks/data"]


def test_what_is_over_at_once_is_not_asked_for(flavour: str, clock: Clock) -> None:
    found, sent = disks(flavour, create, [json(DISK)])
    assert found.name == "data"
    assert len(sent) == 1
    state, _ = disks(flavour, create, [json(DISK)], lambda task: task.get())
    assert state.is_done
    assert state.result == found


def test_a_location_is_asked_when_the_first_response_says(flavour: str, clock: Clock) -> None:
    begun = nothing(202, Location="/v1/operations/2", Retry_After="7")
    disks(flavour, lambda client: client.disk.delete("data"), [begun, nothing(202), nothing(204)])
    assert clock.pauses == [7, 2.0]


def test_a_location_answers_202_until_it_is_over(flavour: str, clock: Clock) -> None:
    begun = nothing(202, Location="/v1/operations/2")
    found, sent = disks(
        *(flavour, lambda client: client.disk.delete("data")),
        [begun, begun, nothing(202), nothing(204)],
    )
    assert found is None
    assert sent[1:] == [f"GET {BASE}/operations/2"] * 3


def test_the_result_may_come_with_the_last_status(flavour: str, clock: Clock) -> None:
    url = f"{BASE}/operations/3"
    found, sent = disks(
        *(flavour, lambda client: client.disk.snapshot("data")),
        [
            nothing(202, Azure_AsyncOperation=url, Location=f"{BASE}/never"),
            json({"status": "Succeeded", "name": "data"}),
        ],
    )
    assert found.name == "data"
    assert sent[1:] == [f"GET {url}"]


def test_the_result_may_be_at_the_location(flavour: str, clock: Clock) -> None:
    found, sent = disks(
        *(flavour, lambda client: client.disk.import_()),
        [
            nothing(202, Operation_Location="../operations/4", Location="/v1/disks/data"),
            json({"status": "notStarted"}),
            json({"status": "succeeded"}),
            json(DISK),
        ],
    )
    assert found.name == "data"
    assert sent[1:] == [
        *[f"GET {BASE.removesuffix('/v1')}/operations/4"] * 2,
        f"GET {BASE}/disks/data",
    ]


def test_the_last_status_may_say_where_the_result_is(flavour: str, clock: Clock) -> None:
    found, sent = disks(
        *(flavour, lambda client: client.disk.import_()),
        [
            nothing(202, Operation_Location="/v1/operations/4"),
            json({"status": "succeeded", "resourceLocation": "/v1/disks/data"}),
            json(DISK),
        ],
    )
    assert found.name == "data"
    assert sent[-1] == f"GET {BASE}/disks/data"


@pytest.mark.parametrize("state", ["status", "state"])
def test_a_location_may_tell_how_it_stands(flavour: str, clock: Clock, state: str) -> None:
    found, sent = disks(
        *(flavour, lambda client: client.disk.export()),
        [
            nothing(202, Location="/v1/tasks/5"),
            json({"id": "5", state: "IN_PROGRESS"}),
            json({"id": "5", state: "SUCCESSFUL", "url": "https://files.test/5"}),
        ],
    )
    assert found.url == "https://files.test/5"
    assert len(sent) == 3


def test_a_location_may_lead_to_the_result(flavour: str, clock: Clock) -> None:
    found, sent = disks(
        *(flavour, lambda client: client.disk.export()),
        [
            nothing(202, Location="/v1/tasks/5"),
            nothing(303, Location="/v1/exports/5"),
            json({"url": "https://files.test/5"}),
        ],
    )
    assert found.url == "https://files.test/5"
    assert sent[-1] == f"GET {BASE}/exports/5"


def test_a_failure_says_why(flavour: str, clock: Clock) -> None:
    package = golden("tasks_by_url")
    error = {"code": "DiskFull", "message": "The pool is full."}
    with pytest.raises(package.ApiError, match="The pool is full") as caught:
        disks(
            *(flavour, create),
            [
                nothing(202, Azure_AsyncOperation="/v1/operations/1"),
                json({"status": "Failed", "error": error}),
            ],
        )
    assert caught.value.error.error.code == "DiskFull"


def test_credentials_go_to_no_other_server(flavour: str, clock: Clock) -> None:
    _, sent = disks(
        *(flavour, create),
        [
            nothing(202, Azure_AsyncOperation="https://elsewhere.test/v1/operations/1"),
            json({"status": "Succeeded"}),
            json(DISK),
        ],
    )
    assert sent[1] == f"GET {BASE}/operations/1"


def test_a_task_without_an_operation_for_it_is_not_cancelled(flavour: str, clock: Clock) -> None:
    package = golden("tasks_by_url")
    begun = nothing(202, Location="/v1/operations/1")
    with pytest.raises(package.ClientError, match="no operation that cancels"):
        disks(flavour, create, [begun], lambda task: task.cancel())


def test_what_the_server_answered_at_the_start(flavour: str, clock: Clock) -> None:
    early = json({"name": "early"}, 201, Azure_AsyncOperation="/v1/operations/1")
    answer, _ = disks(flavour, create, [early], lambda task: task.answer)
    assert answer.name == "early"
    url, _ = disks(flavour, create, [early], lambda task: task.id)
    assert url == f"{BASE}/operations/1"


def test_a_task_that_cannot_be_found_is_not_waited_for(flavour: str, clock: Clock) -> None:
    package = golden("tasks_by_url")
    state, _ = disks(flavour, create, [nothing(202)], lambda task: task.get())
    assert not state.is_done
    with pytest.raises(package.ClientError, match="has the URL of the task"):
        disks(flavour, create, [nothing(202)])


def test_an_operation_may_be_said_to_begin_no_task(flavour: str) -> None:
    script = Script([json("begun", 202, Location="/v1/audits/1")])
    package = golden("tasks_by_url")
    found = run(package, flavour, script, lambda client: client.disk.audit(), token="secret")
    assert found == "begun"

"""Prism, a mock server made by others, serves the fragment, and the generated client talks to it.

`make contract` installs Prism and runs these tests. Prism judges the requests by the document, and
invents replies from it; the client must be blameless in the first and read the second without loss.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import msgspec
import pytest
import yaml12

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "generated"))

import vcenter_guest_customization as api

pytestmark = pytest.mark.contract

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "specs" / "vcenter-guest-customization.yaml"
DOCUMENT: Any = yaml12.read_yaml(SPEC)
USER = ("administrator@vsphere.local", "pässword")  # Prism refuses a colon, against RFC 7617
TOKEN = "a-token-of-the-caller"
PATIENCE = 60.0  # seconds that Prism may take to start: a second here, more on a busy machine


# The server


@dataclass(frozen=True)
class Prism:
    """A running Prism, and the file that its output goes to."""

    base_url: str
    output: Path

    def shown_if_failing(self) -> Iterator[str]:
        """Give a test the URL, then print what Prism said meanwhile: pytest shows it on failure."""
        before = len(self.output.read_text(encoding="utf-8"))
        yield self.base_url
        print(self.output.read_text(encoding="utf-8")[before:])


@pytest.fixture(scope="module")
def executable() -> Path:
    """Return the Prism to run, or skip."""
    named = os.environ.get("VCGEN_PRISM")
    prism = ROOT / (named or "build/prism/node_modules/.bin/prism")
    if shutil.which("node") is None:
        pytest.skip("there is no node on the PATH to run Prism with: install Node.js 20 or later")
    if not prism.exists():
        wanted = "VCGEN_PRISM names no file" if named else "Prism is not installed"
        pytest.skip(f"{wanted}: there is no {prism}; `make contract` installs it and runs the test")
    return prism


@pytest.fixture(scope="module")
def lenient_server(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prism]:
    with serve(executable, tmp_path_factory.mktemp("lenient") / "prism.log") as prism:
        yield prism


@pytest.fixture(scope="module")
def strict_server(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prism]:
    with serve(executable, tmp_path_factory.mktemp("strict") / "prism.log", "--errors") as prism:
        yield prism


@pytest.fixture
def lenient(lenient_server: Prism) -> Iterator[str]:
    """Return the URL of a Prism that notes violations in a header."""
    yield from lenient_server.shown_if_failing()


@pytest.fixture
def strict(strict_server: Prism) -> Iterator[str]:
    """Return the URL of a Prism that answers 500 where a request or its own reply is wrong."""
    yield from strict_server.shown_if_failing()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the requests on this machine, whatever the environment says."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@contextmanager
def serve(executable: Path, output: Path, *options: str) -> Iterator[Prism]:
    """Run Prism, with a process group of its own, for as long as the block lasts."""
    # Port 0 lets the system choose a free one, which Prism then names.
    command = [str(executable), "mock", "--host", "127.0.0.1", "--port", "0", *options, str(SPEC)]
    with output.open("wb") as sink:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Prism(wait_until_ready(process, output), output)
    finally:
        stop(process)


def wait_until_ready(process: subprocess.Popen[bytes], output: Path) -> str:
    """Return the URL that Prism listens on, as soon as it says so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        said = output.read_text(encoding="utf-8")
        if ready := re.search(r"Prism is listening on (http://127\.0\.0\.1:\d+)", said):
            return ready[1]
        if process.poll() is not None:
            pytest.fail(f"Prism ended with {process.returncode}:\n{said}")
        time.sleep(0.05)
    pytest.fail(f"Prism is not ready after {PATIENCE} s:\n{output.read_text(encoding='utf-8')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole process group: with a word first, by force after 5 seconds."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# The client


class Operation(NamedTuple):
    """How an operation is called, on either client, and who calls."""

    call: Callable[[Any], Any]
    credentials: dict[str, Any]


OPERATIONS = {
    "Vcenter.Vm.Guest.Customization_get": Operation(
        lambda vcenter: vcenter.vm_guest_customization.get("vm-42"), {"session_id": TOKEN}
    ),
    "Cis.Session_create": Operation(lambda vcenter: vcenter.session.create(), {"basic_auth": USER}),
    "Cis.Session_delete": Operation(
        lambda vcenter: vcenter.session.delete(), {"session_id": TOKEN}
    ),
}
GET = OPERATIONS["Vcenter.Vm.Guest.Customization_get"]


class Outcome(NamedTuple):
    """What came of a call: a value or an exception, and the answers on the way to it."""

    value: Any
    error: api.ApiError | None
    responses: list[httpx2.Response]


Surface = Callable[..., Outcome]


def sync_call(base_url: str, operation: Operation, **headers: str) -> Outcome:
    """Call by `Client`, which sends through an HTTP client of ours."""
    responses: list[httpx2.Response] = []
    with httpx2.Client(headers=headers, event_hooks={"response": [responses.append]}) as http:
        vcenter = api.Client(base_url=base_url, http=http, **operation.credentials)
        try:
            return Outcome(operation.call(vcenter), None, responses)
        except api.ApiError as error:
            return Outcome(None, error, responses)


def async_call(base_url: str, operation: Operation, **headers: str) -> Outcome:
    """Call by `AsyncClient`, which sends through an HTTP client of ours."""
    responses: list[httpx2.Response] = []

    async def note(response: httpx2.Response) -> None:
        responses.append(response)

    async def visit() -> Outcome:
        async with httpx2.AsyncClient(headers=headers, event_hooks={"response": [note]}) as http:
            vcenter = api.AsyncClient(base_url=base_url, http=http, **operation.credentials)
            try:
                return Outcome(await operation.call(vcenter), None, responses)
            except api.ApiError as error:
                return Outcome(None, error, responses)

    return asyncio.run(visit())


surfaces = pytest.mark.parametrize("call", [sync_call, async_call], ids=["sync", "async"])


def declared_errors() -> Iterator[tuple[str, int]]:
    """Yield each operation with each status of an error that the document declares for it."""
    for path_item in DOCUMENT["paths"].values():
        for operation in path_item.values():
            for status in operation["responses"]:
                code = 500 if status == "default" else int(status)
                if code >= 400:
                    yield operation["operationId"], code


errors = pytest.mark.parametrize(("operation", "status"), list(declared_errors()))


# The document as the judge


def violations(response: httpx2.Response, location: str = "request") -> list[str]:
    """Return what Prism finds wrong with a request, or with its own reply."""
    found = json.loads(response.headers.get("sl-violations", "[]"))
    return [entry["message"] for entry in found if entry["location"][0] == location]


def exception_for(kind: str) -> type[api.ApiError]:
    """Return the class whose name the document has for a kind of error.

    The kind `ERROR` is the base of the others: it says no more than that something failed.
    """
    base = "Vapi.Std.Errors.Error"
    schema = DOCUMENT["components"]["schemas"][base]
    name = schema["discriminator"]["mapping"][kind].rpartition("/")[2]
    if name == base:
        return api.ApiError
    exception: type[api.ApiError] = getattr(api, name.rpartition(".")[2])
    return exception


def assert_nothing_lost(value: msgspec.Struct | None, content: bytes) -> None:
    """Compare a decoded body with the bytes that it came from."""
    assert value is not None
    # Prism invents times like 09:14:29.0Z, which are written as 09:14:29Z.
    sent = json.loads(re.sub(rb'\.0+Z"', b'Z"', content))
    # A kind that Prism made up for the schema of another one can leave a property over.
    sent = {name: part for name, part in sent.items() if name in value.__struct_fields__}
    assert json.loads(msgspec.json.encode(value)) == sent


def assert_error(outcome: Outcome, status: int) -> None:
    """Check that an error reply became the exception that the document promises."""
    error, response = outcome.error, outcome.responses[-1]
    assert error is not None
    assert type(error) is exception_for(response.json()["error_type"])
    assert (error.status_code, response.status_code) == (status, status)
    assert f"{status} {type(error).__name__}: " in str(error)
    assert_nothing_lost(error.error, response.content)


# The tests


def test_login_get_logout(strict: str) -> None:
    responses: list[httpx2.Response] = []
    with (
        httpx2.Client(event_hooks={"response": [responses.append]}) as http,
        api.Client.login(None, *USER, base_url=strict, http=http) as vcenter,
    ):
        info = vcenter.vm_guest_customization.get("vm-42")
    assert_visit(info, responses)


def test_async_login_get_logout(strict: str) -> None:
    responses: list[httpx2.Response] = []

    async def note(response: httpx2.Response) -> None:
        responses.append(response)

    async def visit() -> api.VmGuestCustomizationInfo:
        async with (
            httpx2.AsyncClient(event_hooks={"response": [note]}) as http,
            await api.AsyncClient.login(None, *USER, base_url=strict, http=http) as vcenter,
        ):
            return await vcenter.vm_guest_customization.get("vm-42")

    assert_visit(asyncio.run(visit()), responses)


def assert_visit(info: api.VmGuestCustomizationInfo, responses: list[httpx2.Response]) -> None:
    """Check a visit on the wire, where Prism must have had nothing to say."""
    assert info.status.is_known
    steps = [(response.request.method, response.status_code) for response in responses]
    assert steps == [("POST", 201), ("GET", 200), ("DELETE", 204)]
    assert not any("sl-violations" in response.headers for response in responses)
    login, get, logout = responses
    assert_nothing_lost(info, get.content)
    for response in (get, logout):
        assert response.request.headers["vmware-api-session-id"] == login.json()


@surfaces
@errors
def test_declared_error(lenient: str, call: Surface, operation: str, status: int) -> None:
    outcome = call(lenient, OPERATIONS[operation], Prefer=f"code={status}")
    assert_error(outcome, status)
    assert violations(outcome.responses[0]) == []


@surfaces
@errors
def test_invented_error(strict: str, call: Surface, operation: str, status: int) -> None:
    for _ in range(5):
        prefer = f"code={status}, dynamic=true"
        outcome = call(strict, OPERATIONS[operation], Prefer=prefer)
        assert_error(outcome, status)
        assert "sl-violations" not in outcome.responses[0].headers


@surfaces
def test_invented_customization(strict: str, call: Surface) -> None:
    for _ in range(20):
        outcome = call(strict, GET, Prefer="dynamic=true")
        assert "sl-violations" not in outcome.responses[0].headers
        assert outcome.value.status.is_known
        assert_nothing_lost(outcome.value, outcome.responses[0].content)


@surfaces
def test_invented_token(strict: str, call: Surface) -> None:
    outcome = call(strict, OPERATIONS["Cis.Session_create"], Prefer="dynamic=true")
    assert outcome.value == outcome.responses[0].json()


@surfaces
@pytest.mark.parametrize("operation", OPERATIONS)
def test_call_without_credentials_is_refused(lenient: str, call: Surface, operation: str) -> None:
    outcome = call(lenient, OPERATIONS[operation]._replace(credentials={}))
    assert_error(outcome, 401)
    assert violations(outcome.responses[0]) == ["Invalid security scheme used"]


@surfaces
@pytest.mark.parametrize("vm", ["a/b", "a?b#c", "größe 1", "50%", "..%2f", "{vm}"])
def test_awkward_name_stays_in_its_segment(strict: str, call: Surface, vm: str) -> None:
    outcome = call(strict, GET._replace(call=lambda it: it.vm_guest_customization.get(vm)))
    assert outcome.value.status.is_known
    assert "sl-violations" not in outcome.responses[0].headers


def test_expired_session_is_renewed(lenient: str) -> None:
    responses: list[httpx2.Response] = []

    def expire_once(request: httpx2.Request) -> None:
        if request.method == "GET" and len(responses) == 1:
            request.headers["Prefer"] = "code=401"

    with (
        httpx2.Client(
            event_hooks={"request": [expire_once], "response": [responses.append]}
        ) as http,
        api.Client.login(None, *USER, base_url=lenient, http=http) as vcenter,
    ):
        assert vcenter.vm_guest_customization.get("vm-42").status.is_known
    assert [response.status_code for response in responses] == [201, 401, 201, 200, 204]


def test_lock_names_no_registry() -> None:
    lock = Path(__file__).with_name("package-lock.json").read_text(encoding="utf-8")
    # npm writes them where it is not told `--omit-lockfile-registry-resolved`.
    assert '"resolved"' not in lock

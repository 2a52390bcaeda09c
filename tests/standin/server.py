"""A small stand-in for vCenter: sessions, and the guest customization of a few virtual machines.

It answers over HTTP as the API's document says, knows nothing of the generated client, and keeps
everything in memory.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self
from urllib.parse import unquote, urlsplit

TOOLS_NOT_RUNNING = "com.vmware.api.vcenter.vm.guest.tools_not_running"
CUSTOMIZATION = re.compile(r"/api/vcenter/vm/([^/]+)/guest/customization")


@dataclass
class Machine:
    """A virtual machine whose customization takes one more step at every poll, up to the last."""

    steps: Sequence[str]
    error: str = ""
    tools_running: bool = True
    _polls: int = field(default=0, init=False)
    _times: dict[str, str] = field(default_factory=dict, init=False)

    def poll(self) -> dict[str, str]:
        """Return the state of the customization, and let it take its next step."""
        status = self.steps[min(self._polls, len(self.steps) - 1)]
        self._polls += 1
        if status not in {"IDLE", "PENDING"}:
            self._times.setdefault("start_time", _now())
        if status in {"SUCCEEDED", "FAILED"}:
            self._times.setdefault("end_time", _now())
        error = {"error": self.error} if status == "FAILED" and self.error else {}
        return {"status": status, **error, **self._times}


def sample_machines() -> dict[str, Machine]:
    """Return a machine for each way that a customization can go."""
    return {
        "vm-42": Machine(["PENDING", "RUNNING", "RUNNING", "SUCCEEDED"]),
        "vm-43": Machine(["PENDING", "RUNNING", "FAILED"], error="The host name is taken."),
        "vm-44": Machine(["IDLE"], tools_running=False),
    }


class Reply(NamedTuple):
    """What is sent back: a status, and a body of JSON unless it is None (with 204 alone)."""

    status: int
    body: object = None


class Exchange(NamedTuple):
    """A request that was answered."""

    method: str
    path: str
    status: int


class StandIn:
    """The server: it listens on a free port of 127.0.0.1 while its `with` block lasts."""

    def __init__(
        self, username: str, password: str, machines: Mapping[str, Machine] | None = None
    ) -> None:
        self._machines = sample_machines() if machines is None else machines
        self._login = "Basic " + b64encode(f"{username}:{password}".encode()).decode()
        self._sessions: set[str] = set()
        self._lock = threading.Lock()
        self.exchanges: list[Exchange] = []
        self._http = _Server(self._answer)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def base_url(self) -> str:
        """The URL that a client is given."""
        return f"http://127.0.0.1:{self._http.server_port}/api"

    @property
    def open_sessions(self) -> int:
        """How many sessions have begun and not ended."""
        with self._lock:
            return len(self._sessions)

    def expire_sessions(self) -> None:
        """End every session, as a real server does after too long a pause."""
        with self._lock:
            self._sessions.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _answer(self, method: str, target: str, headers: Message) -> Reply:
        path = urlsplit(target).path
        # One request at a time: a poll changes the machine, a login the sessions.
        with self._lock:
            reply = self._route(method, path, headers)
            self.exchanges.append(Exchange(method, path, reply.status))
        return reply

    def _route(self, method: str, path: str, headers: Message) -> Reply:
        token = headers.get("vmware-api-session-id", "")
        if (method, path) == ("POST", "/api/session"):
            return self._log_in(headers.get("Authorization", ""))
        if (method, path) == ("DELETE", "/api/session"):
            return self._log_out(token)
        if method == "GET" and (match := CUSTOMIZATION.fullmatch(path)):
            return self._customization(token, unquote(match[1]))
        return _error(404, "OPERATION_NOT_FOUND", f"There is no operation {method} {path}.")

    def _log_in(self, credentials: str) -> Reply:
        if credentials != self._login:
            return _unauthenticated()
        token = secrets.token_hex(16)
        self._sessions.add(token)
        return Reply(201, token)

    def _log_out(self, token: str) -> Reply:
        if token not in self._sessions:
            return _unauthenticated()
        self._sessions.remove(token)
        return Reply(204)

    def _customization(self, token: str, vm: str) -> Reply:
        if token not in self._sessions:
            return _unauthenticated()
        machine = self._machines.get(vm)
        if machine is None:
            return _error(404, "NOT_FOUND", f"There is no virtual machine {vm!r}.", vm)
        if not machine.tools_running:
            text = f"VMware Tools is not running in the virtual machine {vm!r}."
            return _error(503, "SERVICE_UNAVAILABLE", text, vm, id=TOOLS_NOT_RUNNING)
        return Reply(200, machine.poll())


class _Server(ThreadingHTTPServer):
    def __init__(self, answer: Callable[[str, str, Message], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"  # connections stay open, as they do with a real server
    wbufsize = -1  # head and body leave together: the body need not wait for an acknowledgement

    def answer(self) -> None:
        # A body left unread would be taken for the next request.
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply = self.server.answer(self.command, self.path, self.headers)
        self.send_response(reply.status)
        if reply.body is None:
            self.end_headers()
            return
        content = json.dumps(reply.body).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: `StandIn.exchanges` has it all."""


def _unauthenticated() -> Reply:
    challenge = 'Basic realm="stand-in"'
    return _error(401, "UNAUTHENTICATED", "Log in first.", challenge=challenge)


def _error(status: int, kind: str, text: str, *args: str, id: str = "", **more: str) -> Reply:
    name = id or f"standin.{kind.lower()}"
    message = {"id": name, "default_message": text, "args": args}
    return Reply(status, {"error_type": kind, "messages": [message], **more})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

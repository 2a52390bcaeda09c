"""Servers that lie: every reply ends as a value or as a `ClientError`, soon, in either flavour.

The replies are listed in `lying_replies.py`. Each is sent over a socket, for four operations: JSON,
text, nothing, and bytes. Those with a session have their own list here.
"""

from __future__ import annotations

import asyncio
import importlib
import socketserver
import threading
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support import importable
from vcgen.cli import main

HERE = Path(__file__).parent
# Seconds that a reply may take, on a machine that does much else.
_SOON = 20.0


def _lies() -> dict[str, bytes]:
    spec = spec_from_file_location("lying_replies", HERE / "lying_replies.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, bytes] = module.LIES
    return found


LIES = _lies()
OPERATIONS = ("get_thing", "get_text", "get_nothing", "get_file")


class _Liar(socketserver.BaseRequestHandler):
    """Answers `/<number of the lie>/...` with that lie."""

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = self.request.recv(65536)
            if not data:
                return
            head += data
        lie = list(LIES.values())[int(head.split(b"/", 2)[1])]
        try:
            self.request.sendall(lie)
        except OSError:
            return  # the client has heard enough


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with _Server(("127.0.0.1", 0), _Liar) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("lying")
    arguments = ["generate", "--spec", str(HERE / "lying_api.yaml"), "-O", "*"]
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--output", str(folder / "honest_client")])
    assert caught.value.code == 0
    with importable(folder), pytest.MonkeyPatch.context() as patch:
        found = importlib.import_module("honest_client")
        # A lie is no truer a second later: what is sent again is sent at once.
        patch.setattr(importlib.import_module("honest_client._wire"), "FIRST_PAUSE", 0.0)
        yield found


def test_there_are_130_kinds_and_more() -> None:
    assert len(LIES) >= 130


@pytest.mark.parametrize("name", LIES)
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_reply_is_a_value_or_a_client_error(
    package: ModuleType, address: str, name: str, flavour: str
) -> None:
    started = time.monotonic()
    base_url = f"{address}/{list(LIES).index(name)}"
    for operation in OPERATIONS:
        problem = (
            _sync(package, base_url, operation)
            if flavour == "sync"
            else asyncio.run(_async(package, base_url, operation))
        )
        if problem is not None:
            assert isinstance(problem, package.ClientError), f"{operation}: {problem!r}"
            said = str(problem)
            assert said.isprintable()
            assert len(said) < 4_000
    assert time.monotonic() - started < _SOON


def _sync(package: ModuleType, base_url: str, operation: str) -> Exception | None:
    with package.Client(base_url=base_url, timeout=5.0) as client:
        try:
            value = getattr(client.things, operation)()
            if operation == "get_file":
                with value:
                    value.read()
            else:
                repr(value)
        except Exception as error:  # which one, the test says
            return error
    return None


async def _async(package: ModuleType, base_url: str, operation: str) -> Exception | None:
    async with package.AsyncClient(base_url=base_url, timeout=5.0) as client:
        try:
            value = await getattr(client.things, operation)()
            if operation == "get_file":
                async with value:
                    await value.aread()
            else:
                repr(value)
        except Exception as error:  # which one, the test says
            return error
    return None

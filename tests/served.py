"""Servers made by others, and clients generated from the documents that they serve."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from driving import load
from support import selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig

ROOT = Path(__file__).parent.parent
# Seconds in which a server has to be ready.
PATIENCE = 60


def python() -> str:
    """Return the interpreter that has the servers, or skip."""
    named = os.environ.get("VCGEN_SERVERS")
    found = ROOT / (named or "build/servers/bin/python")
    if not found.exists():
        pytest.skip(f"there is no {found}; `make contract` installs the servers and runs the test")
    return str(found)


def unpacked(program: str) -> Path:
    """Return a file of a package of Debian below where the packages are unpacked, or skip."""
    found = ROOT / os.environ.get("VCGEN_DEBIAN", "build/debian") / program
    if not found.exists():
        pytest.skip(f"there is no {found}; `make contract` unpacks the servers if it finds Debian")
    return found.resolve()


@dataclass(frozen=True)
class Server:
    """A server that is running.

    Attributes:
        url: Its address, without a path.
    """

    url: str

    def document(self, path: str, **headers: str) -> bytes:
        """Return the document that it serves."""
        with httpx2.Client(trust_env=False) as http:
            return http.get(self.url + path, headers=headers).raise_for_status().content


def free_port() -> int:
    """Return a port of this machine that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port


@contextmanager
def serving(command: Callable[[int], Sequence[str]], ready: str, folder: Path) -> Iterator[Server]:
    """Run a server in a folder of its own, for as long as the block lasts.

    Args:
        command: Returns what to run, by the port.
        ready: The path that answers once the server is ready.
        folder: Where it runs; what it prints goes to a file there.
    """
    port = free_port()
    output = folder / "output.txt"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            command(port),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        server = Server(f"http://127.0.0.1:{port}")
        _wait(process, server.url + ready, output)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, output: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    with httpx2.Client(trust_env=False) as http:
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(httpx2.TransportError):
                http.get(url)
                return
            time.sleep(0.1)
    pytest.fail(f"the server is not ready:\n{output.read_text(encoding='utf-8')}")


def generated(
    document: bytes, name: str, folder: Path, *operations: str, overlay: str = ""
) -> ModuleType:
    """Generate a client of some operations, or of all, and import it.

    Args:
        document: The document of the server.
        name: The name of the package.
        folder: Where it is written.
        operations: The patterns that select operations.
        overlay: The text of an overlay that corrects the document, "" if it is right.
    """
    spec = folder / "document"
    spec.write_bytes(document)
    client = ClientConfig(str(spec), name, operations or ("*",))
    if overlay:
        (folder / "overlay.yaml").write_text(overlay, encoding="utf-8")
        client = client._replace(overlays=("overlay.yaml",))
    files = pipeline.generate(selected(client, folder))
    return load(write_files(folder / name, dict(files)))


class Caller:
    """Calls a server by the synchronous or the asynchronous client of a package."""

    def __init__(self, module: ModuleType, *, is_async: bool, **arguments: Any) -> None:
        self._module = module
        self._is_async = is_async
        self._arguments = arguments

    def __call__(self, act: Callable[[Any], Any], *deviations: str) -> Any:
        """Return what a call returns, and see that the response deviates so, and not otherwise."""
        with self._module.recorded_deviations() as found:
            value = self.undisturbed(act)
        assert [str(one).partition(": ")[2] for one in found] == list(deviations)
        return value

    def undisturbed(self, act: Callable[[Any], Any]) -> Any:
        """Return what a call returns, or raise what it raises."""
        if self._is_async:
            return asyncio.run(self._acted(act))
        http = httpx2.Client(trust_env=False)
        with http, self._module.Client(http=http, **self._arguments) as client:
            return act(client)

    async def _acted(self, act: Callable[[Any], Any]) -> Any:
        http = httpx2.AsyncClient(trust_env=False)
        async with http, self._module.AsyncClient(http=http, **self._arguments) as client:
            return await act(client)

"""A server that follows a script, byte by byte, and a clock that moves when somebody waits."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType

import pytest

Act = bytes | Callable[[socket.socket], None]
"""What is done with a request: these bytes are sent; b"" hangs up."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
IDLE = HEAD + b'Content-Length: 17\r\n\r\n{"status":"IDLE"}'


class Script:
    """Serves connections one after another, each as its acts say, then hangs up."""

    def __init__(self, *connections: Sequence[Act]) -> None:
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, args=(connections,))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/api"

    def _serve(self, connections: Sequence[Sequence[Act]]) -> None:
        for acts in connections:
            with suppress(OSError):
                connection, _ = self._listener.accept()
                with connection:
                    self._follow(connection, acts)

    def _follow(self, connection: socket.socket, acts: Sequence[Act]) -> None:
        for act in acts:
            received = b""
            while b"\r\n\r\n" not in received:
                part = connection.recv(65536)
                if not part:
                    return
                received += part
            self.requests.append(received)
            if callable(act):
                act(connection)
            elif act:
                connection.sendall(act)
            else:
                return

    @contextmanager
    def running(self) -> Iterator[Script]:
        """Serve while the block runs."""
        self._thread.start()
        try:
            yield self
        finally:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._thread.join(10)
            assert not self._thread.is_alive()


_asleep = asyncio.sleep


class Clock:
    """The clock of a client: it moves by itself when the client waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await _asleep(0)

    def govern(self, wire: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """Take the place of the clock of a package."""
        monkeypatch.setattr(wire, "monotonic", self.monotonic, raising=False)
        monkeypatch.setattr(wire, "sleep", self.sleep, raising=False)
        monkeypatch.setattr(asyncio, "sleep", self.asleep)
        return self

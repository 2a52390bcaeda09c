"""Clients of vSphere's published documents, generated and imported for the tests of this folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import httpx2
from support import selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig

TOKEN = "5ec4e7-opened"
HEADER = "vmware-api-session-id"


def generated(
    specs: Sequence[str], operations: Sequence[str], root: Path, folder: Path, name: str
) -> ModuleType:
    """Generate a client of several documents, and import it."""
    client = ClientConfig(specs[0], name, tuple(operations), also=tuple(specs[1:]))
    write_files(folder / name, dict(pipeline.generate(selected(client, root))))
    with _importable(folder):
        return importlib.import_module(name)


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


@dataclass
class Server:
    """Opens sessions under some path, and answers whoever has one of them.

    Attributes:
        path: The path of the sessions.
        is_rest: Whether what it answers is in an envelope.
    """

    path: str
    is_rest: bool

    def __post_init__(self) -> None:
        self.trace: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request."""
        self.trace.append(f"{request.method} {request.url.path}")
        if request.url.path == self.path and request.method == "POST":
            assert request.headers["Authorization"].startswith("Basic ")
            return self._answer(200 if self.is_rest else 201, TOKEN)
        assert request.headers[HEADER] == TOKEN
        if request.method == "DELETE":
            return httpx2.Response(200 if self.is_rest else 204)
        return self._answer(200, [])

    def _answer(self, status: int, value: object) -> httpx2.Response:
        body = {"value": value} if self.is_rest else value
        return httpx2.Response(status, json=body)

"""What the tests of learning share: a HAR of exchanges, and what is learned from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from support import selected
from vcgen.config import ClientConfig
from vcgen.learning import Learned, Lesson, corrections, extended, learn, read_har

HOST = "https://vc.example.com"


def entry(
    call: str,
    status: int = 200,
    body: Any = None,
    *,
    kind: str = "application/json",
    host: str = HOST,
    **content: Any,
) -> dict[str, Any]:
    """Return an entry of a HAR; `call` is a method and a path."""
    method, _, path = call.partition(" ")
    text = {} if body is None else {"text": json.dumps(body)}
    return {
        "startedDateTime": "2026-01-01T00:00:00.000Z",
        "time": 1,
        "request": {"method": method, "url": f"{host}{path}", "headers": []},
        "response": {
            "status": status,
            "headers": [],
            "content": {"size": 1, "mimeType": kind, **text, **content},
        },
        "cache": {},
        "timings": {},
    }


def har(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return a HAR of entries."""
    return json.dumps({"log": {"version": "1.2", "creator": {}, "entries": list(entries)}})


def lesson(
    folder: Path,
    client: ClientConfig,
    entries: Iterable[Mapping[str, Any]],
    *,
    undeclared: bool = False,
) -> Lesson:
    """Return what entries say of a client whose files lie in a folder."""
    file = folder / "traffic.har"
    file.write_text(har(entries))
    return learn(selected(client, folder), read_har(file), undeclared=undeclared)


def learned(
    folder: Path,
    client: ClientConfig,
    entries: Iterable[Mapping[str, Any]],
    *,
    undeclared: bool = False,
) -> Learned:
    """Return the corrections of it."""
    return corrections(lesson(folder, client, entries, undeclared=undeclared))


def corrected(folder: Path, client: ClientConfig, found: Learned) -> ClientConfig:
    """Return the client with the corrections that were learned."""
    (folder / "learned.yaml").write_text(extended("", found.corrections, "learned.yaml"))
    return ClientConfig(
        client.spec, client.output, client.operations, also=client.also, overlays=("learned.yaml",)
    )

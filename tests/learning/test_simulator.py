"""A session of tagging and content libraries with the simulator of vCenter, as mitmproxy saw it.

How the simulator is built is told in tests/contract/simulator. The client of the published
documents of 7.0.3 reads all of it strictly once what was learned is a part of them, and not before.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx2
import pytest
import yaml12
from learning_support import corrected
from support import selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.learning import Exchange, corrections, learn, read_har

HERE = Path(__file__).parent
RECORDED = HERE / "recorded" / "simulator.har"
REST = "/rest/com/vmware"
SPECS = ("specs/vsphere-7.0.3/cis.json", "specs/vsphere-7.0.3/content.json")
OPERATIONS = (f"{REST}/cis/session", f"{REST}/cis/tagging/*", f"{REST}/content/*library*")


@pytest.fixture
def folder(shared: Path, tmp_path: Path) -> Path:
    """A folder with the published documents."""
    (tmp_path / "specs").symlink_to(shared / "specs")
    return tmp_path


@pytest.fixture
def client() -> ClientConfig:
    """A client of two of them."""
    return ClientConfig(SPECS[0], "simulated", OPERATIONS, also=SPECS[1:])


def replies() -> dict[tuple[str, str], Exchange]:
    """Return the first exchange of each method and target."""
    found: dict[tuple[str, str], Exchange] = {}
    for one in read_har(RECORDED):
        parts = urlsplit(one.url)
        found.setdefault((one.method, unquote(f"{parts.path}?{parts.query}")), one)
    return found


def imported(folder: Path, client: ClientConfig, name: str) -> ModuleType:
    """Generate a client, and import it."""
    renamed = ClientConfig(
        client.spec, name, client.operations, also=client.also, overlays=client.overlays
    )
    write_files(folder / name, dict(pipeline.generate(selected(renamed, folder))))
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def strict(module: ModuleType) -> Any:
    """Return a strict client of what was recorded."""
    known = replies()

    def answer(request: httpx2.Request) -> httpx2.Response:
        target = unquote(f"{request.url.path}?{request.url.query.decode()}")
        found = known[request.method, target]
        return httpx2.Response(
            found.status, content=found.body, headers={"Content-Type": found.media_type}
        )

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    return module.Client("sim.example.com", session_id="s", http=http, strict=True)


def reads(client: Any) -> list[Callable[[], Any]]:
    """Return the calls that read something."""
    identities = {
        kind: target.rpartition("/id:")[2].partition("?")[0]
        for _, target in replies()
        for kind in ("category", "tag", "local-library")
        if f"/{kind}/id:" in target
    }
    return [
        client.rest_tagging_category.list,
        lambda: client.rest_tagging_category.get(identities["category"]),
        client.rest_tagging_tag.list,
        lambda: client.rest_tagging_tag.get(identities["tag"]),
        client.rest_local_library.list,
        lambda: client.rest_local_library.get(identities["local-library"]),
        client.rest_library.list,
    ]


def test_overlay_is_the_one_that_was_written_by_hand(folder: Path, client: ClientConfig) -> None:
    found = corrections(learn(selected(client, folder), read_har(RECORDED)))
    assert (found.contradictions, found.unwritable) == ([], [])
    corrected(folder, client, found)
    written = yaml12.parse_yaml((folder / "learned.yaml").read_text())
    assert written == yaml12.parse_yaml((HERE / "recorded" / "simulator-overlay.yaml").read_text())


def test_strict_client_reads_all_of_it_with_what_was_learned(
    folder: Path, client: ClientConfig
) -> None:
    found = corrections(learn(selected(client, folder), read_har(RECORDED)))
    module = imported(folder, corrected(folder, client, found), "simulated_learned")
    for call in reads(strict(module)):
        assert call() is not None


def test_strict_client_refuses_some_of_it_without(folder: Path, client: ClientConfig) -> None:
    module = imported(folder, client, "simulated_before")
    refused = 0
    for call in reads(strict(module)):
        try:
            call()
        except module.UnexpectedResponse:
            refused += 1
    assert refused == 2

"""Forty replies that real servers gave: what is learned makes all of them right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learning_support import corrected, entry, lesson
from vcgen.config import ClientConfig
from vcgen.learning import corrections

SPECS = [
    "vsphere-7.0.3/vcenter.json",
    "vsphere-7.0.3-swagger2/vcenter.json",
    "vsphere-7.0.3-swagger2/session.json",
    "vsphere-7.0.3-swagger2/cis.json",
    "vsphere-7.0.3/content.json",
]


def recorded(shared: Path) -> list[dict[str, Any]]:
    """Return an entry of a HAR for each reply."""
    entries = []
    for file in sorted((shared / "payloads").glob("[0-9]*.json")):
        reply = json.loads(file.read_text())
        status, path = reply.get("http_status"), reply.get("path")
        if isinstance(status, int) and path:
            called = path.replace("{", "x-").replace("}", "")
            entries.append(entry(f"{reply['method']} {called}", status, reply["body"]))
    return entries


@pytest.mark.slow
def test_learning_makes_all_of_them_right(shared: Path, tmp_path: Path) -> None:
    entries = recorded(shared)
    assert len(entries) >= 35
    (tmp_path / "specs").symlink_to(shared / "specs")
    specs = [f"specs/{one}" for one in SPECS]
    client = ClientConfig(specs[0], "vcenter", ("*",), also=tuple(specs[1:]), keep_going=True)
    first = lesson(tmp_path, client, entries)
    found = corrections(first)
    assert first.exchanges == 35
    assert [one.message for one in found.corrections] == [
        # A map in the reply of a tool that made a text of it.
        "another type: VcenterOvfLibraryItemDeploymentResult.succeeded",
        # An error of `/rest` whose messages are left out.
        "a required property is missing: vapi.std.errors.error.messages",
    ]
    assert (found.contradictions, found.unwritable) == ([], [])
    again = lesson(tmp_path, corrected(tmp_path, client, found), entries)
    assert again.problems == {}

"""Where a document refers to an object, and the server sends something else than that object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learning_support import corrected, entry, learned
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.learning import Learned

CLIENT = ClientConfig("spec.json", "made", ("*",))
VERSIONS = {"3.0": {"openapi": "3.0.3"}, "3.1": {"openapi": "3.1.0"}, "2.0": {"swagger": "2.0"}}
MEMBERS: dict[str, Any] = {"properties": {"ip": {"type": "string"}, "port": {"type": "integer"}}}
HOSTS = [{"ip": "10.0.0.1", "port": 1}, {"ip": "10.0.0.2"}]


def _client(folder: Path, version: str, host: dict[str, Any]) -> ClientConfig:
    """Return a client whose operations all say that they return a host, and take one."""
    schemas = {"Host": host}
    place = "#/definitions/Host" if version == "2.0" else "#/components/schemas/Host"
    schema: dict[str, Any] = {"schema": {"$ref": place}}
    content = schema if version == "2.0" else {"content": {"application/json": schema}}
    responses = {"200": {"description": "", **content}}
    body: dict[str, Any] = {"requestBody": content}
    if version == "2.0":
        body = {"parameters": [{"in": "body", "name": "host", "required": True, **schema}]}
    paths = {
        "/hosts": {
            "get": {"operationId": "list", "responses": responses},
            "post": {"operationId": "add", "responses": responses, **body},
        }
    }
    kept = {"definitions": schemas} if version == "2.0" else {"components": {"schemas": schemas}}
    document = VERSIONS[version] | {"info": {"title": "T", "version": "1"}, "paths": paths} | kept
    (folder / "spec.json").write_text(json.dumps(document))
    return CLIENT


def _results(folder: Path, client: ClientConfig, found: Learned) -> list[str]:
    package = pipeline.build(selected(corrected(folder, client, found), folder))
    return [one.result.annotation for one in package.resources[0].operations]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "host",
    [{"type": "object", **MEMBERS}, MEMBERS, {"allOf": [MEMBERS, {"description": "A host."}]}],
    ids=["stated", "meant", "composed"],
)
def test_list_is_one_of_what_is_described(
    version: str, host: dict[str, Any], tmp_path: Path
) -> None:
    client = _client(tmp_path, version, host)
    entries = [entry("GET /hosts", 200, HOSTS), entry("GET /hosts", 200, [])]
    found = learned(tmp_path, client, [*entries, entry("POST /hosts", 200, HOSTS[0])])
    (correction,) = found.corrections
    assert correction.message.startswith("another type: GET /hosts responses['200']")
    assert (found.contradictions, found.unwritable) == ([], [])
    assert _results(tmp_path, client, found) == ["list[Host]", "Host"]
    assert learned(tmp_path, corrected(tmp_path, client, found), entries).corrections == []


@pytest.mark.parametrize("version", VERSIONS)
def test_something_else_leaves_the_object_to_others(version: str, tmp_path: Path) -> None:
    client = _client(tmp_path, version, MEMBERS)
    found = learned(tmp_path, client, [entry("GET /hosts", 200, "none")])
    assert len(found.corrections) == 1
    assert _results(tmp_path, client, found) == ["str", "Host"]
    found = learned(tmp_path, client, [entry("GET /hosts", 200, ["a"])])
    assert _results(tmp_path, client, found) == ["list[Any]", "Host"]


@pytest.mark.parametrize(
    ("version", "result"),
    [("3.0", "int | str"), ("3.1", "int | str"), ("2.0", "Any")],
)
def test_several_plain_types_are_all_of_them(version: str, result: str, tmp_path: Path) -> None:
    client = _client(tmp_path, version, MEMBERS)
    entries = [entry("GET /hosts", 200, "none"), entry("GET /hosts", 200, 5)]
    assert _results(tmp_path, client, learned(tmp_path, client, entries)) == [result, "Host"]


def test_list_and_object_contradict_each_other(tmp_path: Path) -> None:
    client = _client(tmp_path, "3.0", MEMBERS)
    entries = [entry("GET /hosts", 200, HOSTS), entry("GET /hosts", 200, HOSTS[0])]
    found = learned(tmp_path, client, entries)
    assert found.corrections == []
    (contradiction,) = found.contradictions
    assert "it is array and object in different responses" in contradiction


@pytest.mark.parametrize("version", VERSIONS)
def test_inline_object_without_a_type_is_one(version: str, tmp_path: Path) -> None:
    host = {"type": "object", "properties": {"nic": {"properties": {"mac": {"type": "string"}}}}}
    client = _client(tmp_path, version, host)
    found = learned(tmp_path, client, [entry("GET /hosts", 200, {"nic": "aa:bb"})])
    (correction,) = found.corrections
    assert correction.message == "another type: Host.nic"
    better = corrected(tmp_path, client, found)
    assert learned(tmp_path, better, [entry("GET /hosts", 200, {"nic": "aa:bb"})]).corrections == []

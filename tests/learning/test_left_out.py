"""The JSON of a success of which the document declares no body."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learning_support import corrected, entry, har
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.learning import corrections, learn, read_har

CLIENT = ClientConfig("spec.json", "made", ("*",))
VERSIONS = {"3.0": {"openapi": "3.0.3"}, "3.1": {"openapi": "3.1.0"}, "2.0": {"swagger": "2.0"}}
SHARED = {
    "3.0": {"components": {"responses": {"Ok": {"description": ""}}}},
    "3.1": {"components": {"responses": {"Ok": {"description": ""}}}},
    "2.0": {"responses": {"Ok": {"description": ""}}},
}


def _made(folder: Path, version: str, reply: dict[str, Any]) -> ClientConfig:
    """Return a client of an operation whose success is described so."""
    operation = {"operationId": "port", "responses": {"200": reply}}
    document = {"info": {"title": "T", "version": "1"}, "paths": {"/port": {"get": operation}}}
    text = json.dumps(VERSIONS[version] | SHARED[version] | document)
    (folder / "spec.json").write_text(text)
    return CLIENT


def _learned(folder: Path, client: ClientConfig, *bodies: Any, **more: Any) -> Any:
    file = folder / "traffic.har"
    file.write_text(har(entry("GET /port", 200, body, **more) for body in bodies))
    source = selected(client, folder)
    return corrections(learn(source, read_har(file), undeclared=True))


@pytest.mark.parametrize("version", VERSIONS)
def test_body_is_declared_and_returned(version: str, tmp_path: Path) -> None:
    client = _made(tmp_path, version, {"description": ""})
    bodies = [{"port": 1, "name": "a"}, {"port": 2}]
    found = _learned(tmp_path, client, *bodies)
    ((action,),) = [one.actions for one in found.corrections]
    assert action["target"] == "$.paths['/port'].get.responses['200']"
    better = corrected(tmp_path, client, found)
    package = pipeline.build(selected(better, tmp_path))
    (operation,) = package.resources[0].operations
    assert operation.result.annotation == "DefaultPortResponse"
    assert _learned(tmp_path, better, *bodies).corrections == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_shared_says_nothing_of_one_operation(version: str, tmp_path: Path) -> None:
    place = "#/responses/Ok" if version == "2.0" else "#/components/responses/Ok"
    client = _made(tmp_path, version, {"$ref": place})
    assert _learned(tmp_path, client, {"port": 1}).corrections == []


def test_text_is_left_out_still(tmp_path: Path) -> None:
    client = _made(tmp_path, "3.0", {"description": ""})
    assert _learned(tmp_path, client, "OK", kind="text/plain").corrections == []

"""Updating a Swagger 2.0 document that is one, or that can be read, with its overlay alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import run

SIZE = {"type": "integer"}
DOCUMENT: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Disks", "version": "1"},
    "schemes": ["https"],
    "securityDefinitions": {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "other": {"type": "basic"},
    },
    "security": [{"key": []}],
    "paths": {
        "/disks": {
            "get": {
                "operationId": "list",
                "tags": ["disk"],
                "responses": {
                    "200": {
                        "description": "The sizes.",
                        "schema": {
                            "type": "array",
                            "items": {"$ref": "#/paths/~1size/get/responses/200/schema"},
                        },
                    }
                },
            }
        },
        "/size": {
            "get": {
                "operationId": "size",
                "tags": ["size"],
                "responses": {
                    "200": {"description": "The size.", "schema": {"$ref": "#/definitions/Size"}}
                },
            }
        },
        "/unused": {"get": {"tags": ["size"], "responses": {"200": {"description": "Well."}}}},
    },
    "definitions": {"Size": {"type": "object", "properties": {"size": SIZE}}, "Unused": SIZE},
}
OTHER_FILE = {"definitions": {"Size": DOCUMENT["definitions"]["Size"]}}


def _written(folder: str, wrong: dict[str, Any], version: str) -> Path:
    tree = {**DOCUMENT, **wrong, "info": {"title": "Disks", "version": version}}
    tree = {key: value for key, value in tree.items() if value is not None}
    Path(folder).mkdir()
    (Path(folder) / "disks.json").write_text(json.dumps(tree))
    (Path(folder) / "sizes.json").write_text(json.dumps(OTHER_FILE))
    return Path(folder) / "disks.json"


def _project(wrong: dict[str, Any], right: dict[str, Any], **beside: Any) -> None:
    """Write two versions of a document with what is wrong in them, and an overlay for it."""
    _written("specs", {**wrong, **beside}, "1")
    _written("new", {**wrong, **beside}, "2")
    actions = [
        *({"target": f"$.{key}", "remove": True} for key, one in wrong.items() if one is not None),
        {"target": "$", "update": right},
    ]
    info = {"title": "Corrections", "version": "1"}
    overlay = {"overlay": "1.0.0", "info": info, "actions": actions}
    Path("corrections.json").write_text(json.dumps(overlay))
    Path("vcgen.toml").write_text(
        '[[clients]]\nspec = "specs/disks.json"\noutput = "disks"\noperations = ["disk"]\n'
        'overlays = ["corrections.json"]\n'
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"swagger": None}, {"swagger": "2.0"}),
        ({"swagger": "1.2"}, {"swagger": "2.0"}),
        ({"openapi": "3.0.0"}, {}),
        ({"schemes": ["gopher"]}, {"schemes": ["https"]}),
        ({"produces": 1}, {}),
        ({"responses": [1]}, {}),
        ({}, {}),
    ],
)
def test_what_is_kept_is_a_part_as_the_vendor_wrote_it(
    wrong: dict[str, Any],
    right: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    _project(wrong, right)
    assert run(["generate"], capsys).code == 0
    done = run(["update", "new/disks.json"], capsys)
    assert (done.code, "nothing changed" in done.out) == (0, True), done.err
    kept = json.loads(Path("specs/disks.json").read_text())
    assert kept["info"]["version"] == "2"
    assert {key: kept.get(key) for key in wrong} == wrong
    assert "components" not in kept
    # What another operation says stays in it.
    assert [*kept["paths"]] == ["/disks", "/size"]
    assert kept["paths"].items() <= DOCUMENT["paths"].items()
    assert [*kept["definitions"], *kept["securityDefinitions"]] == ["Size", "key"]
    assert run(["check"], capsys).code == 0


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"swagger": None}, {"swagger": "2.0"}),
        ({"paths": []}, {"paths": DOCUMENT["paths"]}),
    ],
)
def test_files_are_joined_as_what_the_document_is_with_its_overlay(
    wrong: dict[str, Any],
    right: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    _project(wrong, right, definitions={"Size": {"$ref": "sizes.json#/definitions/Size"}})
    assert run(["generate"], capsys).code == 0
    done = run(["update", "new/disks.json"], capsys)
    assert (done.code, "nothing changed" in done.out) == (0, True), done.err
    kept = json.loads(Path("specs/disks.json").read_text())
    assert "components" not in kept
    Path("specs/sizes.json").unlink()
    assert run(["check"], capsys).code == 0

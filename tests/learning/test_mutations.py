"""A document that is changed so that valid traffic is no longer right by it: learning mends it.

Each mutation is one thing that a document has wrong. From the traffic, the document gets back what
makes all of it right, with one correction and no more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from learning_support import corrected, entry, learned, lesson
from support import reference, selected
from vcgen import pipeline
from vcgen.config import ClientConfig

Tree = dict[str, Any]
VERSIONS = ["2.0", "3.0.3", "3.1.0"]
Mutation = Callable[[Tree], None]

DISK = {
    "name": "d1",
    "label": "one",
    "state": "ON",
    "size": 3,
    "ratio": 0.5,
    "at": "2026-01-01T10:00:00Z",
    "day": "2026-01-01",
    "id": "6f1e0b1e-7a39-4b6d-9d3f-1c2b3a4d5e6f",
    "tags": ["a"],
    "limits": {"x": {"most": 1}},
    "owner": {"name": "o", "mail": "o@example.com"},
    "modes": ["ON", "OFF"],
}
SMALL = {**DISK, "name": "d2", "state": "OFF", "size": 2.0, "tags": []}
TRAFFIC = [
    entry("GET /disks", 200, [DISK, SMALL]),
    entry("GET /disks/d1", 200, DISK),
    entry("GET /disks/d2", 200, {key: SMALL[key] for key in ("name", "state", "owner")}),
    entry("GET /disks/d3", 404, {"code": 7, "kind": "GONE"}),
    entry("POST /disks/d1?action=wipe", 202, "task-1"),
    entry("GET /report", 200, kind="text/csv", text="a,b"),
    entry("GET /report", 503, {"code": 8, "kind": "BUSY"}),
]


def reply(schema: Tree, kind: str = "application/json") -> Tree:
    """Return a declared reply."""
    return {"description": "It.", "content": {kind: {"schema": schema}}}


def document(version: str) -> Tree:
    """Return a document under which all of the traffic is right."""
    text: Tree = {"type": "string"}
    disk = {
        "type": "object",
        "required": ["name", "state", "owner"],
        "properties": {
            "name": text,
            "label": text,
            "state": reference("State"),
            "size": {"type": "integer", "format": "int64"},
            "ratio": {"type": "number"},
            "at": {"type": "string", "format": "date-time"},
            "day": {"type": "string", "format": "date"},
            "id": {"type": "string", "format": "uuid"},
            "tags": {"type": "array", "items": text},
            "limits": {"type": "object", "additionalProperties": reference("Limit")},
            "owner": {"allOf": [reference("Named"), {"properties": {"mail": text}}]},
            "modes": {"type": "array", "items": reference("State")},
        },
    }
    parameter = {"name": "disk", "in": "path", "required": True, "schema": text}
    fault = reply(reference("Fault"))
    return {
        "openapi": version,
        "info": {"title": "Disks", "version": "1"},
        "paths": {
            "/disks": {
                "get": {"responses": {"200": reply({"type": "array", "items": reference("Disk")})}}
            },
            "/disks/{disk}": {
                "get": {
                    "parameters": [parameter],
                    "responses": {"200": reply(reference("Disk")), "404": fault, "500": fault},
                }
            },
            "/disks/{disk}?action=wipe": {
                "post": {"parameters": [parameter], "responses": {"202": reply(text)}}
            },
            "/report": {"get": {"responses": {"200": reply(text, "text/csv"), "503": fault}}},
        },
        "components": {
            "schemas": {
                "Disk": disk,
                "State": {"type": "string", "enum": ["ON", "OFF"]},
                "Limit": {
                    "type": "object",
                    "required": ["most"],
                    "properties": {"most": {"type": "integer"}},
                },
                "Named": {"type": "object", "required": ["name"], "properties": {"name": text}},
                "Fault": {
                    "type": "object",
                    "required": ["code"],
                    "properties": {
                        "code": {"type": "integer"},
                        "kind": {"type": "string", "enum": ["GONE", "BUSY"]},
                    },
                },
            }
        },
    }


def schema(tree: Tree, name: str) -> Tree:
    """Return a schema of a document."""
    found: Tree = tree["components"]["schemas"][name]
    return found


def _property(name: str, node: Tree, of: str = "Disk") -> Mutation:
    return lambda tree: schema(tree, of)["properties"].update({name: node})


def _requires(of: str, *names: str) -> Mutation:
    def mutate(tree: Tree) -> None:
        node = schema(tree, of)
        node["required"] = [*node["required"], *names]
        for name in names:
            node["properties"].setdefault(name, {"type": "string"})

    return mutate


def _values(of: str, values: list[str]) -> Mutation:
    return lambda tree: schema(tree, of).update(enum=values)


def _kinds(values: list[str]) -> Mutation:
    return lambda tree: schema(tree, "Fault")["properties"]["kind"].update(enum=values)


def _without(path: str, method: str, status: str) -> Mutation:
    return lambda tree: tree["paths"][path][method]["responses"].pop(status)


def _kind(path: str, status: str, kind: str) -> Mutation:
    def mutate(tree: Tree) -> None:
        content = tree["paths"][path]["get"]["responses"][status]["content"]
        content[kind] = content.pop(next(iter(content)))

    return mutate


MUTATIONS: Mapping[str, Mutation] = {
    "requires a label": _requires("Disk", "label"),
    "requires a size": _requires("Disk", "size"),
    "requires a list": _requires("Disk", "tags"),
    "requires what nobody has": _requires("Disk", "nothing"),
    "requires of an error": _requires("Fault", "message"),
    "requires in a map": _requires("Limit", "least"),
    "requires in a part": _requires("Named", "title"),
    "requires one thing, which is not there": lambda tree: schema(tree, "Fault").update(
        required=["message"], properties={"message": {"type": "string"}}
    ),
    "one value": _values("State", ["ON"]),
    "the other value": _values("State", ["OFF"]),
    "other values": _values("State", ["UP", "DOWN"]),
    "one kind of error": _kinds(["BUSY"]),
    "other kinds of error": _kinds(["LOST"]),
    "text is an integer": _property("label", {"type": "integer"}),
    "text is a boolean": _property("name", {"type": "boolean"}),
    "integer is a text": _property("size", {"type": "string"}),
    "integer is a boolean": _property("size", {"type": "boolean"}),
    "integer with a format is a text with one": _property(
        "size", {"type": "string", "format": "date-time"}
    ),
    "number is an integer": _property("ratio", {"type": "integer", "format": "int32"}),
    "number is a text with values": _property("ratio", {"type": "string", "enum": ["HALF"]}),
    "list is a text": _property("tags", {"type": "string"}),
    "list is a map": _property(
        "tags", {"type": "object", "additionalProperties": {"type": "string"}}
    ),
    "map is a list": _property("limits", {"type": "array", "items": {"type": "string"}}),
    "items are integers": _property("tags", {"type": "array", "items": {"type": "integer"}}),
    "items are other things": _property("modes", {"type": "array", "items": {"type": "object"}}),
    "values of a map are texts": _property("most", {"type": "string"}, "Limit"),
    "code of an error is a text": _property("code", {"type": "string"}, "Fault"),
    "name of a part is an integer": _property("name", {"type": "integer"}, "Named"),
    "time is a day": _property("at", {"type": "string", "format": "date"}),
    "time is an identity": _property("at", {"type": "string", "format": "uuid"}),
    "day is a time": _property("day", {"type": "string", "format": "date-time"}),
    "identity is a day": _property("id", {"type": "string", "format": "date"}),
    "identity is a duration": _property("id", {"type": "string", "format": "duration"}),
    "name is a time": _property("name", {"type": "string", "format": "date-time"}),
    "mail is a day": lambda tree: schema(tree, "Disk")["properties"]["owner"]["allOf"][1][
        "properties"
    ].update(mail={"type": "string", "format": "date"}),
    "no 404": _without("/disks/{disk}", "get", "404"),
    "no 503": _without("/report", "get", "503"),
    "another success": lambda tree: tree["paths"]["/disks/{disk}?action=wipe"]["post"].update(
        responses={"200": reply({"type": "string"})}
    ),
    "another kind of text": _kind("/report", "200", "text/plain"),
    "another kind than JSON": _kind("/disks", "200", "application/xml"),
    "reply is a text": lambda tree: tree["paths"]["/disks/{disk}?action=wipe"]["post"][
        "responses"
    ].update({"202": reply({"type": "integer"})}),
    "reply is no list": lambda tree: tree["paths"]["/disks"]["get"]["responses"].update(
        {"200": reply({"type": "object"})}
    ),
}
NULLS: Mapping[str, Any] = {
    "label": "a text",
    "state": "a reference",
    "tags": "a list",
    "owner": "several parts",
}


def test_there_are_forty_ways() -> None:
    assert len(MUTATIONS) >= 40


def as_swagger(tree: Tree) -> Tree:
    """Return a document of ours in the form of Swagger 2.0."""
    text = json.dumps(tree).replace("#/components/schemas/", "#/definitions/")
    found: Tree = json.loads(text)
    operations = [one for item in found["paths"].values() for one in item.values()]
    for operation in operations:
        kinds = [kind for one in operation["responses"].values() for kind in one["content"]]
        operation["produces"] = list(dict.fromkeys(kinds))
        for parameter in operation.get("parameters", []):
            parameter |= parameter.pop("schema")
        for one in operation["responses"].values():
            (content,) = one.pop("content").values()
            one["schema"] = content["schema"]
    definitions = found.pop("components")["schemas"]
    del found["openapi"]
    return {"swagger": "2.0", **found, "definitions": definitions}


def client(folder: Path, tree: Tree) -> ClientConfig:
    """Write a document, and return a client of all of it."""
    tree = as_swagger(tree) if tree["openapi"] == "2.0" else tree
    (folder / "spec.json").write_text(json.dumps(tree))
    return ClientConfig("spec.json", "disks")


@pytest.mark.parametrize("version", VERSIONS)
def test_right_document_needs_no_correction(tmp_path: Path, version: str) -> None:
    found = lesson(tmp_path, client(tmp_path, document(version)), TRAFFIC)
    assert found.problems == {}
    assert found.exchanges == len(TRAFFIC)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", MUTATIONS)
def test_mutation_is_mended_by_one_correction(tmp_path: Path, version: str, name: str) -> None:
    tree = deepcopy(document(version))
    MUTATIONS[name](tree)
    changed = client(tmp_path, tree)
    found = learned(tmp_path, changed, TRAFFIC)
    assert (found.contradictions, found.unwritable) == ([], [])
    assert len(found.corrections) == 1, [one.message for one in found.corrections]
    mended = corrected(tmp_path, changed, found)
    assert lesson(tmp_path, mended, TRAFFIC).problems == {}
    source = selected(mended, tmp_path)
    assert source.document.warnings == ()
    assert pipeline.generate(source)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", NULLS)
def test_null_in_a_required_property_is_learned(tmp_path: Path, version: str, name: str) -> None:
    tree = document(version)
    schema(tree, "Disk")["required"] = ["name", name]
    traffic = [entry("GET /disks/d1", 200, {**DISK, name: None}), *TRAFFIC[:1]]
    changed = client(tmp_path, tree)
    found = learned(tmp_path, changed, traffic)
    assert [one.message for one in found.corrections] == [f"null: Disk.{name}"]
    mended = corrected(tmp_path, changed, found)
    assert lesson(tmp_path, mended, traffic).problems == {}
    assert pipeline.generate(selected(mended, tmp_path))


def test_null_in_a_property_that_may_be_absent_is_no_problem(tmp_path: Path) -> None:
    traffic = [entry("GET /disks/d1", 200, {**DISK, "label": None})]
    assert learned(tmp_path, client(tmp_path, document("3.0.3")), traffic).corrections == []

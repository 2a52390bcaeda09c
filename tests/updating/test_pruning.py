"""A part of a document gives the client that the whole document gives, and holds no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import open_document
from vcgen import dialect, pipeline, slicing
from vcgen.config import ClientConfig
from vcgen.reading import document, opening
from vcgen.updating.pruning import prune

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs"
ROOTS = (
    "vsphere-9.1.0/vcenter-slice.yaml",
    "vsphere-7.0.3/vcenter.json",
    "vsphere-7.0.3/appliance.json",
    "vsphere-7.0.3-swagger2/vcenter.json",
    "vsphere-7.0.2-swagger2/vcenter.json",
    "vcf-9.1/sddc-manager-openapi.json",
    "vcf-9.1/fleet-lcm-openapi.yaml",
    "vcf-9.1/realtime-metrics-openapi.yaml",
)
# Its schemas are nowhere.
_REFUSED = {("vsphere-7.0.2-swagger2/vcenter.json", "POST /api/vcenter/authentication/token")}
_SAMPLES = 6


def pruned(tree: dict[str, Any], *pointers: str) -> dict[str, Any]:
    before = json.dumps(tree)
    part = prune(tree, pointers, {})
    assert json.dumps(tree) == before, "the document was changed"
    return part


def test_operations_keep_what_their_path_says() -> None:
    item = {"parameters": [{"$ref": "#/components/parameters/P"}], "get": {}, "put": {}, "x-y": 1}
    tree = {
        "paths": {"/a": item, "/b": {"get": {}}},
        "components": {"parameters": {"P": 1, "Q": 2}},
    }
    assert pruned(tree, "#/paths/~1a/get") == {
        "paths": {"/a": {"parameters": item["parameters"], "get": {}, "x-y": 1}},
        "components": {"parameters": {"P": 1}},
    }


def test_references_are_followed_wherever_they_are() -> None:
    schemas = {
        "A": {"items": {"$ref": "#/components/schemas/B%20b"}},
        "B b": {"properties": {"c": {"$ref": "#/components/schemas/C/properties/x"}}},
        "C": {"properties": {"x": {"$ref": "#/components/schemas/A"}}},
        "D": {},
    }
    tree = {"paths": {}, "components": {"schemas": schemas, "examples": {"E": 1}}}
    part = pruned(tree, "#/components/schemas/A")
    assert list(part["components"]["schemas"]) == ["A", "B b", "C"]
    assert list(part["components"]) == ["schemas"]


def test_schemes_that_are_named_stay() -> None:
    tree = {
        "security": [{"one": []}],
        "paths": {"/a": {"get": {"security": [{"two": []}]}}},
        "components": {"securitySchemes": {"one": 1, "two": 2, "three": 3}},
    }
    part = pruned(tree, "#/paths/~1a/get")
    assert part["components"] == {"securitySchemes": {"one": 1, "two": 2}}


def test_tags_that_are_used_stay_and_all_else_does_too() -> None:
    tree = {
        "openapi": "3.0.0",
        "x-vendor": {"a": 1},
        "tags": [{"name": "one"}, {"name": "two"}],
        "paths": {"/a": {"get": {"tags": ["two"]}}},
    }
    assert pruned(tree, "#/paths/~1a/get") == {**tree, "tags": [{"name": "two"}]}


def test_a_pointer_that_leads_nowhere_is_passed_over() -> None:
    assert pruned({"paths": {"/a": {"get": {}}}}, "#/components/schemas/Gone") == {"paths": {}}


@pytest.mark.parametrize("name", ROOTS)
def test_a_part_gives_the_client_that_the_whole_gives(name: str) -> None:
    file = SPECS / name
    if not file.exists():
        pytest.skip("the vendors' documents are not here: ../shared/specs is missing")
    whole = open_document(str(file))
    keys = slicing.operations(whole.tree)
    for key in keys[:: max(1, len(keys) // _SAMPLES)]:
        if (name, key.name) in _REFUSED:
            continue
        client = ClientConfig(name, "client", (key.name,), dialect.detect(whole.tree))
        source = pipeline.cut(client, whole)
        part = prune(whole.source_tree, source.places(), pipeline.told([source]))
        text = document.dump(part, as_json=True)
        again = opening.opened(document.parse(text, "part.json"))
        assert [one.name for one in slicing.operations(again.tree)] == [key.name]
        assert pipeline.build(pipeline.cut(source.client, again)) == pipeline.build(source)

"""References by `$id` and `$anchor` become references by pointer."""

from __future__ import annotations

from typing import Any

import pytest
from support import line_of
from vcgen.reading.document import parse
from vcgen.reading.identifiers import mentions, resolved


def references(*schemas: Any, **root: Any) -> Any:
    """Return schemas of a document with their references as pointers."""
    found = resolved({**root, "s": list(schemas)}).tree["s"]
    return found[0] if len(schemas) == 1 else found


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#name", "#/s/1"),
        ("https://h.test/pet", "#/s/2"),
        ("https://h.test/pet#", "#/s/2"),
        ("https://h.test/pet#/$defs/n", "#/s/2/$defs/n"),
        ("https://h.test/pet#tag", "#/s/2/$defs/t"),
        ("#/s/1", "#/s/1"),
    ],
)
def test_reference_by_identifier_is_one_by_pointer(reference: str, pointer: str) -> None:
    pet = {"$id": "https://h.test/pet", "$defs": {"n": {}, "t": {"$anchor": "tag"}}}
    first, *_ = references({"$ref": reference}, {"$anchor": "name"}, pet)
    assert first == {"$ref": pointer}


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [("#/$defs/n", "#/s/0/$defs/n"), ("#tag", "#/s/0/$defs/t"), ("owner", "#/s/1"), ("#", "#/s/0")],
)
def test_identifier_is_the_base_of_what_is_below_it(reference: str, pointer: str) -> None:
    pet = {
        **{"$id": "https://h.test/pet", "items": {"$ref": reference}},
        "$defs": {"n": {}, "t": {"$dynamicAnchor": "tag"}},
    }
    first, _ = references(pet, {"$id": "https://h.test/owner"})
    assert first["items"] == {"$ref": pointer}


def test_base_of_the_document_is_its_self() -> None:
    root = {"$self": "https://h.test/api", "s": [{"$ref": "api#/s/1"}, {"$ref": "#/s/0"}]}
    assert resolved(root).tree["s"] == [{"$ref": "#/s/1"}, {"$ref": "#/s/0"}]


@pytest.mark.parametrize("reference", ["other.yaml#/A", "https://h.test/other", "#none", 7])
def test_reference_to_something_else_stays(reference: object) -> None:
    assert references({"$ref": reference}, {"$anchor": "a"})[0] == {"$ref": reference}


def test_identifiers_of_values_and_names_of_properties_are_none() -> None:
    schema = {"example": {"$anchor": "a"}, "properties": {"$id": {"type": "string"}}}
    assert references(schema, {"$ref": "#a"}) == [schema, {"$ref": "#a"}]


def test_documents_are_read_so_and_others_are_not_looked_at() -> None:
    document = parse("a: {$anchor: x}\nb: {$ref: '#x'}\n", "spec.yaml")
    assert document.tree["b"] == {"$ref": "#/a"}
    assert line_of(document, "#/b/$ref") == 2
    assert not mentions('{"$ref": "#/x", "id": 1, "x$idx": 2}')


def test_identifier_is_left_out_and_what_it_is_the_base_of_says_so_itself() -> None:
    pet = {"$id": "https://h.test/lib/pet", "$anchor": "a", "items": {"$ref": "tag.yaml#/T"}}
    assert references(pet) == {"$anchor": "a", "items": {"$ref": "https://h.test/lib/tag.yaml#/T"}}
    beside = {"$id": "lib/pet.yaml", "items": {"$ref": "tag.yaml"}, "not": {"$ref": "pet.yaml#/x"}}
    assert references(beside) == {"items": {"$ref": "lib/tag.yaml"}, "not": {"$ref": "#/s/0/x"}}


def test_what_is_read_again_is_the_same() -> None:
    pet = {"$id": "https://h.test/pet", "items": {"$ref": "#/$defs/n"}, "$defs": {"n": {}}}
    found = resolved({"s": [pet, {"$ref": "https://h.test/pet"}]}).tree
    assert resolved(found).tree == found


def test_identifier_of_the_root_and_its_anchors_are_for_other_files() -> None:
    found = parse("$id: https://h.test/a.yaml\na: {$anchor: x}\nb: {$id: b, $anchor: y}\n", "a")
    assert found.identifier == "https://h.test/a.yaml"
    assert found.anchors == {"x": "#/a"}
    assert found.tree == {"a": {"$anchor": "x"}, "b": {"$anchor": "y"}}


def test_place_of_the_document_below_an_identifier_is_a_repair() -> None:
    tree = {"s": [{"$id": "pet", "items": {"$ref": "#/s/1"}, "not": {"$ref": "#/gone"}}, {}]}
    found = resolved(tree)
    assert found.tree["s"][0] == {"items": {"$ref": "#/s/1"}, "not": {"$ref": "#/s/0/gone"}}
    assert [(one.name, one.pointer) for one in found.repairs] == [
        ("identifiers", "#/s/0/items/$ref")
    ]


@pytest.mark.parametrize("reference", ["http://[", "//[x", "http://h.test:x/"])
def test_reference_that_is_no_url_stays(reference: str) -> None:
    assert references({"$ref": reference}, {"$id": "x"})[0] == {"$ref": reference}
    assert references({"$id": reference, "items": {"$ref": "#/s"}})["items"] == {"$ref": "#/s"}

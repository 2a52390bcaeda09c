"""References by `$id` and `$anchor` become references by pointer."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen.reading.document import parse
from vcgen.reading.identifiers import mentions, resolved


def references(*schemas: Any, **root: Any) -> Any:
    """Return schemas of a document with their references as pointers."""
    found = resolved({**root, "s": list(schemas)})["s"]
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
    assert resolved(root)["s"] == [{"$ref": "#/s/1"}, {"$ref": "#/s/0"}]


@pytest.mark.parametrize("reference", ["other.yaml#/A", "https://h.test/other", "#none", 7])
def test_reference_to_something_else_stays(reference: object) -> None:
    assert references({"$ref": reference}, {"$anchor": "a"})[0] == {"$ref": reference}


def test_identifiers_of_values_and_names_of_properties_are_none() -> None:
    schema = {"example": {"$anchor": "a"}, "properties": {"$id": {"type": "string"}}}
    assert references(schema, {"$ref": "#a"}) == [schema, {"$ref": "#a"}]


def test_documents_are_read_so_and_others_are_not_looked_at() -> None:
    document = parse("a: {$anchor: x}\nb: {$ref: '#x'}\n", "spec.yaml")
    assert document.tree["b"] == {"$ref": "#/a"}
    assert document.line("#/b/$ref") == 2
    assert not mentions('{"$ref": "#/x", "id": 1, "x$idx": 2}')

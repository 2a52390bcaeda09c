"""`items` says nothing of what is no array."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.items_of_no_array import alternatives_of_items, items_of_no_array

A, B = {"type": "string"}, {"type": "integer"}


def repaired(node: dict[str, Any], step: Any = items_of_no_array) -> Any:
    """Return the node after the pass, or None; and see that the pass changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = step.apply(node, place)
    if change is None:
        return None
    assert step.apply(change.node, place) is None
    assert len(change.repairs) == 1
    return change.node


def test_object_has_no_items() -> None:
    assert repaired({"items": A, "properties": {"a": B}}) == {"properties": {"a": B}}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_items_of_alternatives_are_those_of_their_arrays(keyword: str) -> None:
    alternatives = [{"type": "array"}, {"type": "array", "items": B}, A, {"$ref": "#/x"}]
    meant = [{"type": "array", "items": A}, *alternatives[1:]]
    assert repaired({"items": A, keyword: alternatives}) == {keyword: meant}


@pytest.mark.parametrize(
    "node",
    [
        {"items": A},
        {"items": A, "type": "array", "oneOf": [{"minItems": 1}]},
        {"items": A, "allOf": [{"type": "array"}]},
        {"properties": {"items": A}},
        {"items": A, "oneOf": []},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("items", [{"items": {}}, {}])
def test_alternatives_of_an_array_are_those_of_its_items(
    keyword: str, items: dict[str, Any]
) -> None:
    node = {"type": "array", **items, keyword: [A, {"properties": {"a": B}}]}
    found = repaired(node, alternatives_of_items)
    assert found == {"type": "array", "items": {keyword: node[keyword]}}


@pytest.mark.parametrize(
    "node",
    [
        {"type": "array", "items": A, "oneOf": [A]},
        {"type": "array", "items": {}, "oneOf": [{"type": "array", "items": A}, A]},
        {"type": "array", "anyOf": [{"minItems": 1}, {"$ref": "#/x"}]},
        {"type": "array", "items": {}},
        {"oneOf": [A, B]},
    ],
)
def test_array_that_may_be_one_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node, alternatives_of_items) is None

"""A property that several parts of an allOf declare is one property."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_twice import all_of_twice


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = all_of_twice(node, place)
    assert change is None or all_of_twice(change.node, place) is None
    return change


A, B = {"type": "object", "title": "a"}, {"type": "object", "title": "b"}


def test_property_of_two_parts_has_both_schemas() -> None:
    parts = [{"properties": {"x": A, "y": B}}, {"$ref": "#/z"}, {"properties": {"x": B, "z": A}}]
    change = repaired({"allOf": parts})
    assert change.node == {
        "allOf": [
            {"properties": {"x": {"allOf": [A, B]}, "y": B}},
            {"$ref": "#/z"},
            {"properties": {"z": A}},
        ]
    }
    assert change.repairs == ('several parts of the allOf declare "x": read as one',)


def test_schema_that_is_the_same_is_there_once() -> None:
    change = repaired({"allOf": [{"properties": {"x": A}}, {"properties": {"x": A}}]})
    assert change.node == {"allOf": [{"properties": {"x": A}}, {"properties": {}}]}


def test_parts_of_an_inline_all_of_are_parts() -> None:
    inner = {"allOf": [{"properties": {"x": A}}, {"$ref": "#/z"}], "properties": {"y": B}}
    change = repaired({"allOf": [inner, {"allOf": [{"properties": {"x": B}}]}]})
    assert change.node == {
        "allOf": [
            {"properties": {"x": {"allOf": [A, B]}}},
            {"$ref": "#/z"},
            {"properties": {"y": B}},
            {"properties": {}},
        ]
    }
    assert repaired({"allOf": [inner, {"allOf": [{"properties": {"z": B}}]}]}) is None


def test_structure_that_is_declared_beside_them_is_one_of_them() -> None:
    first, second = {"type": "array", "items": A}, {"type": "array", "items": B}
    change = repaired(
        {"allOf": [{"properties": {"x": first}}], "properties": {"x": second, "y": A}}
    )
    assert change.node == {
        "allOf": [{"properties": {"x": {"allOf": [first, second]}}}],
        "properties": {"y": A},
    }
    assert len(change.repairs) == 1


@pytest.mark.parametrize("own", [A, {"type": "object"}, {"enum": ["a"]}, {"properties": {}}])
def test_what_is_beside_them_may_say_more_of_it(own: Any) -> None:
    parts = [{"properties": {"x": A}}, {"$ref": "#/z"}]
    assert repaired({"allOf": parts, "properties": {"x": own}}) is None


def test_part_that_refers_to_a_place_without_a_name_is_one_of_them() -> None:
    tree = {"openapi": "3.0.3", "paths": {"s": {"properties": {"x": A}}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    parts = [{"$ref": "#/paths/s"}, {"properties": {"x": B}}, {"$ref": "#/paths"}]
    change = all_of_twice({"allOf": parts}, place)
    assert change is not None
    assert change.node == {
        "allOf": [
            {"properties": {"x": {"allOf": [A, B]}}},
            {"properties": {}},
            {"$ref": "#/paths"},
        ]
    }


@pytest.mark.parametrize(
    "parts", [[{"properties": {"x": A}}, {"$ref": "#/z"}], [{"properties": 7}, 7], {}, None]
)
def test_anything_else_changes_nothing(parts: Any) -> None:
    assert repaired({"allOf": parts}) is None

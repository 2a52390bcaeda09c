"""An object that has the indexes of an array is one where the example of its body has an array."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.indexed_properties import indexed_properties

TEXT, NUMBER = {"type": "string"}, {"type": "number"}
BODY = "#/paths/~1a/post/requestBody/content/application~1json"


def repaired(node: dict[str, Any], example: Any = None, at: str = "/schema") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    content = {"application/json": {"schema": {}, "example": example}}
    tree = {"openapi": "3.0.3", "paths": {"/a": {"post": {"requestBody": {"content": content}}}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, f"{BODY}{at}")
    change = indexed_properties(node, place)
    assert change is None or indexed_properties(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("properties", "items"),
    [
        ({"0": TEXT}, TEXT),
        ({"0": TEXT, "1": TEXT}, TEXT),
        ({"1": NUMBER, "0": TEXT}, {"anyOf": [TEXT, NUMBER]}),
        ({str(index): TEXT for index in range(11)}, TEXT),
    ],
)
def test_an_array_is_read(properties: dict[str, Any], items: dict[str, Any]) -> None:
    change = repaired({"type": "object", "properties": properties}, ["a", "b"])
    assert change.node == {"type": "array", "items": items}
    assert len(change.repairs) == 1
    assert repaired({"properties": properties}, ["a"]).node == {"type": "array", "items": items}


@pytest.mark.parametrize(
    ("example", "at"),
    [
        ({"tags": ["a"]}, "/schema/properties/tags"),
        ([["a"]], "/schema/items"),
        ({"of": [{"tags": ["a"]}]}, "/schema/properties/of/items/properties/tags"),
    ],
)
def test_the_example_has_it_inside(example: Any, at: str) -> None:
    change = repaired({"type": "object", "properties": {"0": TEXT}}, example, at)
    assert change.node == {"type": "array", "items": TEXT}


def test_values_are_those_of_an_example() -> None:
    change = repaired({"type": "object", "properties": {"0": 5, "1": 6}})
    assert change.node == {"type": "array", "items": NUMBER}
    change = repaired({"type": "object", "properties": {"0": "a text", "1": NUMBER}})
    assert change.node == {"type": "array", "items": {"anyOf": [{}, NUMBER]}}


@pytest.mark.parametrize(
    "node",
    [
        {"type": "object", "properties": {"1": TEXT}},
        {"type": "object", "properties": {"0": TEXT, "name": TEXT}},
        {"type": "object", "properties": {"0": TEXT}, "required": ["0"]},
        {"type": "object", "properties": {"0": TEXT}, "additionalProperties": TEXT},
        {"type": "object", "properties": {"0": TEXT}, "description": "d"},
        {"type": "array", "properties": {"0": TEXT}},
        {"type": "object", "properties": {}},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node, ["a"]) is None


@pytest.mark.parametrize("example", [None, {"0": "a"}, "a"])
def test_an_object_with_numbers_as_names_stays_one(example: Any) -> None:
    """Those of Meraki, by the numbers of networks, are no arrays."""
    node = {"type": "object", "properties": {"0": TEXT, "1": TEXT}}
    assert repaired(node, example) is None
    assert repaired(node, {"tags": ["a"]}, "/schema/properties/other") is None
    assert repaired(node, {"tags": ["a"]}, "/schema/anyOf/0") is None

"""A name in `required` goes, and is told, where it is no property."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.required_undeclared import required_undeclared


def repaired(node: Any, pointer: str = "#/components/schemas/A") -> Any:
    """Return the change that the pass makes, and see that a second time there is none."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, pointer)
    change = required_undeclared(node, place)
    assert change is None or required_undeclared(change.node, place) is None
    return change


def test_misspelt_name_goes_and_is_told() -> None:
    properties = {"id": {}, "name": {}}
    change = repaired({"properties": properties, "required": ["id", "nmae"]})
    assert change.node == {"properties": properties, "required": ["id"]}
    assert change.repairs == ("`required` names 'nmae', which is not a property: dropped",)


def test_properties_that_may_not_be_are_none() -> None:
    node = {"properties": {"a": {}}, "additionalProperties": False}
    assert repaired({**node, "required": ["b"]}).node == node


def test_no_empty_list_is_left() -> None:
    assert repaired({"properties": {"a": {}}, "required": ["b"]}).node == {"properties": {"a": {}}}


@pytest.mark.parametrize(
    "more",
    [
        {"allOf": [{"$ref": "#/components/schemas/B"}]},
        {"oneOf": [{"properties": {"b": {}}}, {}]},
        {"additionalProperties": True},
        {"discriminator": {"propertyName": "b"}},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_may_be_declared_elsewhere_stays(more: Any) -> None:
    assert repaired({"properties": {"a": {}}, "required": ["b"], **more}) is None


def test_a_part_of_an_object_may_require_what_another_declares() -> None:
    node = {"properties": {"a": {}}, "required": ["b"]}
    assert repaired(node, "#/components/schemas/A/allOf/1") is None


@pytest.mark.parametrize("required", [True, "a", ["a"], [], [["b"]], [""]])
def test_what_is_declared_or_no_name_stays(required: object) -> None:
    assert repaired({"properties": {"a": {}}, "required": required}) is None


def test_a_list_without_properties_stays() -> None:
    assert repaired({"type": "object", "required": ["a"]}) is None

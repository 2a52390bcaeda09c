"""A name in `required` goes, and is told, where it is no property."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.required_undeclared import required_undeclared


def repaired(
    node: Any, pointer: str = "#/components/schemas/A", version: str = "3.0.3", **schemas: Any
) -> Any:
    """Return the change that the pass makes, and see that a second time there is none."""
    tree = {"openapi": version, "components": {"schemas": {"A": node, **schemas}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, pointer)
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


BASE = {"properties": {"a": {}}, "required": ["b"]}
A, B = {"$ref": "#/components/schemas/A"}, {"properties": {"b": {}}}


@pytest.mark.parametrize(
    "schemas",
    [
        {"B": {"allOf": [A], **B}},
        {"B": {"allOf": [A, B]}},
        {"B": {"allOf": [A, {"$ref": "#/components/schemas/C"}]}, "C": B},
        {"B": {"allOf": [A]}, "C": {"allOf": [{"$ref": "#/components/schemas/B"}, B]}},
        {"B": {"properties": {"x": {"items": {"allOf": [A, B]}}}}},
        {"B": {"allOf": [A, {"allOf": [B]}]}},
    ],
    ids=["own", "beside", "referred to", "further down", "without a name", "inside"],
)
def test_what_a_schema_that_extends_it_declares_stays(schemas: Any) -> None:
    assert repaired(BASE, **schemas) is None


def test_what_is_beside_a_reference_extends_it_from_31_on() -> None:
    assert repaired(BASE, version="3.1.0", B={**A, **B}) is None
    assert repaired(BASE, version="3.0.3", B={**A, **B}) is not None


@pytest.mark.parametrize(
    "schemas",
    [
        {"B": {"allOf": [A]}},
        {"B": {"allOf": [A, A, 7, {"$ref": 7}]}, "C": B},
        {"B": {"allOf": [A, {"$ref": "#/components/schemas/B"}]}},
        {"B": {"allOf": 7}, "C": {"allOf": [A], "properties": 7}},
        {"B": {"properties": {"b": A}}},
    ],
)
def test_what_declares_it_and_does_not_extend_it_says_nothing(schemas: Any) -> None:
    assert repaired(BASE, **schemas).node == {"properties": {"a": {}}}

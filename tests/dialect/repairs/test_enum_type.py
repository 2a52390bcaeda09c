"""Values of an enum become what the type of the schema says that they are."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.enum_type import enum_type


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree = {"components": {"schemas": {"Kind": {"type": "string", "enum": ["a"]}}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = enum_type(node, place)
    assert change is None or enum_type(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("type_", "values", "meant"),
    [
        ("string", [1, 2, None], ["1", "2", None]),
        ("string", ["all", 7], ["all", "7"]),
        ("string", ["1.2", 1.5, True, False], ["1.2", "1.5", "true", "false"]),
        ("integer", ["1", "-2"], [1, -2]),
        ("boolean", ["true", "false"], [True, False]),
    ],
)
def test_values_are_read_as_of_the_type(type_: str, values: list[Any], meant: list[Any]) -> None:
    change = repaired({"type": type_, "enum": values})
    assert change.node == {"type": type_, "enum": meant}
    assert type_ in change.repairs[0]


def test_values_of_an_array_are_those_of_its_items() -> None:
    change = repaired({"type": "array", "items": {"type": "string"}, "enum": ["a", "b"]})
    assert change.node == {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string", "enum": ["a", None]},
        {"type": "integer", "enum": [1, 2]},
        {"type": "integer", "enum": ["01", "2"]},
        {"type": "string", "enum": [[1]]},
        {"type": "boolean", "enum": ["yes"]},
        {"type": ["string", "null"], "enum": [1]},
        {"enum": [1, "a"]},
        {"type": "array", "items": {"type": "integer"}, "enum": [[1], [2]]},
        {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}, "enum": ["a"]},
        {"type": "array", "items": {"type": "array", "items": {}}, "enum": ["a"]},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

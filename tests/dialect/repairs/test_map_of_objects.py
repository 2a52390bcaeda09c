"""A map of bare objects is a map of anything."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.map_of_objects import map_of_objects

SCHEMAS: dict[str, Any] = {
    "Bare": {"type": "object", "description": "x"},
    "Full": {"type": "object", "properties": {}},
}


def repaired(values: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(
        DocumentView({"openapi": "3.0.3", "components": {"schemas": SCHEMAS}}),
        Kind.SCHEMA,
        "#/somewhere",
    )
    change = map_of_objects({"type": "object", "additionalProperties": values}, place)
    assert change is None or map_of_objects(change.node, place) is None
    return change


@pytest.mark.parametrize("beside", [{}, {"description": "x"}, {"nullable": True}])
def test_values_are_anything(beside: dict[str, Any]) -> None:
    change = repaired({"type": "object", **beside})
    assert change.node == {"type": "object", "additionalProperties": beside}
    assert not change.repairs


def test_values_may_be_bare_objects_by_reference() -> None:
    change = repaired({"$ref": "#/components/schemas/Bare"})
    assert change.node["additionalProperties"] == {"description": "x"}


@pytest.mark.parametrize(
    "values",
    [
        True,
        {},
        {"type": "string"},
        {"type": "object", "properties": {}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"$ref": "#/a"},
        {"$ref": "#/components/schemas/Full"},
    ],
)
def test_anything_else_changes_nothing(values: object) -> None:
    assert repaired(values) is None

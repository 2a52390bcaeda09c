"""A map of bare objects is a map of anything."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.map_of_objects import map_of_objects


def repaired(values: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = map_of_objects({"type": "object", "additionalProperties": values}, place)
    assert change is None or map_of_objects(change.node, place) is None
    return change


@pytest.mark.parametrize("beside", [{}, {"description": "x"}, {"nullable": True}])
def test_values_are_anything(beside: dict[str, Any]) -> None:
    change = repaired({"type": "object", **beside})
    assert change.node == {"type": "object", "additionalProperties": beside}
    assert not change.repairs


@pytest.mark.parametrize(
    "values",
    [
        True,
        {},
        {"type": "string"},
        {"type": "object", "properties": {}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"$ref": "#/a"},
    ],
)
def test_anything_else_changes_nothing(values: object) -> None:
    assert repaired(values) is None

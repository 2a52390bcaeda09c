"""An object that has the indexes of an array is one."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.indexed_properties import indexed_properties

TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
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
    change = repaired({"type": "object", "properties": properties, "description": "d"})
    assert change.node == {"type": "array", "items": items, "description": "d"}
    assert len(change.repairs) == 1
    assert repaired({"properties": properties}).node == {"type": "array", "items": items}


@pytest.mark.parametrize(
    "node",
    [
        {"type": "object", "properties": {"1": TEXT}},
        {"type": "object", "properties": {"0": TEXT, "name": TEXT}},
        {"type": "object", "properties": {"0": TEXT}, "required": ["0"]},
        {"type": "object", "properties": {"0": TEXT}, "additionalProperties": TEXT},
        {"type": "array", "properties": {"0": TEXT}},
        {"type": "object", "properties": {}},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

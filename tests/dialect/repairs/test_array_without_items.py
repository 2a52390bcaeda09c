"""Arrays say what their items are."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.array_without_items import array_without_items


def repaired(node: dict[str, Any], version: str = "3.0.3") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": version}), Kind.SCHEMA, "#/somewhere")
    change = array_without_items(node, place)
    assert change is None or array_without_items(change.node, place) is None
    return change


def test_array_without_items_holds_anything() -> None:
    change = repaired({"type": "array", "uniqueItems": True})
    assert change.node == {"type": "array", "uniqueItems": True, "items": {}}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node", [{"type": "array", "items": {"type": "string"}}, {"type": "object"}, {}, {"type": []}]
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


def test_array_of_json_schema_needs_no_items() -> None:
    assert repaired({"type": "array"}, "3.1.0") is None

"""A list of one schema as `items` is that schema."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.items_of_one import items_of_one


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = items_of_one(node, place)
    assert change is None or items_of_one(change.node, place) is None
    return change


def test_list_of_one_schema_is_that_schema() -> None:
    change = repaired({"type": "array", "items": [{"type": "string"}]})
    assert change.node == {"type": "array", "items": {"type": "string"}}
    assert change.repairs == ("`items` is a list of one schema: read as that",)


@pytest.mark.parametrize("items", [{"type": "string"}, [], [{}, {}]])
def test_anything_else_changes_nothing(items: object) -> None:
    assert repaired({"type": "array", "items": items}) is None

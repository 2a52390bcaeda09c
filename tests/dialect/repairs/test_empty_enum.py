"""An enum without values says nothing."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.empty_enum import empty_enum


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = empty_enum(node, place)
    assert change is None or empty_enum(change.node, place) is None
    return change


def test_enum_without_values_is_dropped() -> None:
    change = repaired({"type": "string", "enum": []})
    assert change.node == {"type": "string"}
    assert change.repairs == ("the enum has no values: read as any value of the type",)


@pytest.mark.parametrize("node", [{"enum": ["a"]}, {"enum": [None]}, {}])
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

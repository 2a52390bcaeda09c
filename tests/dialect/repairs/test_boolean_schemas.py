"""A boolean is a schema from 3.1 on; before, a property that is `false` is left out."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.boolean_schemas import boolean_schemas


def repaired(node: dict[str, Any], version: str = "3.0.3") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": version}), Kind.SCHEMA, "#/somewhere")
    change = boolean_schemas(node, place)
    assert change is None or boolean_schemas(change.node, place) is None
    return change


A = {"type": "string"}


def test_property_without_values_is_left_out() -> None:
    change = repaired({"properties": {"a": A, "b": True, "additionalProperties": False}})
    assert change.node == {"properties": {"a": A, "b": True}}
    assert change.repairs == (
        "the schema of the property additionalProperties is `false`: left out",
    )


@pytest.mark.parametrize(
    "node",
    [{"properties": {"a": A}, "additionalProperties": False}, {"items": A}, {"items": False}, {}],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


def test_newer_versions_have_boolean_schemas() -> None:
    # One of `false` takes away the property of a base: it is not the same as none.
    assert repaired({"properties": {"a": True, "b": False}, "items": True}, "3.1.0") is None

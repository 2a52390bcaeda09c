"""A value where the schema of a property belongs tells what the property is."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.sample_values import sample_values

TREE = {"openapi": "3.0.3", "components": {"schemas": {"Customer": {}}}}
SCHEMA = {"type": "string"}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(TREE), Kind.SCHEMA, "#/somewhere")
    change = sample_values(node, place)
    assert change is None or sample_values(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (5, {"type": "number"}),
        (1.5, {"type": "number"}),
        ("not found", {}),
        ([1, 2], {"type": "array", "items": {}}),
    ],
)
def test_a_value_is_a_schema(value: object, meant: dict[str, Any]) -> None:
    change = repaired({"type": "object", "properties": {"a": value, "b": SCHEMA}})
    assert change.node == {"type": "object", "properties": {"a": meant, "b": SCHEMA}}
    shown = meant.get("type", "any")
    assert change.repairs == (f'the property "a" is a value and no schema: read as {shown}',)


@pytest.mark.parametrize(
    "value", [SCHEMA, True, False, None, "Custmer", "#/components/schemas/Custmer"]
)
def test_anything_else_changes_nothing(value: object) -> None:
    assert repaired({"properties": {"a": value}}) is None

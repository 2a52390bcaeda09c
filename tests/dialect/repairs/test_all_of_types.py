"""An allOf of types without a common value has the type that its parts agree on, or any."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_types import all_of_types

SCHEMAS: dict[str, Any] = {
    "Name": {"type": "string", "enum": ["a", "b"]},
    "Disk": {"type": "object", "properties": {"size": {"type": "integer"}}},
    "Big": {"allOf": [{"$ref": "#/components/schemas/Disk"}, {"description": "It is big."}]},
    "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
    "Free": {"description": "Anything."},
}
NAME, DISK, BIG, LOOP, FREE = ({"$ref": f"#/components/schemas/{name}"} for name in SCHEMAS)
TEXT, NUMBER, LIST = {"type": "string"}, {"type": "integer"}, {"type": "array", "items": {}}


def repaired(node: dict[str, Any], version: str = "3.0.3") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree = {"openapi": version, "components": {"schemas": SCHEMAS}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = all_of_types(node, place)
    assert change is None or all_of_types(change.node, place) is None
    return change


@pytest.mark.parametrize(
    "node",
    [
        {"type": "object", "allOf": [NAME]},
        {"type": "string", "allOf": [DISK]},
        {"type": "string", "allOf": [BIG]},
        {"type": "array", "allOf": [DISK, FREE]},
        {"type": "object", "allOf": [LIST]},
        {"type": "boolean", "allOf": [{"type": "number"}, NUMBER]},
    ],
)
def test_type_beside_parts_of_another_is_left_out(node: dict[str, Any]) -> None:
    change = repaired({**node, "description": "A."})
    assert change.node == {"allOf": node["allOf"], "description": "A."}
    message = "the `type` beside the allOf is another than those of its parts: left out"
    assert change.repairs == (message,)


@pytest.mark.parametrize(
    "node",
    [
        {"allOf": [TEXT, NUMBER]},
        {"allOf": [NAME, DISK]},
        {"allOf": [BIG, LIST]},
        {"allOf": [{"allOf": [TEXT, NUMBER]}, FREE]},
        {"type": "string", "allOf": [TEXT, NUMBER]},
        {"type": "object", "properties": {"a": TEXT}, "required": ["a"], "allOf": [NAME]},
        {"type": "array", "items": TEXT, "allOf": [DISK]},
    ],
)
def test_parts_that_contradict_each_other_are_any_value(node: dict[str, Any]) -> None:
    change = repaired({**node, "description": "A.", "nullable": True})
    assert change.node == {"description": "A.", "nullable": True}
    message = "the parts of the allOf have no value in common: read as any value"
    assert change.repairs == (message,)


@pytest.mark.parametrize(
    "node",
    [
        {"allOf": [NAME, {"type": "object"}]},
        {"type": "object", "allOf": [DISK, BIG]},
        {"allOf": [NUMBER, {"type": "number"}]},
        {"allOf": [{"type": ["string", "integer"]}, {"type": ["integer", "null"]}]},
        {"type": ["string", "null"], "allOf": [NAME]},
        {"type": "text", "allOf": [DISK]},
        {"type": "string", "allOf": [FREE, LOOP]},
        {"type": "string", "allOf": [DISK], "discriminator": {"propertyName": "a"}},
        {"type": "string", "allOf": [{"type": "object", "oneOf": [TEXT, NUMBER]}]},
        {"allOf": []},
        {"allOf": {"a": TEXT}},
        {"type": "string"},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

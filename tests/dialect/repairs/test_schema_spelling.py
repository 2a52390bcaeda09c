"""Schemas as other formats write them are those of OpenAPI."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.schema_spelling import schema_spelling

STRING = {"type": "string"}
REFERENCE = "#/components/schemas/Pet"


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = schema_spelling(node, place)
    assert change is None or schema_spelling(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("node", "meant"),
    [
        ({"ref": REFERENCE}, {"$ref": REFERENCE}),
        ({"schema": STRING, "description": "d"}, {"description": "d", **STRING}),
        ({"schema": {"$ref": REFERENCE}}, {"$ref": REFERENCE}),
        (
            {"properties": [{"a": STRING}, {"b": STRING}]},
            {"properties": {"a": STRING, "b": STRING}},
        ),
        ({"properties": [{"name": "a", **STRING}]}, {"properties": {"a": STRING}}),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"deprecated": "use b"}, {"deprecated": True}),
        ({"maxLength": -1, "minItems": 0}, {"minItems": 0}),
    ],
)
def test_schema_is_one_of_openapi(node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"$ref": REFERENCE},
        {"ref": "a value"},
        {"discriminator": "other.yaml#/Cat"},
        {"type": "object", "schema": STRING},
        {"properties": [1]},
        {"properties": {}, "discriminator": {"propertyName": "a"}, "deprecated": True},
        {"deprecated": "true", "maxLength": 1},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

"""A text where a schema belongs is the type, the component or the boolean that it names."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.short_schemas import short_schemas

TREE = {"openapi": "3.0.3", "components": {"schemas": {"Pet": {}}}}


def repaired(kind: Kind, node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(TREE), kind, "#/somewhere")
    change = short_schemas(node, place)
    assert change is None or short_schemas(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("kind", "node", "meant"),
    [
        (Kind.SCHEMA, {"additionalProperties": "true"}, {"additionalProperties": True}),
        (Kind.SCHEMA, {"additionalProperties": "False"}, {"additionalProperties": False}),
        (
            Kind.SCHEMA,
            {"additionalProperties": "int"},
            {"additionalProperties": {"type": "integer"}},
        ),
        (Kind.SCHEMA, {"items": "string"}, {"items": {"type": "string"}}),
        (Kind.SCHEMA, {"items": "Pet"}, {"items": {"$ref": "Pet"}}),
        (Kind.SCHEMA, {"properties": {"a": "uuid"}}, {"properties": {"a": {"type": "string"}}}),
        (Kind.MEDIA_TYPE, {"schema": "#/a/b"}, {"schema": {"$ref": "#/a/b"}}),
        (Kind.PARAMETER, {"schema": "boolean"}, {"schema": {"type": "boolean"}}),
    ],
)
def test_text_is_a_schema(kind: Kind, node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(kind, node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        (Kind.SCHEMA, {"items": {"type": "string"}, "additionalProperties": True}),
        (Kind.SCHEMA, {"items": "no type", "properties": {"a": "neither", "b": 1}}),
        (Kind.MEDIA_TYPE, {"example": "string"}),
    ],
)
def test_anything_else_changes_nothing(kind: Kind, node: dict[str, Any]) -> None:
    assert repaired(kind, node) is None

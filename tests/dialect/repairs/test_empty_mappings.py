"""An empty list, or nothing, where a mapping belongs is an empty mapping."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.empty_mappings import empty_mappings


def repaired(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = empty_mappings(node, place)
    assert change is None or empty_mappings(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("kind", "node", "meant"),
    [
        (Kind.SCHEMA, {"properties": []}, {"properties": {}}),
        (Kind.SCHEMA, {"items": [], "type": "array"}, {"items": {}, "type": "array"}),
        (Kind.SCHEMA, {"properties": {"a": None, "b": {}}}, {"properties": {"a": {}, "b": {}}}),
        (Kind.OPERATION, {"responses": []}, {"responses": {}}),
        (Kind.OPERATION, {"responses": {"204": None}}, {"responses": {"204": {}}}),
        (Kind.RESPONSE, {"content": [], "headers": []}, {"content": {}, "headers": {}}),
        (Kind.RESPONSE, {"content": {"a/b": []}}, {"content": {"a/b": {}}}),
        (Kind.MEDIA_TYPE, {"schema": [], "examples": []}, {"schema": {}, "examples": {}}),
        (Kind.REQUEST_BODY, {"required": True}, {"required": True, "content": {}}),
    ],
)
def test_nothing_is_an_empty_mapping(
    kind: Kind, node: dict[str, Any], meant: dict[str, Any]
) -> None:
    change = repaired(node, kind)
    assert change.node == meant
    assert change.repairs


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        (Kind.SCHEMA, {"items": [{}], "properties": {"a": {}}, "required": [], "enum": []}),
        (Kind.SCHEMA, {"allOf": [], "default": []}),
        (Kind.OPERATION, {"parameters": [], "tags": [], "security": []}),
        (Kind.REQUEST_BODY, {"$ref": "#/components/requestBodies/B"}),
        (Kind.RESPONSE, {"content": {}, "headers": {"X": {}}}),
    ],
)
def test_anything_else_changes_nothing(kind: Kind, node: dict[str, Any]) -> None:
    assert repaired(node, kind) is None

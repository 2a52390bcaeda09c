"""A type says nothing of alternatives that are of others."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.type_beside_alternatives import type_beside_alternatives

TEXT, WHOLE, NULL = {"type": "string"}, {"type": "integer"}, {"type": "null"}
LIST, OBJECT = {"type": "array", "items": TEXT}, {"properties": {"a": TEXT}}
TO_LIST = {"$ref": "#/components/schemas/List"}
TREE = {"openapi": "3.1.1", "components": {"schemas": {"List": LIST}}}


def repaired(node: dict[str, Any]) -> Any:
    """Return the node after the pass, or None; and see that the pass changes nothing more."""
    place = Place(DocumentView(TREE), Kind.SCHEMA, "#/somewhere")
    change = type_beside_alternatives.apply(node, place)
    if change is None:
        return None
    assert type_beside_alternatives.apply(change.node, place) is None
    assert len(change.repairs) == 1
    return change.node


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    ("stated", "alternatives"),
    [
        ("array", [OBJECT, LIST]),
        ("object", [OBJECT, TO_LIST]),
        ("object", [TEXT, WHOLE]),
        ("string", [TEXT, WHOLE, NULL]),
        (["string", "null"], [TEXT, {"type": ["integer", "boolean"]}]),
    ],
)
def test_alternatives_have_their_own_types(
    keyword: str, stated: Any, alternatives: list[Any]
) -> None:
    node = {"type": stated, "description": "d", keyword: alternatives}
    assert repaired(node) == {"description": "d", keyword: alternatives}


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string", "oneOf": [{"format": "date"}, {"enum": ["a"]}, NULL]},
        {"type": "number", "oneOf": [WHOLE, {"type": "number"}]},
        {"type": ["string", "integer"], "anyOf": [TEXT, WHOLE]},
        {"type": "object", "oneOf": [OBJECT, {"required": ["a"]}]},
        {"type": "object", "properties": {"b": TEXT}, "oneOf": [OBJECT, TEXT]},
        {"type": "array", "items": TEXT, "oneOf": [TO_LIST, {"minItems": 1}]},
        {"type": "string", "oneOf": 7},
        {"type": "file", "oneOf": [TEXT]},
        {"oneOf": [TEXT, WHOLE]},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

"""Arrays that hold at once are one array."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_arrays import all_of_arrays


def repaired(node: dict[str, Any]) -> Any:
    """Return the node after the pass, or None; and see that the pass changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = all_of_arrays(node, place)
    if change is None:
        return None
    assert all_of_arrays(change.node, place) is None
    assert change.repairs == ()
    return change.node


A, B = {"properties": {"a": {}}}, {"properties": {"b": {}}}


def array(items: object, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def test_items_are_valid_for_both() -> None:
    assert repaired({"allOf": [array(A), array(B)]}) == array({"allOf": [A, B]})


def test_equal_items_are_there_once() -> None:
    assert repaired({"allOf": [array(A), array(A)]}) == array(A)


def test_what_is_said_beside_them_comes_first() -> None:
    node = {"allOf": [array(A, description="One."), array(A, description="Two.")]}
    assert repaired(node) == array(A, description="One.")
    assert repaired({**node, "description": "Both."}) == array(A, description="Both.")


def test_null_is_valid_where_it_is_for_both() -> None:
    one, other = array(A, nullable=True), array(A)
    assert repaired({"allOf": [one, one]}) == one
    assert repaired({"allOf": [one, other]}) == other


def test_values_of_maps_are_valid_for_both() -> None:
    first, second = ({"type": "object", "additionalProperties": one} for one in (A, B))
    both = {"type": "object", "additionalProperties": {"allOf": [A, B]}}
    assert repaired({"allOf": [first, second]}) == both
    assert repaired({"allOf": [first, first]}) == first


@pytest.mark.parametrize(
    "parts",
    [
        [array(A)],
        [array(A), {"$ref": "#/x"}],
        [array(A), {"type": "array"}],
        [array(A), array(B, minItems=1)],
        [array(A), {"type": "object"}],
        [array(A), {"type": "object", "additionalProperties": A}],
        [{"type": "object", "additionalProperties": A}, {"type": "object", "properties": {}}],
        [{"type": "object", "additionalProperties": True}] * 2,
        None,
    ],
)
def test_anything_else_changes_nothing(parts: object) -> None:
    assert repaired({"allOf": parts}) is None

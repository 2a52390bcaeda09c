"""A part of an allOf that only adds null is meant to."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_null import all_of_null

COMPONENTS: dict[str, Any] = {
    "schemas": {"A": {"type": "object"}, "N": {"type": ["object", "null"]}}
}
A = {"$ref": "#/components/schemas/A"}
NULL = {"type": ["object", "null"]}


def repaired(node: dict[str, Any], version: str = "3.1.0") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(
        DocumentView({"openapi": version, "components": COMPONENTS}), Kind.SCHEMA, "#/somewhere"
    )
    change = all_of_null(node, place)
    assert change is None or all_of_null(change.node, place) is None
    return change


@pytest.mark.parametrize("null", [NULL, {"type": "null"}, {"type": ["null"]}])
def test_a_type_with_null_is_an_alternative(null: dict[str, Any]) -> None:
    change = repaired({"allOf": [A, null]})
    assert change.node == {"anyOf": [A, {"type": "null"}]}
    assert len(change.repairs) == 1


def test_nullable_is_so_of_the_whole() -> None:
    change = repaired({"allOf": [A, {"nullable": True}]}, "3.0.3")
    assert change.node == {"allOf": [A], "nullable": True}


def test_what_is_said_of_the_value_is_kept() -> None:
    change = repaired({"allOf": [A, {**NULL, "description": "x", "default": None}], "title": "t"})
    assert change.node == {
        **{"anyOf": [A, {"type": "null"}]},
        **{"description": "x", "default": None, "title": "t"},
    }


@pytest.mark.parametrize(
    "parts",
    [
        [A],
        [A, A],
        [A, NULL, NULL],
        [A, {"type": "object"}],
        [A, {"description": "x"}],
        [A, {**NULL, "properties": {}}],
        [{"type": "object"}, NULL],
        [{"$ref": "#/components/schemas/N"}, NULL],
        {},
    ],
)
def test_anything_else_changes_nothing(parts: object) -> None:
    assert repaired({"allOf": parts}) is None


def test_what_may_be_null_anyway_stays() -> None:
    assert repaired({"allOf": [A, {"nullable": True}], "nullable": True}, "3.0.3") is None

"""Keywords of a schema move from a parameter into its schema."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.parameter_keywords import parameter_keywords
from vcgen.errors import SpecError


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.PARAMETER, "#/somewhere")
    change = parameter_keywords(node, place)
    assert change is None or parameter_keywords(change.node, place) is None
    return change


def test_keywords_move_into_the_schema() -> None:
    change = repaired({"name": "a", "in": "query", "enum": ["X"], "schema": {"type": "string"}})
    schema = {"type": "string", "enum": ["X"]}
    assert change.node == {"name": "a", "in": "query", "schema": schema}
    assert "enum of the parameter" in change.repairs[0]


def test_keywords_make_a_schema_where_there_is_none() -> None:
    change = repaired({"name": "a", "in": "query", "type": "integer", "format": "int64"})
    assert change.node["schema"] == {"type": "integer", "format": "int64"}


def test_keyword_said_twice_is_kept_once() -> None:
    change = repaired({"name": "a", "format": "int64", "schema": {"format": "int64"}})
    assert change.node == {"name": "a", "schema": {"format": "int64"}}


def test_keywords_join_a_reference() -> None:
    reference = {"$ref": "#/components/schemas/A"}
    change = repaired({"name": "a", "default": 1, "schema": reference})
    assert change.node["schema"] == {"allOf": [reference], "default": 1}


def test_values_of_an_array_are_those_of_its_items() -> None:
    items = {"type": "string"}
    change = repaired({"name": "a", "enum": ["X"], "schema": {"type": "array", "items": items}})
    assert change.node["schema"] == {"type": "array", "items": {"type": "string", "enum": ["X"]}}


@pytest.mark.parametrize(
    "node",
    [
        {"name": "a", "in": "query", "schema": {"type": "string"}, "deprecated": True},
        {"$ref": "#/components/parameters/A"},
        {"name": "a", "type": "string", "schema": []},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


@pytest.mark.parametrize(
    "other", [{"schema": {"type": "string"}}, {"content": {"application/json": {}}}]
)
def test_contradiction_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match="the parameter has type beside"):
        repaired({"name": "a", "type": "integer", **other})

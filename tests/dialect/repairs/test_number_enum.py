"""A number that is one of some integers is an integer."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.number_enum import number_enum


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = number_enum(node, place)
    assert change is None or number_enum(change.node, place) is None
    return change


@pytest.mark.parametrize("values", [[1, 2], [0], [1, None]])
def test_an_integer_is_read(values: list[int | None]) -> None:
    change = repaired({"type": "number", "format": "double", "enum": values})
    assert change.node == {"type": "integer", "format": "double", "enum": values}
    assert not change.repairs


@pytest.mark.parametrize("values", [[1.0, 2.0], [1, 2.0], [1.0, None]])
def test_an_integer_may_have_a_fraction_of_zero(values: list[float | None]) -> None:
    change = repaired({"type": "integer", "enum": values})
    assert change.node == {"type": "integer", "enum": values}
    assert not any(isinstance(one, float) for one in change.node["enum"])
    assert not change.repairs


@pytest.mark.parametrize(
    "node",
    [
        {"type": "integer", "enum": [1]},
        {"type": "integer", "enum": [1, 2.5]},
        {"type": "integer", "enum": [1.0, "2"]},
        {"type": "number", "enum": []},
        {"type": "number", "enum": [True]},
        {"type": "number", "enum": [1, 2.5]},
        {"type": "number", "enum": [1.0]},
        {"type": "number", "enum": ["a"]},
        {"enum": [1]},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

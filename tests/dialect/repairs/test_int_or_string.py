"""What is an integer or a string says so."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.int_or_string import int_or_string

EITHER = [{"type": "integer"}, {"type": "string"}]


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = int_or_string(node, place)
    assert change is None or int_or_string(change.node, place) is None
    return change


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string", "format": "int-or-string", "description": "d"},
        {"x-kubernetes-int-or-string": True, "description": "d"},
    ],
)
def test_both_are_alternatives(node: dict[str, Any]) -> None:
    change = repaired(node)
    assert change.node == {"description": "d", "anyOf": EITHER}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string", "format": "int32"},
        {"anyOf": EITHER, "x-kubernetes-int-or-string": True},
        {"x-kubernetes-int-or-string": False},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

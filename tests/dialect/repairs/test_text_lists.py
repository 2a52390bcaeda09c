"""Numbers among tags and names of properties are texts."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.text_lists import text_lists


def repaired(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = text_lists(node, place)
    assert change is None or text_lists(change.node, place) is None
    return change


def test_numbers_are_texts() -> None:
    change = repaired({"required": [1, "a", True, None, 2.5]})
    assert change.node == {"required": ["1", "a", "true", "2.5"]}
    assert len(change.repairs) == 1


def test_tags_are_texts() -> None:
    assert repaired({"tags": [1]}, Kind.OPERATION).node == {"tags": ["1"]}
    assert repaired({"tags": "vm"}, Kind.OPERATION).node == {"tags": ["vm"]}


@pytest.mark.parametrize("required", [["a"], [], [{}], True, "a"])
def test_anything_else_changes_nothing(required: object) -> None:
    assert repaired({"required": required}) is None

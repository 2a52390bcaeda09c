"""A tuple is a list of what its items may be."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.items_of_several import items_of_several


def repaired(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = items_of_several(node, place)
    assert change is None or items_of_several(change.node, place) is None
    return change


A, B = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("items", "meant"), [([A, B], {"anyOf": [A, B]}), ([A, B, A], {"anyOf": [A, B]}), ([A, A], A)]
)
def test_each_item_is_one_of_them(items: object, meant: object) -> None:
    change = repaired({"type": "array", "items": items, "minItems": 2})
    assert change.node == {"type": "array", "items": meant, "minItems": 2}
    assert len(change.repairs) == 1


@pytest.mark.parametrize("items", [A, [A], []])
def test_anything_else_changes_nothing(items: object) -> None:
    assert repaired({"type": "array", "items": items}) is None

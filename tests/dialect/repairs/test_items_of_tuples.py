"""A tuple of which all items have a type is a list of what its items may be."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.items_of_tuples import items_of_tuples


def repaired(**node: Any) -> Any:
    """Return the node that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.1.0"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = items_of_tuples({"type": "array", **node}, place)
    if change is None:
        return None
    assert not change.repairs
    assert items_of_tuples(change.node, place) is None
    return change.node


A, B = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize("closing", [{"items": False}, {"items": {"not": {}}}, {"maxItems": 2}])
def test_each_item_is_one_of_them(closing: dict[str, Any]) -> None:
    node = repaired(prefixItems=[A, B], minItems=2, **closing)
    assert node["items"] == {"anyOf": [A, B]}
    assert (node["prefixItems"], node["minItems"], node["maxItems"]) == ([A, B], 2, 2)


def test_items_of_one_type_are_of_that() -> None:
    assert repaired(prefixItems=[A, A], items=False)["items"] == A


def test_what_follows_may_be_of_another_type() -> None:
    """Zod writes `tuple([a]).rest(b)` so."""
    node = {"type": "array", "minItems": 1}
    assert repaired(prefixItems=[A], items=B, minItems=1) == {**node, "items": {"anyOf": [A, B]}}
    assert repaired(prefixItems=[A, B], items=B, minItems=1) == {**node, "items": {"anyOf": [A, B]}}
    assert repaired(prefixItems=[A], items=A, minItems=1) == {**node, "items": A}


def test_there_are_no_more_than_the_document_says() -> None:
    assert repaired(prefixItems=[A, B], items=False, maxItems=1)["maxItems"] == 1
    assert repaired(prefixItems=[A, B], items=False, maxItems=9)["maxItems"] == 2


@pytest.mark.parametrize(
    "node",
    [
        {"prefixItems": [A, B]},
        {"prefixItems": [A], "items": True},
        {"prefixItems": [A], "items": {}},
        {"prefixItems": [A], "maxItems": 2},
        {"prefixItems": [], "items": False},
        {"items": False},
    ],
)
def test_what_may_have_more_items_is_as_it_was(node: dict[str, Any]) -> None:
    assert repaired(**node) is None

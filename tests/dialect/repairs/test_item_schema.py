"""The items of a body of JSON are those of an array."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.item_schema import item_schema
from vcgen.text.pointers import pointer_to


def repaired(node: dict[str, Any], media_type: str = "application/json") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.2.0"}
    place = Place(DocumentView(tree), Kind.MEDIA_TYPE, pointer_to(["content", media_type]))
    change = item_schema(node, place)
    assert change is None or item_schema(change.node, place) is None
    return change


ITEM = {"type": "string"}


def test_items_of_json_are_those_of_an_array() -> None:
    change = repaired({"itemSchema": ITEM}, "application/json; charset=utf-8")
    assert change.node == {"schema": {"type": "array", "items": ITEM}}
    assert not change.repairs


@pytest.mark.parametrize(
    ("node", "media_type", "kept"),
    [
        ({"itemSchema": ITEM}, "application/jsonl", {}),
        ({"itemSchema": ITEM}, "text/event-stream", {}),
        ({"itemSchema": ITEM, "schema": {}}, "application/json", {"schema": {}}),
    ],
)
def test_items_of_a_stream_are_left_to_the_caller(node: Any, media_type: str, kept: Any) -> None:
    assert repaired(node, media_type).node == kept


def test_anything_else_changes_nothing() -> None:
    assert repaired({"schema": ITEM}) is None

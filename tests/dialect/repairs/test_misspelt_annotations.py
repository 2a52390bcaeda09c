"""Misspelt annotations are read as what they were meant to be."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.misspelt_annotations import misspelt_annotations


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = misspelt_annotations(node, place)
    assert change is None or misspelt_annotations(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("wrong", "right", "value"),
    [
        ("descripion", "description", "x"),
        ("dsecription", "description", "x"),
        ("Description", "description", "x"),
        ("readonly", "readOnly", True),
        ("writeonly", "writeOnly", False),
        ("depracated", "deprecated", True),
        ("exmaple", "example", {"any": "value"}),
    ],
)
def test_annotation_is_spelt_as_in_the_standard(wrong: str, right: str, value: object) -> None:
    change = repaired({"type": "string", wrong: value})
    assert change.node == {"type": "string", right: value}
    assert change.repairs == (f"`{wrong}` is not a keyword: read as `{right}`",)


def test_right_one_counts() -> None:
    assert repaired({"descripion": "x", "description": "y"}).node == {"description": "y"}


@pytest.mark.parametrize(
    "node",
    [
        {"description": "x", "title": "y"},
        {"descripion": {"type": "string"}},
        {"requried": ["a"], "propeties": {}},
        {"x-descripion": "x", "$comment": "y", "definitions": {}},
        {"subtitle": "x", "items": {}},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

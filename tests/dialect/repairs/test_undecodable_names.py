"""A property that no class can have does not cost the others."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.undecodable_names import undecodable_names


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = undecodable_names(node, place)
    assert change is None or undecodable_names(change.node, place) is None
    return change


@pytest.mark.parametrize("name", ['recovered"', "a\\b", "a\nb", "\x00"])
def test_optional_property_is_left_out(name: str) -> None:
    change = repaired({"properties": {"a": {}, name: {"type": "string"}}})
    assert change.node == {"properties": {"a": {}}}
    assert change.repairs == (f"the property {name!r} cannot be decoded: left out",)


@pytest.mark.parametrize(
    "node",
    [
        {"properties": {"a'b": {}, "\u00e9": {}, "\x7f": {}}},
        {"properties": {'a"': {}}, "required": ['a"']},
        {"properties": None},
        {},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

"""Required properties that can be missing are optional."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.optional_by_text import optional_by_text


def loosened(description: object, required: object) -> Any:
    """Return the change that the pass makes to a schema with a property `a` described so."""
    node = {"required": required, "properties": {"a": {"description": description}, "b": {}}}
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = optional_by_text(node, place)
    if change is not None:
        assert optional_by_text(change.node, place) is None
        assert change.node["properties"] == node["properties"]
    return change


@pytest.mark.parametrize(
    "description",
    [
        "The kind.\n\nCan be missing or `null` for compatibility.",
        "Can be missing or `null`.",
        "The kind. May be missing or `null` if there is none.",
        "The kind.\n\nThis property will be missing or `null` if there is none.",
    ],
)
def test_property_that_can_be_missing_is_not_required(description: str) -> None:
    change = loosened(description, ["a", "b"])
    assert change.node["required"] == ["b"]
    assert len(change.repairs) == 1
    assert '"a"' in change.repairs[0]


def test_required_goes_with_its_last_name() -> None:
    assert "required" not in loosened("Can be missing or `null`.", ["a"]).node


def test_property_that_is_optional_changes_nothing() -> None:
    assert loosened("Can be missing or `null`.", ["b"]) is None


@pytest.mark.parametrize(
    "description",
    [
        "The kind.",
        "The property b of this object can be missing or `null`.",
        "If missing or `null`, the operation will fail.",
        None,
    ],
)
def test_property_without_that_text_stays_required(description: object) -> None:
    assert loosened(description, ["a", "b"]) is None


@pytest.mark.parametrize("required", [True, "a", [["a"]], ["c"]])
def test_required_of_another_form_changes_nothing(required: object) -> None:
    assert loosened("Can be missing or `null`.", required) is None

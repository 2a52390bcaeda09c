"""`required` of a schema becomes a list of names, or goes."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.required_keyword import required_keyword


def repaired(required: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = required_keyword({"type": "object", "required": required}, place)
    assert change is None or required_keyword(change.node, place) is None
    return change


@pytest.mark.parametrize("required", [True, False])
def test_boolean_is_dropped_and_reported(required: bool) -> None:
    change = repaired(required)
    assert change.node == {"type": "object"}
    assert str(required).lower() in change.repairs[0]


def test_empty_list_is_dropped_silently() -> None:
    change = repaired([])
    assert change.node == {"type": "object"}
    assert change.repairs == ()


def test_single_name_becomes_a_list() -> None:
    change = repaired("a")
    assert change.node == {"type": "object", "required": ["a"]}
    assert len(change.repairs) == 1


@pytest.mark.parametrize("required", [["a"], ["nothing", "of", "the", "kind"], {"a": True}, 0])
def test_anything_else_changes_nothing(required: object) -> None:
    assert repaired(required) is None

"""A field that is null is as one that is not there, unless null is a value of the API."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.null_fields import null_fields


def repaired(node: dict[str, Any], kind: Kind) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.1.0"}), kind, "#/somewhere")
    change = null_fields(node, place)
    assert change is None or null_fields(change.node, place) is None
    return change


def test_null_that_only_describes_goes_silently() -> None:
    change = repaired({"type": "string", "format": None, "description": None}, Kind.SCHEMA)
    assert change.node == {"type": "string"}
    assert change.repairs == ()


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.OPERATION, "requestBody"),
        (Kind.OPERATION, "security"),
        (Kind.MEDIA_TYPE, "schema"),
        (Kind.RESPONSE, "content"),
        (Kind.DOCUMENT, "servers"),
    ],
)
def test_null_where_something_of_weight_may_stand_is_reported(kind: Kind, key: str) -> None:
    change = repaired({key: None, "x-other": 1}, kind)
    assert change.node == {"x-other": 1}
    assert key in change.repairs[0]


@pytest.mark.parametrize("key", ["default", "example", "const", "x-vendor"])
def test_null_that_is_a_value_stays(key: str) -> None:
    assert repaired({"type": "string", key: None}, Kind.SCHEMA) is None


def test_values_of_an_enum_stay() -> None:
    assert repaired({"enum": ["a", None]}, Kind.SCHEMA) is None

"""A location in capitals is that location."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.locations import locations


def repaired(node: dict[str, Any], kind: Kind) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = locations(node, place)
    assert change is None or locations(change.node, place) is None
    return change


@pytest.mark.parametrize("kind", [Kind.PARAMETER, Kind.SECURITY_SCHEME])
def test_location_is_in_small_letters(kind: Kind) -> None:
    change = repaired({"in": "Query", "name": "a"}, kind)
    assert change.node == {"in": "query", "name": "a"}
    assert change.repairs == ('`in` is "Query": read as "query"',)


@pytest.mark.parametrize("stated", ["query", "body", "Body", 1, None])
def test_anything_else_changes_nothing(stated: object) -> None:
    assert repaired({"in": stated}, Kind.PARAMETER) is None

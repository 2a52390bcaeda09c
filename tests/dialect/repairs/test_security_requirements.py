"""Security requirements are a list of mappings to scopes."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.security_requirements import security_requirements


def repaired(stated: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.OPERATION, "#/somewhere")
    change = security_requirements({"security": stated}, place)
    assert change is None or security_requirements(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ({}, []),
        ({"key": []}, [{"key": []}]),
        (["key", {"other": []}], [{"key": []}, {"other": []}]),
        ([{"key": "read, write"}], [{"key": ["read", "write"]}]),
        ([{"key": None}], [{"key": []}]),
        ([{"key": {}}], [{"key": []}]),
    ],
)
def test_requirements_are_a_list(stated: object, meant: object) -> None:
    change = repaired(stated)
    assert change.node == {"security": meant}
    assert len(change.repairs) == 1


@pytest.mark.parametrize("stated", [[], [{}], [{"key": ["read"]}], [1], 1, "key", None])
def test_anything_else_changes_nothing(stated: object) -> None:
    assert repaired(stated) is None

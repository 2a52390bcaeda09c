"""A variable of a server without a default has the only value there is, or the caller's."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.server_variables import server_variables


def repaired(variable: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SERVER, "#/somewhere")
    change = server_variables({"url": "https://{a}", "variables": {"a": variable}}, place)
    assert change is None or server_variables(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ({"description": "d"}, {}),
        (None, {}),
        ({"enum": ["eu", "us"]}, {}),
        ({"enum": ["eu"]}, {"a": {"enum": ["eu"], "default": "eu"}}),
        ("eu", {"a": {"default": "eu"}}),
        ({"default": "1", "enum": [1, 2]}, {"a": {"default": "1", "enum": ["1", "2"]}}),
        ({"default": "eu", "enum": "eu"}, {"a": {"default": "eu", "enum": ["eu"]}}),
    ],
)
def test_variable_is_one_of_openapi(variable: object, meant: object) -> None:
    change = repaired(variable)
    assert change.node["variables"] == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "variable", [{"default": "eu"}, {"default": ""}, {"default": "eu", "enum": ["eu", "us"]}, True]
)
def test_anything_else_changes_nothing(variable: object) -> None:
    assert repaired(variable) is None

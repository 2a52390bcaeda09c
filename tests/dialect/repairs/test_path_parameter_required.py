"""A path parameter is required, whatever the document says."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.path_parameter_required import path_parameter_required


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.PARAMETER, "#/somewhere")
    change = path_parameter_required(node, place)
    assert change is None or path_parameter_required(change.node, place) is None
    return change


@pytest.mark.parametrize("said", [{}, {"required": False}, {"required": "yes"}])
def test_path_parameter_becomes_required(said: dict[str, Any]) -> None:
    change = repaired({"name": "id", "in": "path", **said})
    assert change.node == {"name": "id", "in": "path", "required": True}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"name": "id", "in": "path", "required": True},
        {"name": "id", "in": "query"},
        {"$ref": "#/components/parameters/id"},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

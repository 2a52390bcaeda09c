"""A schema of a response itself is that of its JSON."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.response_schema import response_schema


def repaired(node: dict[str, Any], kind: Kind) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = response_schema(node, place)
    assert change is None or response_schema(change.node, place) is None
    return change


def test_schema_is_that_of_json() -> None:
    change = repaired({"description": "d", "schema": {"type": "string"}}, Kind.RESPONSE)
    content = {"application/json": {"schema": {"type": "string"}}}
    assert change.node == {"description": "d", "content": content}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node", [{"schema": {}, "content": {}}, {"description": "d"}, {"$ref": "#/x", "schema": {}}]
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node, Kind.RESPONSE) is None

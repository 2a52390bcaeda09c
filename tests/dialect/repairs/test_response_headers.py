"""A header that leads nowhere keeps no reply from being read."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.response_headers import response_headers

COMPONENTS: dict[str, Any] = {
    "parameters": {"P": {"in": "header"}},
    "headers": {"H": {"schema": {}}},
    "responses": {"R": {"headers": {"h": {"schema": {}}}}},
    "schemas": {"S": {"type": "string"}},
}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3", "components": COMPONENTS}
    place = Place(DocumentView(tree), Kind.RESPONSE, "#/somewhere")
    change = response_headers(node, place)
    assert change is None or response_headers(change.node, place) is None
    return change


KNOWN = {"$ref": "#/components/headers/H"}


@pytest.mark.parametrize(
    "lost",
    [
        {"$ref": "#/components/parameters/P"},
        {"$ref": "#/components/headers/None"},
        {"$ref": "#/components/schemas/S"},
        {"$ref": "other.yaml#/H"},
        {"schema": {"$ref": "#/components/schemas/None"}},
    ],
)
def test_header_that_leads_nowhere_is_dropped(lost: object) -> None:
    change = repaired({"description": "", "headers": {"a": lost, "b": KNOWN}})
    assert change.node == {"description": "", "headers": {"b": KNOWN}}
    assert change.repairs == ('the header "a" does not refer to a header: dropped',)


@pytest.mark.parametrize(
    "headers",
    [
        *({"a": KNOWN}, {"a": {"schema": {}}}, {"a": 7}, None, []),
        {"a": {"$ref": "#/components/responses/R/headers/h"}},
    ],
)
def test_anything_else_changes_nothing(headers: Any) -> None:
    assert repaired({"headers": headers}) is None

"""A reference that names a component without its place leads to it."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.reference_spelling import reference_spelling

TREE = {
    "openapi": "3.0.3",
    "components": {"schemas": {"Pet": {}, "a.b-C": {}, "No": None}, "parameters": {"Page": {}}},
    "x-other": {"Pet": {}},
}


def repaired(kind: Kind, reference: str) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(TREE), kind, "#/somewhere")
    change = reference_spelling({"$ref": reference}, place)
    assert change is None or reference_spelling(change.node, place) is None
    return change


@pytest.mark.parametrize(
    "reference",
    [
        *("Pet", "#Pet", "#/Pet", "#/schemas/Pet", "#/components/schema/Pet", "/Pet"),
        *("components/schemas/Pet", "/components/schemas/Pet", "#components/schemas/Pet"),
        *("#/components/schemas/Pet ", "#/definitions/Pet", "#/Definitions/Pet"),
    ],
)
def test_reference_leads_to_the_component(reference: str) -> None:
    change = repaired(Kind.SCHEMA, reference)
    assert change.node == {"$ref": "#/components/schemas/Pet"}
    assert len(change.repairs) == 1


def test_component_is_one_of_the_kind_that_is_needed() -> None:
    assert repaired(Kind.PARAMETER, "Page").node == {"$ref": "#/components/parameters/Page"}
    assert repaired(Kind.PARAMETER, "Pet") is None
    assert repaired(Kind.SCHEMA, "a.b-C").node == {"$ref": "#/components/schemas/a.b-C"}


@pytest.mark.parametrize(
    "reference",
    [
        *("#/components/schemas/Pet", "#/components/schemas/No", "#/x-other/Pet"),
        *("Pets", "pet", "other.yaml#/Pet", "#/a/b/Pet"),
    ],
)
def test_anything_else_changes_nothing(reference: str) -> None:
    assert repaired(Kind.SCHEMA, reference) is None

"""Dynamic references lead to the schema that has the anchor."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.dynamic_references import dynamic_references
from vcgen.errors import SpecError

SCHEMAS: dict[str, Any] = {
    "One": {"$dynamicAnchor": "one"},
    "S": {"$dynamicAnchor": "two"},
    "T": {"$dynamicAnchor": "two"},
    "U": {"$dynamicAnchor": "three"},
    "V": {"$dynamicAnchor": "three"},
}


def repaired(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.1.0", "components": {"schemas": SCHEMAS}}
    place = Place(DocumentView(tree), kind, "#/components/schemas/S/properties/p")
    change = dynamic_references(node, place)
    assert change is None or dynamic_references(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("node", "meant"),
    [
        ({"$dynamicRef": "#one"}, "#/components/schemas/One"),
        ({"$dynamicRef": "#two"}, "#/components/schemas/S"),
        ({"$dynamicRef": "#/components/schemas/T"}, "#/components/schemas/T"),
        ({"$recursiveRef": "#"}, "#/components/schemas/S"),
    ],
)
def test_reference_leads_to_the_anchor(node: dict[str, Any], meant: str) -> None:
    assert repaired({**node, "description": "d"}).node == {"$ref": meant, "description": "d"}


@pytest.mark.parametrize("anchor", ["#none", "#three"])
def test_anchor_of_none_or_several_is_refused(anchor: str) -> None:
    with pytest.raises(SpecError, match=r"may lead to (0|2) schemas"):
        repaired({"$dynamicRef": anchor})


@pytest.mark.parametrize("node", [{"$ref": "#/components/schemas/S"}, {"type": "string"}])
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

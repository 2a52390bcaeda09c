"""References to definitions that a schema brings along lead there."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.local_definitions import local_definitions

SCHEMA: dict[str, Any] = {"properties": {"p": {"items": {}, "definitions": {"Y": {}}}}}


BODY = "#/paths/~1a/get/responses/200/content/application~1json/schema"


def repaired(node: dict[str, Any], pointer: str = "") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {
        "openapi": "3.1.0",
        "$defs": {"Root": {}, "Null": None},
        "components": {"schemas": {"S": {**SCHEMA, "$defs": {"X": {}}}, "Other": {}}},
    }
    pointer = pointer or "#/components/schemas/S/properties/p/items"
    place = Place(DocumentView(tree), Kind.SCHEMA, pointer)
    change = local_definitions(node, place)
    assert change is None or local_definitions(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("#/$defs/X", "#/components/schemas/S/$defs/X"),
        ("#/definitions/Y", "#/components/schemas/S/properties/p/definitions/Y"),
        ("#/definitions/Other", "#/components/schemas/Other"),
        ("#", "#/components/schemas/S"),
    ],
)
def test_nearest_definition_is_meant(reference: str, meant: str) -> None:
    change = repaired({"$ref": reference, "description": "d"})
    assert change.node == {"$ref": meant, "description": "d"}
    assert len(change.repairs) == 1


def test_a_discriminator_means_the_nearest_definition_too() -> None:
    told = {"propertyName": "k", "mapping": {"x": "#/$defs/X", "o": "Other"}}
    node = {"oneOf": [{"$ref": "#/$defs/X"}], "discriminator": told}
    change = repaired({**node, "discriminator": {**told, "defaultMapping": "#/$defs/X"}})
    meant = "#/components/schemas/S/$defs/X"
    mapping = {"x": meant, "o": "Other"}
    assert change.node["discriminator"] == {**told, "mapping": mapping, "defaultMapping": meant}
    assert len(change.repairs) == 1


def test_the_schema_around_is_meant_where_it_is_no_component() -> None:
    change = repaired({"$ref": "#"}, f"{BODY}/properties/inner")
    assert change.node == {"$ref": BODY}
    assert repaired({"$ref": "#"}, "#/info") is None


@pytest.mark.parametrize(
    "node",
    [
        *({"$ref": "#/$defs/Root"}, {"$ref": "#/$defs/Null"}, {"$ref": "#/$defs/None"}),
        *({"$ref": "#/components/schemas/X"}, {}),
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

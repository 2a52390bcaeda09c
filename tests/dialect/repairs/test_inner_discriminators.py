"""The discriminator of a part of an allOf is that of the schema which others extend."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.inner_discriminators import inner_discriminators

BASE = {"$ref": "#/components/schemas/Base"}
TOLD = {"propertyName": "kind"}


def moved(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = inner_discriminators(node, place)
    assert change is None or inner_discriminators(change.node, place) is None
    return change


def test_it_is_moved_to_the_whole() -> None:
    part = {"type": "object", "properties": {"kind": {"type": "string"}}}
    change = moved({"allOf": [BASE, {**part, "discriminator": TOLD}], "title": "t"})
    assert change.node == {"allOf": [BASE, part], "title": "t", "discriminator": TOLD}
    assert not change.repairs


@pytest.mark.parametrize(
    "node",
    [
        {"allOf": [BASE, {"type": "object"}]},
        {"allOf": [BASE, {"discriminator": TOLD}], "discriminator": TOLD},
        {"allOf": [{"discriminator": TOLD}, {"discriminator": {"propertyName": "other"}}]},
        {"allOf": [{"oneOf": [BASE], "discriminator": TOLD}]},
        {"allOf": [{**BASE, "discriminator": TOLD}]},
        {"allOf": {"discriminator": TOLD}},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert moved(node) is None


@pytest.mark.parametrize(
    ("count", "told", "is_moved"),
    [
        (100, TOLD, True),
        (101, TOLD, False),
        (101, {**TOLD, "mapping": {"a": "#/components/schemas/S0"}}, True),
    ],
)
def test_it_is_not_moved_if_the_schema_stands_for_any_object(
    count: int, told: dict[str, Any], is_moved: bool
) -> None:
    node = {"allOf": [BASE, {"type": "object", "discriminator": told}]}
    heirs = {f"S{at}": {"allOf": [{"$ref": "#/components/schemas/Any"}]} for at in range(count)}
    tree = {"openapi": "3.0.3", "components": {"schemas": {"Any": node, **heirs}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/components/schemas/Any")
    assert (inner_discriminators(node, place) is not None) is is_moved

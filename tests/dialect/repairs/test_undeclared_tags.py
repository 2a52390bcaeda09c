"""A discriminator of a property that nothing declares is a text."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.undeclared_tags import undeclared_tags

KIND = {"discriminator": {"propertyName": "kind"}}
TEXT = {"kind": {"type": "string"}}


def repaired(node: Any, **schemas: Any) -> Any:
    """Return the change that the pass makes, and see that a second time there is none."""
    tree = {"openapi": "3.0.3", "components": {"schemas": schemas}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/components/schemas/A")
    change = undeclared_tags(node, place)
    assert change is None or undeclared_tags(change.node, place) is None
    return change


def test_it_is_declared_and_told() -> None:
    change = repaired({**KIND, "properties": {"a": {}}})
    assert change.node == {**KIND, "properties": {"a": {}, **TEXT}}
    [told] = change.repairs
    assert told == 'the discriminator reads "kind", which is not a property: read as a text'


def test_an_object_without_properties_has_it() -> None:
    assert repaired({**KIND, "type": "object"}).node["properties"] == TEXT


@pytest.mark.parametrize(
    "node",
    [
        {**KIND, "properties": TEXT},
        {**KIND, "allOf": [{"properties": TEXT}]},
        {**KIND, "allOf": [{"$ref": "#/components/schemas/B"}]},
        {**KIND, "oneOf": [{"properties": {"a": {}}}]},
        {**KIND, "anyOf": []},
        {**KIND, "type": "string"},
        {**KIND, "properties": 7},
        {"discriminator": {}},
        {"discriminator": 7},
    ],
)
def test_anything_else_stays(node: Any) -> None:
    assert repaired(node, B={"properties": TEXT}) is None

"""A family of errors does not require what tells its kinds apart."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.optional_error_type import optional_error_type

FAMILY = {"discriminator": {"propertyName": "error_type"}}
PLACE = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/components/schemas/Error")


def test_error_type_becomes_optional() -> None:
    change = optional_error_type({**FAMILY, "required": ["error_type", "messages"]}, PLACE)
    assert change is not None
    assert change.node == {**FAMILY, "required": ["messages"]}
    assert len(change.repairs) == 1
    assert optional_error_type(change.node, PLACE) is None


def test_required_goes_with_its_last_name() -> None:
    change = optional_error_type({**FAMILY, "required": ["error_type"]}, PLACE)
    assert change is not None
    assert change.node == FAMILY


@pytest.mark.parametrize(
    "node",
    [
        {**FAMILY, "required": ["messages"]},
        {**FAMILY, "required": True},
        FAMILY,
        {"required": ["error_type"]},
        {"required": ["error_type"], "discriminator": {"propertyName": "kind"}},
    ],
)
def test_other_schemas_stay(node: dict[str, Any]) -> None:
    assert optional_error_type(node, PLACE) is None

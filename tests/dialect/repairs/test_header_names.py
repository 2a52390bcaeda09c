"""A header that cannot have its name is left out, unless it is required."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.header_names import header_names

COMPONENTS = {"parameters": {"Req": {"name": "X Req", "in": "header"}}}


def repaired(*parameters: object, kind: Kind = Kind.OPERATION) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3", "components": COMPONENTS}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = header_names({"parameters": [*parameters]}, place)
    assert change is None or header_names(change.node, place) is None
    return change


@pytest.mark.parametrize("kind", [Kind.OPERATION, Kind.PATH_ITEM])
@pytest.mark.parametrize(
    "parameter",
    [
        {"name": "X Req", "in": "header"},
        {"name": "X Req", "in": "Header", "required": False},
        {"name": "Größe", "in": "header"},
        {"name": "X-Req:", "in": "header"},
        {"name": "", "in": "header"},
        {"$ref": "#/components/parameters/Req"},
    ],
)
def test_optional_header_without_a_possible_name_is_left_out(
    parameter: dict[str, Any], kind: Kind
) -> None:
    other = {"name": "X-Req", "in": "header"}
    change = repaired(parameter, other, kind=kind)
    assert change.node == {"parameters": [other]}
    (told,) = change.repairs
    assert told.startswith("no header is called ")


@pytest.mark.parametrize(
    "parameter",
    [
        {"name": "X Req", "in": "header", "required": True},
        {"name": "X Req", "in": "query"},
        {"name": "X Req", "in": "cookie"},
        {"name": " X-Req ", "in": "header"},
        {"name": "x_req.v2", "in": "header"},
        {"in": "header"},
        {"$ref": "#/components/parameters/Nowhere"},
        "X Req",
    ],
)
def test_anything_else_changes_nothing(parameter: object) -> None:
    assert repaired(parameter) is None

"""Parameters that one list declares several times are read as the first of them."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.repeated_parameters import repeated_parameters

COMPONENTS = {"parameters": {"Page": {"name": "page", "in": "query"}}}
PAGE = {"$ref": "#/components/parameters/Page"}
OTHER = {"name": "page", "in": "header"}


def repaired(*parameters: object, kind: Kind = Kind.OPERATION) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3", "components": COMPONENTS}), kind, "#/somewhere")
    change = repeated_parameters({"parameters": [*parameters]}, place)
    assert change is None or repeated_parameters(change.node, place) is None
    return change


@pytest.mark.parametrize("kind", [Kind.OPERATION, Kind.PATH_ITEM])
@pytest.mark.parametrize(
    "again", [{"name": "page", "in": "query", "schema": {}}, {"name": "page ", "in": "Query"}, PAGE]
)
def test_the_first_is_read(again: dict[str, Any], kind: Kind) -> None:
    change = repaired(PAGE, OTHER, again, kind=kind)
    assert change.node == {"parameters": [PAGE, OTHER]}
    assert change.repairs == ('the query parameter "page" is declared again: the first is read',)


def test_capitals_tell_no_headers_apart() -> None:
    one, two = {"name": "X-A", "in": "header"}, {"name": "x-a", "in": "header"}
    assert repaired(one, two).node == {"parameters": [one]}
    assert repaired({**one, "in": "query"}, {**two, "in": "query"}) is None


@pytest.mark.parametrize("other", [OTHER, {"$ref": "#/gone"}, None, {"name": "page"}])
def test_others_are_left(other: object) -> None:
    assert repaired(PAGE, other, other if other != OTHER else {}) is None
    body = {"name": "b", "in": "body"}
    assert repaired(body, body) is None

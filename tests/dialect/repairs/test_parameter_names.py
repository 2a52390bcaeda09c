"""A name is without the blanks around it."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.parameter_names import parameter_names


def repaired(node: dict[str, Any], kind: Kind) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = parameter_names(node, place)
    assert change is None or parameter_names(change.node, place) is None
    return change


@pytest.mark.parametrize("kind", [Kind.PARAMETER, Kind.SECURITY_SCHEME])
@pytest.mark.parametrize("written", ["page ", " page", "\tpage\n"])
def test_name_has_no_blanks_around_it(written: str, kind: Kind) -> None:
    change = repaired({"in": "query", "name": written}, kind)
    assert change.node == {"in": "query", "name": "page"}
    assert change.repairs == (f'`name` is "{written}": read as "page"',)


@pytest.mark.parametrize("stated", ["page", "the page", "", " ", 1, None])
def test_anything_else_changes_nothing(stated: object) -> None:
    assert repaired({"in": "query", "name": stated}, Kind.PARAMETER) is None

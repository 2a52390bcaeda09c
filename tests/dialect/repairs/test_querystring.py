"""A query string that is a form is a parameter in the form style."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.querystring import querystring
from vcgen.errors import SpecError


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.2.0"}
    place = Place(DocumentView(tree), Kind.PARAMETER, "#/somewhere")
    change = querystring(node, place)
    assert change is None or querystring(change.node, place) is None
    return change


FORM = "application/x-www-form-urlencoded"
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}


def test_form_is_an_exploded_parameter() -> None:
    node = {"name": "q", "in": "querystring", "content": {FORM: {"schema": SCHEMA}}}
    change = repaired(node)
    assert change.node == {
        **{"name": "q", "in": "query", "style": "form", "explode": True, "schema": SCHEMA}
    }
    assert not change.repairs


@pytest.mark.parametrize(
    "content", [{}, {"application/json": {}}, {FORM: {"encoding": {"a": {"style": "x"}}}}]
)
def test_other_media_types_are_refused(content: Any) -> None:
    with pytest.raises(SpecError, match="other than a plain form"):
        repaired({"name": "q", "in": "querystring", "content": content})


def test_anything_else_changes_nothing() -> None:
    assert repaired({"name": "q", "in": "query", "schema": SCHEMA}) is None

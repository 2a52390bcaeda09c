"""A style that does not exist where a parameter is, is the usual one."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.parameter_styles import parameter_styles


def repaired(node: dict[str, Any], version: str = "3.0.3") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": version}), Kind.PARAMETER, "#/somewhere")
    change = parameter_styles(node, place)
    assert change is None or parameter_styles(change.node, place) is None
    return change


@pytest.mark.parametrize("style", ["simple", "commaDelimited", "csv"])
def test_commas_in_a_query_are_a_form_that_is_not_exploded(style: str) -> None:
    change = repaired({"in": "query", "style": style})
    assert change.node == {"in": "query", "style": "form", "explode": False}
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    ("place", "style", "meant"),
    [("header", "form", "simple"), ("path", "form", "simple"), ("cookie", "deepObject", "form")],
)
def test_style_is_the_usual_one(place: str, style: str, meant: str) -> None:
    assert repaired({"in": place, "style": style}).node == {"in": place, "style": meant}


@pytest.mark.parametrize(
    "node",
    [{"in": "query", "style": "form"}, {"in": "path"}, {"in": "body", "style": "x"}, {"style": 1}],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


@pytest.mark.parametrize(("version", "meant"), [("3.1.2", "form"), ("3.2.0", "cookie")])
def test_a_cookie_has_a_style_of_its_own_since_3_2(version: str, meant: str) -> None:
    node = {"in": "cookie", "style": "cookie"}
    change = repaired(node, version)
    assert (change.node if change else node)["style"] == meant
    if change:
        assert change.repairs == (
            'the style of a cookie parameter cannot be "cookie": read as form',
        )

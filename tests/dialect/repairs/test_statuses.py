"""Keys of `responses` are the statuses that they name."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.statuses import statuses


def repaired(node: dict[str, Any], kind: Kind = Kind.OPERATION) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = statuses(node, place)
    assert change is None or statuses(change.node, place) is None
    return change


A, B = {"description": "a"}, {"description": "b"}


@pytest.mark.parametrize(
    ("responses", "meant"),
    [
        ({"4xx": A}, {"4XX": A}),
        ({"200 ": A}, {"200": A}),
        ({"Default": A}, {"default": A}),
        ({"400, 401": A, "5xx": B}, {"400": A, "401": A, "5XX": B}),
        ({"400,401": A, "401": B}, {"400": A, "401": B}),
        ({"ok": A, "200": B}, {"200": B}),
        ({"0": A, "1001": A, "2X": A, "200": B}, {"200": B}),
        ({"400(Exception): pass\nclass X": A, "200": B}, {"200": B}),
    ],
)
def test_key_is_what_it_names(responses: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired({"responses": responses, "tags": []})
    assert change.node == {"responses": meant, "tags": []}
    assert change.repairs


def test_what_was_made_of_a_key_is_told() -> None:
    change = repaired({"responses": {"400,401": A, "ok": A}})
    assert change.repairs == (
        '"400,401" is not a status: read as 400, 401',
        '"ok" is not a status: dropped',
    )


@pytest.mark.parametrize("responses", [{200: A, "4XX": A, "default": B, "x-a": 1}, {}, [], None])
def test_anything_else_changes_nothing(responses: object) -> None:
    assert repaired({"responses": responses}) is None

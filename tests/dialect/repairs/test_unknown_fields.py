"""What OpenAPI does not have is not read, and that is told."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.unknown_fields import unknown_fields
from vcgen.errors import SpecError


def repaired(kind: Kind, node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = unknown_fields(node, place)
    assert change is None or unknown_fields(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("article", "kind", "key"),
    [
        ("an", Kind.OPERATION, "consumes"),
        ("a", Kind.PARAMETER, "collectionFormat"),
        ("a", Kind.RESPONSE, "status"),
        ("a", Kind.MEDIA_TYPE, "nullable"),
    ],
)
def test_field_that_is_not_known_is_told(article: str, kind: Kind, key: str) -> None:
    change = repaired(kind, {"description": "d", key: 1, "x-a": 2})
    assert change.node == {"description": "d", "x-a": 2}
    assert change.repairs == (f"{article} {kind} has no `{key}`: not read",)


@pytest.mark.parametrize(
    ("kind", "key", "meant"),
    [
        (Kind.OPERATION, "paramaters", "parameters"),
        (Kind.OPERATION, "requestbody", "requestBody"),
        (Kind.PARAMETER, "reqired", "required"),
        (Kind.RESPONSE, "contents", "content"),
    ],
)
def test_misspelt_field_that_changes_a_call_is_refused(kind: Kind, key: str, meant: str) -> None:
    with pytest.raises(SpecError) as caught:
        repaired(kind, {key: []})
    assert caught.value.diagnostics[0].hint == f"did the document mean `{meant}`?"
    assert repaired(kind, {key: [], meant: []}).node == {meant: []}


@pytest.mark.parametrize("kind", [Kind.SCHEMA, Kind.INFO, Kind.TAG])
def test_other_objects_may_hold_anything(kind: Kind) -> None:
    assert kind not in unknown_fields.kinds


def test_known_fields_stay() -> None:
    node = {"name": "a", "in": "query", "schema": {}, "example": 1, "description": "d", "$ref": ""}
    assert repaired(Kind.PARAMETER, node) is None

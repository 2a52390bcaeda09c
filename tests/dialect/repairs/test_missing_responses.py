"""An error that refers to a missing response is kept, without what its body holds."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.missing_responses import missing_responses

TREE = {"openapi": "3.0.3", "components": {"responses": {"There": {}}}}
MISSING = {"$ref": "#/components/responses/Missing"}
THERE = {"$ref": "#/components/responses/There"}


def repaired(responses: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(TREE), Kind.OPERATION, "#/somewhere")
    change = missing_responses({"responses": responses}, place)
    assert change is None or missing_responses(change.node, place) is None
    return change


def test_status_of_an_error_is_kept() -> None:
    change = repaired({"200": THERE, "404": MISSING, "default": MISSING})
    empty = {"description": ""}
    assert change.node == {"responses": {"200": THERE, "404": empty, "default": empty}}
    assert len(change.repairs) == 2


def test_reply_is_left_to_be_refused() -> None:
    assert repaired({"200": MISSING}) is None


def test_response_that_is_there_stays() -> None:
    assert repaired({"404": THERE, "500": {"description": "d"}}) is None

"""A security scheme that is not there is not asked for."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.unknown_security import unknown_security

COMPONENTS: dict[str, Any] = {
    "securitySchemes": {"Bearer": {}, "key": {"type": "APIKEY"}, "jwt": {"type": "jwt"}}
}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3", "components": COMPONENTS}
    place = Place(DocumentView(tree), Kind.OPERATION, "#/somewhere")
    change = unknown_security(node, place)
    assert change is None or unknown_security(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("security", "kept"),
    [
        ([{"none": []}], []),
        ([{"none": []}, {"key": []}], [{"key": []}]),
        ([{"none": [], "key": []}], [{"key": []}]),
        ([{}, {"none": []}], [{}]),
        ([{"jwt": []}, {"key": []}], [{"key": []}]),
        ([{"bearer": ["a"]}], [{"Bearer": ["a"]}]),
        ([{"#/components/securitySchemes/key": []}], [{"key": []}]),
        (
            [{"https://acme.example/a.yaml#/components/securitySchemes/Bearer": []}],
            [{"Bearer": []}],
        ),
        ([{"#/components/securitySchemes/none": []}], []),
    ],
)
def test_scheme_that_is_not_there_is_not_asked_for(security: Any, kept: Any) -> None:
    change = repaired({"security": security, "operationId": "a"})
    assert change.node == {"security": kept, "operationId": "a"}
    assert change.repairs[0].startswith("there is no usable security scheme ")


@pytest.mark.parametrize("security", [[], [{}], [{"key": []}, {"Bearer": []}], None, [7]])
def test_anything_else_changes_nothing(security: Any) -> None:
    assert repaired({"security": security}) is None

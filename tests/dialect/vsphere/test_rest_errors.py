"""Operations under `/rest` are marked for their errors' envelope, and declare the errors bare."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.rest_errors import rest_errors
from vcgen.text.pointers import pointer_to

ERROR = {"$ref": "#/components/schemas/not_found"}
WRAPPED = {"type": "object", "properties": {"type": {"type": "string"}, "value": ERROR}}
SCHEMAS = {"not_found": {"type": "object"}, "not_found_error": WRAPPED}


def changed(kind: Kind, node: dict[str, Any], *keys: str) -> Any:
    """Return what the pass makes of a node, and see that it does so once."""
    view = DocumentView({"openapi": "3.0.0", "components": {"schemas": SCHEMAS}})
    place = Place(view, kind, pointer_to(["paths", *keys]))
    change = rest_errors(node, place)
    if change is None:
        return None
    assert change.repairs == ()
    assert rest_errors(change.node, place) is None
    return change.node


def declared(schema: dict[str, Any], path: str = "/rest/vm", status: str = "404") -> Any:
    """Return the schema that an error reply declares after the pass, or None if it is the same."""
    keys = (path, "get", "responses", status, "content", "application/json")
    node = changed(Kind.MEDIA_TYPE, {"schema": schema}, *keys)
    return None if node is None else node["schema"]


def test_operation_under_rest_is_marked() -> None:
    node = changed(Kind.OPERATION, {"tags": ["vm"]}, "/rest/vm", "get")
    envelope = {"kind": "type", "value": "value"}
    assert node == {"tags": ["vm"], "x-vcgen-error-envelope": envelope}
    assert changed(Kind.OPERATION, {"tags": ["vm"]}, "/api/vm", "get") is None


def test_error_in_an_envelope_is_declared_bare() -> None:
    assert declared({"$ref": "#/components/schemas/not_found_error"}) == ERROR
    assert declared(WRAPPED, status="default") == ERROR


def test_error_that_is_declared_bare_stays() -> None:
    assert declared(ERROR) is None


@pytest.mark.parametrize(
    "properties",
    [
        {"value": ERROR},
        {"type": {"type": "string"}, "value": ERROR, "more": {}},
        {"type": {"type": "integer"}, "value": ERROR},
        {"type": {"type": "string"}, "value": {}},
    ],
)
def test_other_objects_are_no_envelope(properties: dict[str, Any]) -> None:
    assert declared({"type": "object", "properties": properties}) is None


def test_what_is_no_error_under_rest_stays() -> None:
    assert declared(WRAPPED, status="200") is None
    assert declared(WRAPPED, path="/api/vm") is None

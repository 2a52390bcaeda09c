"""Dangling body references are read as JSON of the schema of that name."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.request_body_by_schema_name import request_body_by_schema_name

DOCUMENT = {
    "openapi": "3.0.0",
    "components": {
        "requestBodies": {"Present": {"content": {}}},
        "schemas": {"Present": {}, "Vm.Create": {}, "a/b c": {}},
    },
}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(DOCUMENT), Kind.REQUEST_BODY, "#/paths/~1a/post/requestBody")
    change = request_body_by_schema_name(node, place)
    assert change is None or request_body_by_schema_name(change.node, place) is None
    return change


def test_dangling_reference_becomes_a_body_of_the_schema() -> None:
    change = repaired({"$ref": "#/components/requestBodies/Vm.Create"})
    schema = {"$ref": "#/components/schemas/Vm.Create"}
    assert change.node == {"content": {"application/json": {"schema": schema}}, "required": True}
    assert len(change.repairs) == 1
    assert '"Vm.Create"' in change.repairs[0]


def test_escapes_of_the_reference_are_understood() -> None:
    change = repaired({"$ref": "#/components/requestBodies/a~1b%20c"})
    schema = change.node["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/a~1b c"}


def test_body_that_exists_changes_nothing() -> None:
    assert repaired({"$ref": "#/components/requestBodies/Present"}) is None
    assert repaired({"content": {}}) is None


def test_name_that_no_schema_has_changes_nothing() -> None:
    assert repaired({"$ref": "#/components/requestBodies/Nothing"}) is None


def test_reference_to_elsewhere_changes_nothing() -> None:
    assert repaired({"$ref": "#/components/schemas/Vm.Create"}) is None
    assert repaired({"$ref": "other.yaml#/components/requestBodies/Vm.Create"}) is None
    assert repaired({"$ref": 7}) is None

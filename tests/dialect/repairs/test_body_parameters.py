"""Parameters of the body, which Swagger 2.0 had, are the request body."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.body_parameters import body_parameters

QUERY = {"name": "q", "in": "query"}
STRING = {"type": "string"}
FILE = {"type": "string", "format": "binary"}


def repaired(*parameters: object, **more: object) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.OPERATION, "#/somewhere")
    change = body_parameters({"parameters": [*parameters], **more}, place)
    assert change is None or body_parameters(change.node, place) is None
    return change


def test_body_is_json() -> None:
    change = repaired(QUERY, {"name": "b", "in": "body", "required": True, "schema": STRING})
    body = {"required": True, "content": {"application/json": {"schema": STRING}}}
    assert change.node == {"parameters": [QUERY], "requestBody": body}
    assert len(change.repairs) == 1


@pytest.mark.parametrize("says", [[0], [1]])
def test_body_that_says_nothing_is_left_out(says: list[int]) -> None:
    bodies = [
        {"name": "b", "in": "body", **({"schema": STRING} if one in says else {})} for one in (0, 1)
    ]
    change = repaired(*bodies)
    body = {"content": {"application/json": {"schema": STRING}}}
    assert change.node == {"parameters": [], "requestBody": body}


@pytest.mark.parametrize(
    ("second", "schema", "media"),
    [
        ({"schema": STRING}, STRING, "application/x-www-form-urlencoded"),
        ({"type": "string"}, STRING, "application/x-www-form-urlencoded"),
        ({"type": "file"}, FILE, "multipart/form-data"),
    ],
)
def test_fields_are_a_form(second: dict[str, Any], schema: dict[str, Any], media: str) -> None:
    first = {"name": "a", "in": "formData", "required": True, "schema": STRING}
    change = repaired(first, {"name": "b", "in": "formData", **second})
    form = {"type": "object", "properties": {"a": STRING, "b": schema}, "required": ["a"]}
    assert change.node["parameters"] == []
    assert change.node["requestBody"] == {"required": True, "content": {media: {"schema": form}}}


@pytest.mark.parametrize(
    "parameters",
    [
        [QUERY],
        [{"in": "body"}, {"in": "body"}],
        [{"in": "body", "schema": STRING}, {"in": "body", "schema": STRING}],
        [{"in": "body"}, {"in": "formData"}],
    ],
)
def test_anything_else_changes_nothing(parameters: list[object]) -> None:
    assert repaired(*parameters) is None


def test_request_body_counts() -> None:
    assert repaired({"name": "b", "in": "body"}, requestBody={"content": {}}) is None


@pytest.mark.parametrize(
    ("stated", "schema", "media"),
    [
        ("application/x-www-form-urlencoded", FILE, "multipart/form-data"),
        ("multipart/form-data", STRING, "multipart/form-data"),
        ("application/x-www-form-urlencoded", STRING, "application/x-www-form-urlencoded"),
    ],
)
def test_fields_beside_a_form_are_of_it(stated: str, schema: dict[str, Any], media: str) -> None:
    form = {"$ref": "#/components/schemas/Form"}
    body = {"required": True, "content": {stated: {"schema": form, "encoding": {}}}}
    change = repaired(QUERY, {"name": "b", "in": "formData", "schema": schema}, requestBody=body)
    both = {"allOf": [form, {"type": "object", "properties": {"b": schema}}]}
    assert change.node == {
        "parameters": [QUERY],
        "requestBody": {
            "required": True,
            "content": {media: {"schema": both, "encoding": {}}},
        },
    }


@pytest.mark.parametrize(
    "content",
    [
        {"application/json": {"schema": {}}},
        {"multipart/form-data": {}, "application/json": {}},
        {"text/plain": {}},
    ],
)
def test_fields_beside_another_body_change_nothing(content: object) -> None:
    assert repaired({"name": "b", "in": "formData"}, requestBody={"content": content}) is None

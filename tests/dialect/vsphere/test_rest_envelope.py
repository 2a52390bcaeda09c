"""Replies under `/rest` that are an object of `value` alone are marked as envelopes."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.rest_envelope import rest_envelope
from vcgen.text.pointers import pointer_to

STRING = {"type": "string"}
ENVELOPE = {"type": "object", "properties": {"value": STRING}, "required": ["value"]}


def marked(
    schema: dict[str, Any], path: str = "/rest/vm/{vm}", status: str = "200", **root: Any
) -> Any:
    """Return the mark that the JSON of a reply gets."""
    schemas = {"vm_resp": {"description": "", **ENVELOPE}, "vm": {"properties": {"name": STRING}}}
    view = DocumentView({"openapi": "3.0.0", "components": {"schemas": schemas}, **root})
    keys = ["paths", path, "get", "responses", status, "content", "application/json"]
    place = Place(view, Kind.MEDIA_TYPE, pointer_to(keys))
    change = rest_envelope({"schema": schema}, place)
    if change is None:
        return None
    assert change.repairs == ()
    assert change.node["schema"] == schema
    assert rest_envelope(change.node, place) is None
    return change.node["x-vcgen-envelope"]


def test_object_of_value_alone_is_an_envelope() -> None:
    assert marked(ENVELOPE) == "value"
    assert marked({"properties": {"value": {"type": "array", "items": STRING}}}) == "value"


def test_component_may_be_the_envelope() -> None:
    assert marked({"$ref": "#/components/schemas/vm_resp"}) == "value"


@pytest.mark.parametrize(
    "schema",
    [
        STRING,
        {},
        {"$ref": "#/components/schemas/vm"},
        {"$ref": "#/components/schemas/nothing"},
        {"type": "object", "properties": {"value": STRING, "type": STRING}},
        {"properties": {"value": STRING}, "additionalProperties": STRING},
        {"allOf": [ENVELOPE], "properties": {"value": STRING}},
    ],
)
def test_other_replies_are_none(schema: dict[str, Any]) -> None:
    assert marked(schema) is None


def test_only_successes_count() -> None:
    assert marked(ENVELOPE, status="201") == "value"
    assert marked(ENVELOPE, status="404") is None
    assert marked(ENVELOPE, status="default") is None


@pytest.mark.parametrize("path", ["/api/vm", "/vm", "/restore/vm", "/api/rest/vm"])
def test_only_what_is_under_rest_counts(path: str) -> None:
    assert marked(ENVELOPE, path) is None


@pytest.mark.parametrize(
    ("urls", "mark"),
    [
        (["https://{host}/rest"], "value"),
        (["https://vc.example.com/rest/"], "value"),
        (["https://vc.example.com/rest", "https://vc.example.com/api"], None),
        (["https://vc.example.com/api"], None),
        (["https://[broken"], None),
        ([], None),
    ],
)
def test_prefix_may_be_that_of_the_server(urls: list[str], mark: str | None) -> None:
    assert marked(ENVELOPE, "/vm", servers=[{"url": url} for url in urls]) == mark


def test_request_bodies_are_left_alone() -> None:
    keys = ["paths", "/rest/vm", "post", "requestBody", "content", "application/json"]
    place = Place(DocumentView({}), Kind.MEDIA_TYPE, pointer_to(keys))
    assert rest_envelope({"schema": ENVELOPE}, place) is None

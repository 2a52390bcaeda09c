"""Responses get content, and headers a schema."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from vcgen.reading.swagger2 import convert
from vcgen.reading.swagger2.notes import REFUSED

A = {"$ref": "#/definitions/A"}
CONVERTED_A = {"$ref": "#/components/schemas/A"}
BINARY = {"type": "string", "format": "binary"}


def document(stated: Any, operation: Any = None, **parts: Any) -> dict[str, Any]:
    get = {"responses": stated, **(operation or {})}
    info = {"title": "T", "version": "1"}
    parts = {"definitions": {"A": {"type": "object"}}, **parts}
    return {"swagger": "2.0", "info": info, "paths": {"/a": {"get": get}}, **parts}


def responses(stated: Any, operation: Any = None, **parts: Any) -> Any:
    """Return the responses of a valid document, which makes a valid one."""
    source = document(stated, operation, **parts)
    OpenAPIV2SpecValidator(source).validate()
    tree = convert(source).tree
    OpenAPIV30SpecValidator(tree).validate()
    return tree["paths"]["/a"]["get"]["responses"]


def test_response_is_json_where_nothing_else_is_said() -> None:
    made = responses({"200": {"description": "Fine.", "schema": A, "x-a": 1}})
    content = {"application/json": {"schema": CONVERTED_A}}
    assert made == {"200": {"description": "Fine.", "x-a": 1, "content": content}}


def test_response_without_schema_has_no_content() -> None:
    stated = {"204": {"description": "Done."}}
    assert responses(stated, {"produces": ["application/json"]}) == stated


def test_response_has_each_media_type_of_the_operation() -> None:
    produces = ["application/vnd.x+json; charset=utf-8", "text/csv"]
    stated = {"200": {"description": "", "schema": A}, "default": {"description": "", "schema": A}}
    made = responses(stated, {"produces": produces}, produces=["text/plain"])
    assert list(made["200"]["content"]) == produces
    assert list(made["default"]["content"]) == produces


def test_response_has_the_media_types_of_the_document() -> None:
    made = responses({"200": {"description": "", "schema": A}}, produces=["text/plain"])
    assert list(made["200"]["content"]) == ["text/plain"]


@pytest.mark.parametrize(
    ("produces", "media_type"),
    [(["application/pdf"], "application/pdf"), ([], "application/octet-stream")],
)
def test_file_is_binary(produces: list[str], media_type: str) -> None:
    stated = {"200": {"description": "", "schema": {"type": "file"}}}
    # The validator of 2.0 takes `file` for a mistake, although the specification names it.
    tree = convert(document(stated, {"produces": produces})).tree
    OpenAPIV30SpecValidator(tree).validate()
    made = tree["paths"]["/a"]["get"]["responses"]
    assert made["200"]["content"] == {media_type: {"schema": BINARY}}


@pytest.mark.parametrize("produces", [["application/octet-stream"], ["image/png", "image/gif"]])
def test_reply_without_schema_is_a_file_where_nothing_else_is_produced(produces: list[str]) -> None:
    stated = {"200": {"description": ""}, "404": {"description": ""}}
    tree = convert(document(stated, {"produces": produces}))
    made = tree.tree["paths"]["/a"]["get"]["responses"]
    assert made["200"]["content"] == {one: {"schema": BINARY} for one in produces}
    assert "content" not in made["404"]
    (repair,) = tree.repairs_in(tree.tree)
    assert "read as a file" in repair.message


@pytest.mark.parametrize("produces", [[], ["application/json"], ["text/plain", "image/png"]])
def test_reply_without_schema_is_empty_where_it_may_be_anything(produces: list[str]) -> None:
    assert "content" not in responses({"200": {"description": ""}}, {"produces": produces})["200"]


def test_operation_that_is_a_reference_is_the_one_it_refers_to() -> None:
    source = document({"204": {"description": ""}}, {"operationId": "a", "consumes": ["text/csv"]})
    source["paths"]["/b"] = {"put": {"$ref": "#/paths/~1a/get"}, "get": {"$ref": "#/x-none"}}
    found = convert(source)
    assert found.tree["paths"]["/b"]["put"] == found.tree["paths"]["/a"]["get"]
    assert found.origin("#/paths/~1b/put/responses") == "#/paths/~1a/get/responses"
    assert found.tree["paths"]["/b"]["get"] == {"$ref": "#/x-none"}


def test_examples_are_dropped() -> None:
    stated = {"200": {"description": "", "schema": A, "examples": {"application/json": {"a": 1}}}}
    assert set(responses(stated)["200"]) == {"description", "content"}


def test_header_has_a_schema() -> None:
    # The example of the specification, Headers Object.
    headers = {
        "X-Rate-Limit-Limit": {
            "description": "The number of allowed requests in the current period",
            "type": "integer",
        },
        "X-Tags": {"type": "array", "items": {"type": "string"}, "x-a": 1},
    }
    made = responses({"200": {"description": "", "headers": headers}})
    assert made["200"]["headers"] == {
        "X-Rate-Limit-Limit": {
            "description": "The number of allowed requests in the current period",
            "schema": {"type": "integer"},
        },
        "X-Tags": {
            "x-a": 1,
            "style": "simple",
            "explode": False,
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    }


def test_shared_response_is_referred_to() -> None:
    shared = {"a/b": {"description": "", "schema": A}}
    made = responses({"404": {"$ref": "#/responses/a~1b"}}, responses=shared)
    assert made == {"404": {"$ref": "#/components/responses/a~1b"}}


def test_shared_response_of_other_media_types_is_written_out() -> None:
    shared = {"A": {"description": "", "schema": A}, "B": {"description": ""}}
    stated = {"404": {"$ref": "#/responses/A"}, "405": {"$ref": "#/responses/B"}}
    source = document(stated, {"produces": ["text/csv"]}, responses=shared)
    converted = convert(source)
    made = converted.tree["paths"]["/a"]["get"]["responses"]
    assert made["404"] == {"description": "", "content": {"text/csv": {"schema": CONVERTED_A}}}
    assert made["405"] == {"$ref": "#/components/responses/B"}
    pointer = "#/paths/~1a/get/responses/404/content/text~1csv/schema/$ref"
    assert converted.origin(pointer) == "#/responses/A/schema/$ref"


@pytest.mark.parametrize("response", ["Fine.", None, [], {"headers": []}])
def test_what_repairs_read_as_a_response_is_left_to_them(response: Any) -> None:
    assert convert(document({"200": response})).tree["paths"]["/a"]["get"]["responses"] == {
        "200": response
    }


@pytest.mark.parametrize("schema", [None, []])
def test_what_repairs_read_as_a_schema_is_left_to_them(schema: Any) -> None:
    made = convert(document({"200": {"schema": schema}})).tree["paths"]["/a"]["get"]["responses"]
    assert made == {"200": {"content": {"application/json": {"schema": schema}}}}


def test_extensions_among_the_responses_are_kept() -> None:
    stated = {"200": {"description": ""}, "x-a": {"schema": {}}}
    assert responses(stated)["x-a"] == {"schema": {}}


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (7, "#/paths/~1a/get/responses/200: the response is a number, not a mapping"),
        ({"schema": [7]}, "#/paths/~1a/get/responses/200/schema: the schema is a list"),
        ({"headers": [7]}, "#/paths/~1a/get/responses/200/headers: `headers` is a list"),
    ],
)
def test_what_is_no_response_is_refused(response: Any, message: str) -> None:
    converted = convert(document({"200": response, "404": {"description": ""}}))
    made = converted.tree["paths"]["/a"]["get"]["responses"]
    assert made == {"200": REFUSED, "404": {"description": ""}}
    (diagnostic,) = converted.refused.values()
    assert str(diagnostic).startswith(message)


@pytest.mark.parametrize("value", [True, False])
def test_schema_that_is_a_boolean_is_kept_for_slicing(value: bool) -> None:
    converted = convert(document({"200": {"description": "", "schema": value}}))
    found = converted.tree["paths"]["/a"]["get"]["responses"]["200"]
    assert found["content"] == {"application/json": {"schema": value}}


def test_header_that_cannot_be_said_is_refused_alone() -> None:
    bad = {"type": "array", "items": {"type": "string"}, "collectionFormat": "tsv"}
    headers = {"X-Bad": bad, "X-Good": {"type": "string"}}
    converted = convert(document({"200": {"description": "", "headers": headers}}))
    made = converted.tree["paths"]["/a"]["get"]["responses"]["200"]["headers"]
    assert made == {"X-Bad": REFUSED, "X-Good": {"schema": {"type": "string"}}}
    assert list(converted.refused) == ["#/paths/~1a/get/responses/200/headers/X-Bad"]


def test_responses_that_are_no_mapping_are_refused() -> None:
    converted = convert(document([]))
    assert converted.tree["paths"]["/a"]["get"]["responses"] == REFUSED
    assert "`responses` is a list" in str(*converted.refused.values())

"""Body and form parameters become the request body of OpenAPI 3."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from vcgen.reading.swagger2 import Converted, convert
from vcgen.reading.swagger2.notes import REFUSED

RESPONSES = {"200": {"description": "Fine."}}
A = {"$ref": "#/definitions/A"}
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def document(*parameters: Any, operation: Any = None, **parts: Any) -> dict[str, Any]:
    post = {"parameters": list(parameters), "responses": RESPONSES, **(operation or {})}
    info = {"title": "T", "version": "1"}
    parts = {"definitions": {"A": {"type": "object"}}, "paths": {"/a": {"post": post}}} | parts
    return {"swagger": "2.0", "info": info, **parts}


def made(source: dict[str, Any]) -> dict[str, Any]:
    """Return the operation of a valid document, which makes a valid one."""
    OpenAPIV2SpecValidator(source).validate()
    tree = convert(source).tree
    OpenAPIV30SpecValidator(tree).validate()
    operation = tree["paths"]["/a"]["post"]
    assert isinstance(operation, dict)
    return operation


def body(*parameters: Any, operation: Any = None, **parts: Any) -> Any:
    return made(document(*parameters, operation=operation, **parts))["requestBody"]


def why(source: dict[str, Any]) -> str:
    """Return why the body is null, which nothing else is."""
    converted = convert(source)
    assert converted.tree["paths"]["/a"]["post"]["requestBody"] == REFUSED
    assert list(converted.refused) == ["#/paths/~1a/post/requestBody"]
    return str(*converted.refused.values())


def repairs(converted: Converted) -> list[str]:
    return [str(diagnostic) for diagnostic in converted.repairs_in(converted.tree)]


def field(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "formData", "type": "string", **more}


def test_body_is_json_where_nothing_else_is_said() -> None:
    source = {"name": "b", "in": "body", "description": "B.", "required": True, "schema": A}
    assert body({**source, "x-codegen": 1}) == {
        "description": "B.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
        "required": True,
        "x-codegen": 1,
    }


def test_body_has_each_media_type_of_the_operation() -> None:
    vendor = "application/vnd.x+json; charset=utf-8"
    operation = {"consumes": ["application/xml", vendor]}
    source = {"name": "b", "in": "body", "schema": A}
    content = body(source, operation=operation, consumes=["text/plain"])["content"]
    assert list(content) == ["application/xml", vendor]


def test_body_has_the_media_types_of_the_document() -> None:
    content = body({"name": "b", "in": "body", "schema": A}, consumes=["text/plain"])["content"]
    assert list(content) == ["text/plain"]


def test_empty_list_clears_the_media_types_of_the_document() -> None:
    source = {"name": "b", "in": "body", "schema": A}
    content = body(source, operation={"consumes": []}, consumes=["text/plain"])["content"]
    assert list(content) == ["application/json"]


def test_body_takes_the_place_among_the_parameters() -> None:
    query = {"name": "q", "in": "query", "type": "string"}
    operation = made(document({"name": "b", "in": "body", "schema": A}, query))
    assert operation["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    assert list(operation) == ["parameters", "requestBody", "responses"]


def test_operation_with_nothing_but_a_body_has_no_parameters() -> None:
    operation = made(document({"name": "b", "in": "body", "schema": A}))
    assert "parameters" not in operation
    assert "consumes" not in operation


def test_body_of_the_path_is_that_of_each_operation() -> None:
    shared = {"name": "b", "in": "body", "schema": A}
    operation = {"responses": RESPONSES}
    paths = {"/a": {"parameters": [shared], "post": operation, "put": operation}}
    tree = convert(document(paths=paths)).tree
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    assert tree["paths"]["/a"]["parameters"] == []
    assert tree["paths"]["/a"]["put"]["requestBody"] == {"content": content}


def test_body_of_the_operation_replaces_that_of_the_path() -> None:
    shared = {"name": "b", "in": "body", "schema": A}
    own = {"name": "b", "in": "body", "schema": {"type": "string"}}
    operation = {"parameters": [own], "responses": RESPONSES}
    source = document(paths={"/a": {"parameters": [shared], "post": operation}})
    content = made(source)["requestBody"]["content"]
    assert content["application/json"]["schema"] == {"type": "string"}


def test_shared_body_is_referred_to() -> None:
    shared = {"b/1": {"name": "b", "in": "body", "schema": A}}
    reference = {"$ref": "#/parameters/b~11"}
    made_of = body(reference, parameters=shared)
    assert made_of == {"$ref": "#/components/requestBodies/b~11"}


def test_shared_body_of_other_media_types_is_written_out() -> None:
    shared = {"B": {"name": "b", "in": "body", "schema": A}}
    operation = {"consumes": ["application/xml"]}
    source = document({"$ref": "#/parameters/B"}, operation=operation, parameters=shared)
    content = {"application/xml": {"schema": {"$ref": "#/components/schemas/A"}}}
    assert made(source)["requestBody"] == {"content": content}


def test_shared_body_may_be_known_by_two_names() -> None:
    body_of = {"name": "b", "in": "body", "schema": A}
    shared = {"A": {"$ref": "#/parameters/B"}, "B": body_of}
    tree = convert(document({"$ref": "#/parameters/A"}, parameters=shared)).tree
    bodies = tree["components"]["requestBodies"]
    assert bodies["A"] == {"$ref": "#/components/requestBodies/B"}
    request = tree["paths"]["/a"]["post"]["requestBody"]
    assert request == {"$ref": "#/components/requestBodies/A"}


def test_form_is_an_object_of_its_fields() -> None:
    count = {"name": "n", "in": "formData", "type": "integer", "minimum": 1, "x-order": 1}
    operation = {"consumes": [URLENCODED]}
    made_of = body(field("a", description="A.", required=True), count, operation=operation)
    schema = {
        "type": "object",
        "properties": {
            "a": {"description": "A.", "type": "string"},
            "n": {"type": "integer", "minimum": 1, "x-order": 1},
        },
        "required": ["a"],
    }
    assert made_of == {"content": {URLENCODED: {"schema": schema}}, "required": True}


def test_form_without_required_fields_can_be_left_out() -> None:
    made_of = body(field("a"), operation={"consumes": [URLENCODED]})
    assert "required" not in made_of
    assert "required" not in made_of["content"][URLENCODED]["schema"]


def test_form_can_be_sent_in_both_ways() -> None:
    made_of = body(field("a"), operation={"consumes": [MULTIPART, "text/plain", URLENCODED]})
    assert list(made_of["content"]) == [MULTIPART, URLENCODED]


def test_form_is_urlencoded_where_nothing_is_said() -> None:
    assert list(body(field("a"))["content"]) == [URLENCODED]


@pytest.mark.parametrize("consumes", [[MULTIPART], [URLENCODED, MULTIPART], [URLENCODED]])
def test_file_is_a_part_of_a_multipart_body(consumes: list[str]) -> None:
    made_of = body(field("f", type="file"), field("a"), operation={"consumes": consumes})
    assert list(made_of["content"]) == [MULTIPART]
    properties = made_of["content"][MULTIPART]["schema"]["properties"]
    assert properties == {"f": {"type": "string", "format": "binary"}, "a": {"type": "string"}}


def test_several_files_make_a_multipart_body() -> None:
    files = field("f", type="array", items={"type": "file"}, collectionFormat="multi")
    tree = convert(document(files)).tree
    (content,) = tree["paths"]["/a"]["post"]["requestBody"]["content"].items()
    schema = {"type": "array", "items": {"type": "string", "format": "binary"}}
    assert content[0] == MULTIPART
    assert content[1]["schema"]["properties"]["f"] == schema
    assert "encoding" not in content[1]


# OpenAPI 3.0.3, Encoding Object: `style` as for query parameters.
ENCODINGS = [
    ("csv", {"style": "form", "explode": False}),
    ("ssv", {"style": "spaceDelimited", "explode": False}),
    ("pipes", {"style": "pipeDelimited", "explode": False}),
    ("multi", {"style": "form", "explode": True}),
]


@pytest.mark.parametrize(("stated", "encoding"), ENCODINGS)
def test_collection_format_of_a_field_is_its_encoding(
    stated: str, encoding: dict[str, Any]
) -> None:
    items = {"type": "string"}
    source = field("a", type="array", items=items, collectionFormat=stated)
    content = body(source, field("b"))["content"][URLENCODED]
    assert content["encoding"] == {"a": encoding}
    assert content["schema"]["properties"]["a"] == {"type": "array", "items": items}


def test_encoding_is_stated_for_multipart_too() -> None:
    # As from OpenAPI 3.1 on; 3.0 leaves it open (github.com/OAI/OpenAPI-Specification, issue 2018).
    source = field("a", type="array", items={"type": "string"}, collectionFormat="csv")
    content = body(source, operation={"consumes": [MULTIPART]})["content"][MULTIPART]
    assert content["encoding"] == {"a": {"style": "form", "explode": False}}


def test_nullable_field_keeps_no_trace_of_the_extension() -> None:
    content = body(field("a", **{"x-nullable": True}))["content"][URLENCODED]
    assert content["schema"]["properties"]["a"] == {"type": "string", "nullable": True}


def test_body_that_says_nothing_is_anything() -> None:
    tree = convert(document({"name": "b", "in": "body"})).tree
    content = tree["paths"]["/a"]["post"]["requestBody"]["content"]
    assert content == {"application/json": {}}


def test_shared_fields_are_written_into_the_form() -> None:
    source = document({"$ref": "#/parameters/F"}, field("b"), parameters={"F": field("a")})
    properties = made(source)["requestBody"]["content"][URLENCODED]["schema"]["properties"]
    assert list(properties) == ["a", "b"]


def test_form_of_a_document_that_speaks_json_is_still_a_form() -> None:
    converted = convert(document(field("a"), consumes=["application/json"]))
    assert list(converted.tree["paths"]["/a"]["post"]["requestBody"]["content"]) == [URLENCODED]
    assert "a form is not sent as application/json" in repairs(converted)[0]


def test_body_beside_a_form_is_refused() -> None:
    message = why(document({"name": "b", "in": "body", "schema": A}, field("a")))
    assert message.startswith("#/paths/~1a/post/parameters/0: the operation has a body and form")
    assert "hint: " in message


@pytest.mark.parametrize("said", [{"schema": A}, {}])
def test_second_body_is_refused(said: dict[str, Any]) -> None:
    bodies = [{"name": name, "in": "body", **said} for name in "bc"]
    message = why(document(*bodies))
    assert message.startswith("#/paths/~1a/post/parameters/1: the operation has 2 body parameters")


@pytest.mark.parametrize("at", [0, 1])
def test_body_that_does_not_say_what_it_holds_is_left_out(at: int) -> None:
    """LXD has a raw image beside the description of one."""
    bodies = [{"name": "image", "in": "body", "schema": A}]
    bodies.insert(at, {"name": "raw_image", "in": "body", "description": "Raw image file"})
    converted = convert(document(*bodies))
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    assert converted.tree["paths"]["/a"]["post"]["requestBody"] == {"content": content}
    (repair,) = repairs(converted)
    message = "a second body does not say what it holds: left out"
    assert repair == f"#/paths/~1a/post/parameters/{at}: {message}"


def test_field_that_is_there_twice_is_refused() -> None:
    assert 'the form field "a" appears twice' in why(document(field("a"), field("a")))


def test_field_without_a_name_is_refused() -> None:
    assert "has no name" in why(document({"in": "formData", "type": "string"}))


def test_format_without_equivalent_is_refused() -> None:
    source = field("a", type="array", items={"type": "string"}, collectionFormat="tsv")
    assert 'no equivalent of the collectionFormat "tsv"' in why(document(source))


def test_schema_that_is_a_boolean_is_kept_for_slicing() -> None:
    converted = convert(document({"name": "b", "in": "body", "schema": True}))
    content = converted.tree["paths"]["/a"]["post"]["requestBody"]["content"]
    assert content == {"application/json": {"schema": True}}


def test_schema_that_is_none_is_refused() -> None:
    message = why(document({"name": "b", "in": "body", "schema": ["A"]}))
    assert message.startswith("#/paths/~1a/post/parameters/0/schema: the schema is a list")


def test_body_that_says_itself_what_it_is_is_mended() -> None:
    converted = convert(document({"name": "b", "in": "body", "type": "string"}))
    content = converted.tree["paths"]["/a"]["post"]["requestBody"]["content"]
    assert content == {"application/json": {"schema": {"type": "string"}}}
    assert "the body has no `schema`" in repairs(converted)[0]


def test_single_media_type_is_a_list_of_it() -> None:
    source = {"name": "b", "in": "body", "schema": A}
    converted = convert(document(source, operation={"consumes": "application/xml"}))
    content = converted.tree["paths"]["/a"]["post"]["requestBody"]["content"]
    assert list(content) == ["application/xml"]
    assert "read as a list of it" in repairs(converted)[0]

"""Schemas: references, discriminators, null, files; and references between odd places."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from vcgen.reading.swagger2 import convert

INFO = {"title": "T", "version": "1"}


def schemas(definitions: Any, **parts: Any) -> Any:
    """Return the schemas of a document, which make valid OpenAPI."""
    source = {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": definitions, **parts}
    tree = convert(source).tree
    OpenAPIV30SpecValidator(tree).validate()
    return tree["components"]["schemas"]


def schema(node: Any, **others: Any) -> Any:
    return schemas({"It": node, "A": {"type": "string"}, **others})["It"]


def test_model_of_the_specification_stays_what_it_is() -> None:
    # Swagger 2.0, Schema Object, "Models with Composition".
    definitions = {
        "ErrorModel": {
            "type": "object",
            "required": ["message", "code"],
            "properties": {
                "message": {"type": "string"},
                "code": {"type": "integer", "minimum": 100, "maximum": 600},
            },
        },
        "ExtendedErrorModel": {
            "allOf": [
                {"$ref": "#/definitions/ErrorModel"},
                {
                    "type": "object",
                    "required": ["rootCause"],
                    "properties": {"rootCause": {"type": "string"}},
                },
            ]
        },
    }
    OpenAPIV2SpecValidator(
        {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": definitions}
    ).validate()
    made = schemas(definitions)
    assert made["ErrorModel"] == definitions["ErrorModel"]
    first, second = made["ExtendedErrorModel"]["allOf"]
    assert first == {"$ref": "#/components/schemas/ErrorModel"}
    assert second == definitions["ExtendedErrorModel"]["allOf"][1]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: {"properties": {"a": node}},
        lambda node: {"type": "array", "items": node},
        lambda node: {"additionalProperties": node},
        lambda node: {"allOf": [node]},
        lambda node: {"properties": {"items": {"type": "array", "items": node}}},
        lambda node: {"properties": {"properties": {"properties": {"$ref": node}}}},
    ],
)
def test_references_are_rewritten_wherever_they_are(wrap: Any) -> None:
    made = schema(wrap({"$ref": "#/definitions/A"}))
    assert made == wrap({"$ref": "#/components/schemas/A"})


def test_reference_keeps_its_escapes_and_its_way_inside() -> None:
    others = {"a/b c": {"properties": {"d~e": {"type": "string"}}}}
    reference = "definitions/a~1b%20c/properties/d~0e"
    made = convert(
        {
            "swagger": "2.0",
            "info": INFO,
            "paths": {},
            "definitions": {"It": {"$ref": f"#/{reference}"}, **others},
        }
    ).tree["components"]["schemas"]["It"]
    assert made == {"$ref": "#/components/schemas/a~1b%20c/properties/d~0e"}


def test_what_stands_beside_a_reference_is_kept() -> None:
    made = schema({"properties": {"a": {"$ref": "#/definitions/A", "description": "D."}}})
    assert made["properties"]["a"] == {"$ref": "#/components/schemas/A", "description": "D."}


def test_values_are_no_schemas() -> None:
    value = {"$ref": "#/definitions/A", "type": "file", "x-nullable": True}
    node = {"type": "object", "default": value, "enum": [value], "example": value, "x-a": value}
    source = {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": {"It": node}}
    assert convert(source).tree["components"]["schemas"]["It"] == node


def test_property_may_be_called_like_a_keyword() -> None:
    names = ("$ref", "discriminator", "type", "x-nullable", "items", "allOf")
    node = {"properties": {name: {"type": "string"} for name in names}}
    assert schema(node) == node


def test_discriminator_is_an_object_with_implicit_names() -> None:
    # Swagger 2.0, Schema Object, "Models with Polymorphism Support".
    pet = {
        "type": "object",
        "discriminator": "petType",
        "properties": {"petType": {"type": "string"}},
        "required": ["petType"],
    }
    cat = {"allOf": [{"$ref": "#/definitions/Pet"}, {"type": "object"}]}
    made = schemas({"Pet": pet, "Cat": cat})
    assert made["Pet"] == {**pet, "discriminator": {"propertyName": "petType"}}


def test_discriminator_with_values_of_its_own_has_a_mapping() -> None:
    pet = {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}}
    heirs = {
        "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}], "x-ms-discriminator-value": "#cat"},
        "Lion": {"allOf": [{"$ref": "#/definitions/Cat"}], "x-ms-discriminator-value": "#lion"},
        "Dog": {"allOf": [{"$ref": "#/definitions/Pet"}]},
    }
    mapping = schemas({"Pet": pet, **heirs})["Pet"]["discriminator"]["mapping"]
    assert mapping == {
        "#cat": "#/components/schemas/Cat",
        "#lion": "#/components/schemas/Lion",
        "Dog": "#/components/schemas/Dog",
    }


def test_nullable_loses_its_prefix() -> None:
    assert schema({"type": "string", "x-nullable": True}) == {"type": "string", "nullable": True}
    assert schema({"type": "string", "x-nullable": False}) == {"type": "string"}


def test_nullable_reference_moves_inside() -> None:
    made = schema({"$ref": "#/definitions/A", "x-nullable": True, "description": "D."})
    reference = {"$ref": "#/components/schemas/A"}
    assert made == {"allOf": [reference], "nullable": True, "description": "D."}


def test_list_of_types_is_written_out() -> None:
    assert schema({"type": ["string", "null"]}) == {"type": "string", "nullable": True}
    assert schema({"type": ["string"]}) == {"type": "string"}
    made = schema({"type": ["string", "integer", "null"], "description": "D."})
    types = [{"type": "string"}, {"type": "integer"}]
    assert made == {"anyOf": types, "nullable": True, "description": "D."}


def test_file_is_a_binary_string() -> None:
    made = schema({"properties": {"a": {"type": "file", "description": "D."}}})
    binary = {"type": "string", "format": "binary", "description": "D."}
    assert made["properties"]["a"] == binary


def test_what_else_openapi_has_too_is_kept() -> None:
    node = {
        "title": "T",
        "readOnly": True,
        "xml": {"wrapped": True},
        "externalDocs": {"url": "https://example.com"},
        "example": {"a": 1},
        "maxProperties": 2,
        "additionalProperties": False,
        "x-vendor": {"a": 1},
    }
    assert schema(node) == node


@pytest.mark.parametrize("node", [None, [], "A", 1])
def test_what_is_no_schema_is_left_to_whoever_reaches_it(node: Any) -> None:
    source = {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": {"It": node}}
    assert convert(source).tree["components"]["schemas"]["It"] == node


def referring(reference: str) -> dict[str, Any]:
    """Return a document, as bundlers write them, with a reference to an odd place."""
    item = {"type": "object", "properties": {"b": {"type": "string", "x-nullable": True}}}
    post = {
        "consumes": ["application/xml"],
        "produces": ["text/csv", "application/json"],
        "parameters": [
            {"name": "q", "in": "query", "type": "array", "items": {"type": "string"}},
            {"name": "b", "in": "body", "schema": item},
        ],
        "responses": {"200": {"description": "", "schema": {"type": "array", "items": item}}},
    }
    return {
        "swagger": "2.0",
        "info": INFO,
        "paths": {"/a": {"post": post}},
        "parameters": {"P": {"name": "b", "in": "body", "schema": item}},
        "responses": {"R": {"description": "", "schema": item}},
        "definitions": {"It": {"$ref": reference}},
    }


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "#/paths/~1a/post/responses/200/schema/items/properties/b",
            "#/paths/~1a/post/responses/200/content/text~1csv/schema/items/properties/b",
        ),
        (
            "#/paths/~1a/post/parameters/1/schema",
            "#/paths/~1a/post/requestBody/content/application~1xml/schema",
        ),
        (
            "#/paths/~1a/post/parameters/0/items",
            "#/paths/~1a/post/parameters/0/schema/items",
        ),
        (
            "#/parameters/P/schema/properties/b",
            "#/components/requestBodies/P/content/application~1json/schema/properties/b",
        ),
        ("#/responses/R/schema", "#/components/responses/R/content/application~1json/schema"),
    ],
)
def test_reference_into_another_part_follows_its_target(reference: str, expected: str) -> None:
    source = referring(reference)
    tree = convert(source).tree
    assert tree["components"]["schemas"]["It"] == {"$ref": expected}
    OpenAPIV30SpecValidator(tree).validate()


@pytest.mark.parametrize("reference", ["#/paths/~1gone", "#/x-gone/A", "other.json#/A", "#", None])
def test_reference_that_leads_nowhere_stays(reference: Any) -> None:
    tree = convert(referring(reference)).tree
    assert tree["components"]["schemas"]["It"] == {"$ref": reference}


def test_nullable_reference_follows_its_target_too() -> None:
    source = referring("#/responses/R/schema")
    source["definitions"]["It"]["x-nullable"] = True
    target = "#/components/responses/R/content/application~1json/schema"
    made = {"allOf": [{"$ref": target}], "nullable": True}
    assert convert(source).tree["components"]["schemas"]["It"] == made


def test_schema_that_an_extension_holds_is_converted_there() -> None:
    source = referring("#/x-models/A")
    refers = {"properties": {"b": {"$ref": "#/definitions/It"}, "c": {"$ref": "#/x-models/B/0"}}}
    source["x-models"] = {"A": refers, "B": [{"type": "file"}], "C": {"type": "file"}}
    tree = convert(source).tree
    properties = {
        "b": {"$ref": "#/components/schemas/It"},
        "c": {"$ref": "#/x-models/B/0"},
    }
    assert tree["x-models"] == {
        "A": {"properties": properties},
        "B": [{"type": "string", "format": "binary"}],
        "C": {"type": "file"},
    }
    assert source["x-models"]["B"] == [{"type": "file"}]

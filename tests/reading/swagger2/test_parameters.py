"""Parameters of path, query and header get a schema, and arrays a style."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from vcgen.reading.swagger2 import Converted, convert
from vcgen.reading.swagger2.notes import REFUSED

RESPONSES = {"200": {"description": "Fine."}}
STRINGS = {"type": "array", "items": {"type": "string"}}


def document(*parameters: Any, shared: Any = None, **parts: Any) -> dict[str, Any]:
    operation = {"parameters": list(parameters), "responses": RESPONSES}
    item = {"get": operation} if shared is None else {"parameters": shared, "get": operation}
    info = {"title": "T", "version": "1"}
    return {"swagger": "2.0", "info": info, "paths": {"/a": item}, **parts}


def parameters(*entries: Any, **parts: Any) -> Any:
    """Return the parameters of a valid operation, which make a valid one."""
    source = document(*entries, **parts)
    OpenAPIV2SpecValidator(source).validate()
    tree = convert(source).tree
    OpenAPIV30SpecValidator(tree).validate()
    return tree["paths"]["/a"]["get"]["parameters"]


def refused(*entries: Any, **parts: Any) -> str:
    """Return why the first parameter is null, which nothing else is."""
    made = convert(document(*entries, **parts))
    assert made.tree["paths"]["/a"]["get"]["parameters"][0] == REFUSED
    assert list(made.refused) == ["#/paths/~1a/get/parameters/0"]
    return str(*made.refused.values())


def repairs(made: Converted) -> list[str]:
    return [str(diagnostic) for diagnostic in made.repairs_in(made.tree)]


def test_keywords_of_the_value_are_its_schema() -> None:
    value = {
        "type": "integer",
        "format": "int32",
        "default": 3,
        "maximum": 9,
        "exclusiveMaximum": True,
        "minimum": 1,
        "exclusiveMinimum": False,
        "multipleOf": 3,
        "enum": [3, 6],
        "x-enum-varnames": ["THREE", "SIX"],
    }
    rest = {
        "name": "n",
        "in": "query",
        "description": "N.",
        "required": False,
        "allowEmptyValue": True,
        "x-order": 1,
    }
    assert parameters({**rest, **value}) == [{**rest, "schema": value}]


def test_keywords_of_strings_and_arrays_are_their_schema() -> None:
    text = {"type": "string", "maxLength": 3, "minLength": 1, "pattern": "^a"}
    texts = {"type": "array", "items": text, "maxItems": 2, "minItems": 1, "uniqueItems": True}
    (made,) = parameters({"name": "n", "in": "header", **texts})
    assert made["schema"] == texts


def test_values_that_are_equal_in_python_stay_what_they_are() -> None:
    values = (True, 1, 1.0)
    stated = [{"name": "n", "in": "query", "type": "number", "default": one} for one in values]
    made = convert(document(*stated)).tree["paths"]["/a"]["get"]["parameters"]
    assert [repr(one["schema"]["default"]) for one in made] == ["True", "1", "1.0"]


# Swagger 2.0, Parameter Object, collectionFormat; OpenAPI 3.0.3, Parameter Object, Style Values.
STYLES = [
    ("query", "csv", "form", False),
    ("query", "ssv", "spaceDelimited", False),
    ("query", "pipes", "pipeDelimited", False),
    ("query", "multi", "form", True),
    ("query", None, "form", False),
    ("header", "csv", "simple", False),
    ("header", None, "simple", False),
]


@pytest.mark.parametrize(("location", "stated", "style", "explode"), STYLES)
def test_collection_format_is_a_style(
    location: str, stated: str | None, style: str, explode: bool
) -> None:
    written = {"collectionFormat": stated} if stated else {}
    made = {"name": "n", "in": location, "style": style, "explode": explode, "schema": STRINGS}
    assert parameters({"name": "n", "in": location, **STRINGS, **written}) == [made]


def test_array_in_a_path_is_simple() -> None:
    operation = {
        "parameters": [{"name": "n", "in": "path", "required": True, **STRINGS}],
        "responses": RESPONSES,
    }
    source = document(paths={"/{n}": {"get": operation}})
    OpenAPIV2SpecValidator(source).validate()
    tree = convert(source).tree
    OpenAPIV30SpecValidator(tree).validate()
    (made,) = tree["paths"]["/{n}"]["get"]["parameters"]
    assert (made["style"], made["explode"]) == ("simple", False)


@pytest.mark.parametrize(
    ("stated", "style"), [("ssv", "spaceDelimited"), ("pipes", "pipeDelimited")]
)
def test_collection_format_that_openapi_3_has_in_a_query_alone(stated: str, style: str) -> None:
    """Swagger 2.0 has it in headers and paths, too."""
    source = {"name": "n", "in": "header", **STRINGS, "collectionFormat": stated}
    (made,) = parameters(source)
    usual = {"style": "simple", "explode": False}
    assert made == {"name": "n", "in": "header", **usual, "x-vcgen-style": style, "schema": STRINGS}


def test_collection_format_of_what_is_no_array_says_nothing() -> None:
    source = {"name": "n", "in": "query", "type": "string", "collectionFormat": "tsv"}
    assert parameters(source) == [{"name": "n", "in": "query", "schema": {"type": "string"}}]


@pytest.mark.parametrize(
    ("location", "stated", "message"),
    [
        ("query", "tsv", 'OpenAPI 3 has no equivalent of the collectionFormat "tsv" here'),
        ("header", "tsv", 'OpenAPI 3 has no equivalent of the collectionFormat "tsv" here'),
        ("query", "tabs", 'unknown collectionFormat "tabs"'),
        ("query", ["csv"], "unknown collectionFormat"),
    ],
)
def test_format_without_equivalent_is_refused(location: str, stated: Any, message: str) -> None:
    why = refused({"name": "n", "in": location, **STRINGS, "collectionFormat": stated})
    assert why.startswith(f"#/paths/~1a/get/parameters/0/collectionFormat: {message}")
    assert "hint: " in why


@pytest.mark.parametrize(("stated", "mark"), [(None, "commas"), ("pipes", "bars")])
def test_array_of_arrays_is_one_of_texts(stated: str | None, mark: str) -> None:
    items = {**STRINGS, "collectionFormat": stated} if stated else STRINGS
    source = {"name": "n", "in": "query", "type": "array", "items": items}
    made = convert(document({**source, "collectionFormat": "multi"}))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert parameter["schema"] == {"type": "array", "items": {"type": "string"}}
    assert parameter["explode"] is True
    assert mark in repairs(made)[0]


def test_brackets_are_in_the_name() -> None:
    source = {"name": "ids", "in": "query", **STRINGS, "collectionFormat": "brackets"}
    made = convert(document(source))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert (parameter["name"], parameter["style"], parameter["explode"]) == ("ids[]", "form", True)
    assert "brackets" in repairs(made)[0]


def test_several_headers_are_one_with_commas() -> None:
    source = {"name": "n", "in": "header", **STRINGS, "collectionFormat": "multi"}
    made = convert(document(source))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert (parameter["style"], parameter["explode"]) == ("simple", False)
    assert "multi" in repairs(made)[0]


def test_location_in_capitals_is_the_location() -> None:
    made = convert(document({"name": "n", "in": "Query", "type": "string"}))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert parameter["in"] == "query"
    assert "Query" in repairs(made)[0]


def test_cookie_is_one_of_openapi() -> None:
    made = convert(document({"name": "n", "in": "cookie", "type": "string"}))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert parameter == {"name": "n", "in": "cookie", "schema": {"type": "string"}}
    assert "cookies" in repairs(made)[0]


def test_format_of_items_that_are_no_arrays_is_dropped() -> None:
    items = {"type": "string", "collectionFormat": "csv"}
    (made,) = parameters({"name": "n", "in": "query", "type": "array", "items": items})
    assert made["schema"] == STRINGS


def test_nullable_value_has_a_nullable_schema() -> None:
    (made,) = parameters({"name": "n", "in": "query", "type": "string", "x-nullable": True})
    assert made == {"name": "n", "in": "query", "schema": {"type": "string", "nullable": True}}


def test_parameters_of_the_path_stay_there() -> None:
    parameter = {"name": "n", "in": "query", "type": "string"}
    source = document(shared=[parameter])
    item = convert(source).tree["paths"]["/a"]
    assert item["parameters"] == [{"name": "n", "in": "query", "schema": {"type": "string"}}]
    assert "parameters" not in item["get"]


def test_reference_to_a_shared_parameter_is_kept_with_its_escapes() -> None:
    shared = {"a/b": {"name": "n", "in": "query", "type": "string"}}
    made = parameters({"$ref": "#/parameters/a~1b"}, parameters=shared)
    assert made == [{"$ref": "#/components/parameters/a~1b"}]


def test_parameter_of_another_operation_is_written_out() -> None:
    other = {"name": "n", "in": "query", "type": "string"}
    source = document({"$ref": "#/paths/~1b/get/parameters/0"})
    source["paths"]["/b"] = {"get": {"parameters": [other], "responses": RESPONSES}}
    made = convert(source)
    (written,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert written == {"name": "n", "in": "query", "schema": {"type": "string"}}
    pointer = "#/paths/~1a/get/parameters/0/schema/type"
    assert made.origin(pointer) == "#/paths/~1b/get/parameters/0/type"


@pytest.mark.parametrize("reference", ["#/parameters/Gone", "other.yaml#/parameters/A", None])
def test_reference_that_leads_nowhere_is_left_to_whoever_follows_it(reference: Any) -> None:
    (made,) = convert(document({"$ref": reference})).tree["paths"]["/a"]["get"]["parameters"]
    rewritten = {"#/parameters/Gone": "#/components/parameters/Gone"}
    assert made == {"$ref": rewritten.get(reference, reference)}


def test_references_that_go_round_in_circles_are_left_to_whoever_follows_them() -> None:
    shared = {"A": {"$ref": "#/parameters/B"}, "B": {"$ref": "#/parameters/A"}}
    tree = convert(document({"$ref": "#/parameters/A"}, parameters=shared)).tree
    made = {"A": {"$ref": "#/components/parameters/B"}, "B": {"$ref": "#/components/parameters/A"}}
    assert tree["components"]["parameters"] == made


@pytest.mark.parametrize("entry", ["a", None, ["a"]])
def test_what_is_no_parameter_is_refused(entry: Any) -> None:
    assert "the parameter is " in refused(entry)


@pytest.mark.parametrize("location", ["form", 1, ["query"]])
def test_unknown_place_is_refused(location: Any) -> None:
    why = refused({"name": "n", "in": location, "type": "string"})
    assert why.startswith("#/paths/~1a/get/parameters/0/in: `in` of the parameter is ")


def test_missing_place_is_refused() -> None:
    assert "`in` is missing" in refused({"name": "n", "type": "string"})


def test_file_in_a_query_is_refused() -> None:
    assert "is a file" in refused({"name": "n", "in": "query", "type": "file"})


def test_one_bad_parameter_leaves_its_neighbours_alone() -> None:
    good = {"name": "m", "in": "query", "type": "string"}
    made = convert(document({"name": "n", "in": "nowhere"}, good))
    _, second = made.tree["paths"]["/a"]["get"]["parameters"]
    assert second["schema"] == {"type": "string"}


def test_text_that_means_a_boolean_is_mended() -> None:
    made = convert(document({"name": "n", "in": "query", "type": "string", "required": "true"}))
    assert made.tree["paths"]["/a"]["get"]["parameters"][0]["required"] is True
    assert repairs(made) == [
        "#/paths/~1a/get/parameters/0: `required` is the text 'true': read as true"
    ]


@pytest.mark.parametrize("required", ["yes", 1, []])
def test_required_that_is_no_boolean_is_refused(required: Any) -> None:
    why = refused({"name": "n", "in": "query", "type": "string", "required": required})
    assert "not a boolean" in why


def test_schema_of_a_query_is_read_nevertheless() -> None:
    schema = {"$ref": "#/definitions/A"}
    made = convert(document({"name": "n", "in": "query", "schema": schema}))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    assert parameter == {"name": "n", "in": "query", "schema": {"$ref": "#/components/schemas/A"}}
    assert "only a body has a `schema`" in repairs(made)[0]


def test_values_of_an_array_are_those_of_its_items() -> None:
    made = convert(document({"name": "n", "in": "query", **STRINGS, "enum": ["A"]}))
    (parameter,) = made.tree["paths"]["/a"]["get"]["parameters"]
    items = {"type": "string", "enum": ["A"]}
    assert parameter["schema"] == {"type": "array", "items": items}
    assert len(repairs(made)) == 1

"""What a conversion remembers: where nodes came from, why they are null, what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from vcgen import dialect
from vcgen.dialect.view import DocumentView
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.swagger2 import Converted, convert
from vcgen.slicing import slice_document
from vcgen.text.pointers import child, pointer_keys

A = {"$ref": "#/definitions/A"}
SOURCE: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "T", "version": "1"},
    "host": "example.com",
    "basePath": "/v1",
    "consumes": ["application/json"],
    "definitions": {
        "A": {
            "type": "object",
            "discriminator": "kind",
            "properties": {"kind": {"type": "string"}, "a/b": {"x-nullable": True, **A}},
        }
    },
    "parameters": {
        "Page": {"name": "page", "in": "query", "type": "integer"},
        "Body": {"name": "body", "in": "body", "schema": A},
        "Field": {"name": "f", "in": "formData", "type": "string"},
    },
    "responses": {"Gone": {"description": "Gone.", "schema": A}},
    "securityDefinitions": {
        "o": {"type": "oauth2", "flow": "application", "tokenUrl": "https://t", "scopes": {"s": ""}}
    },
    "paths": {
        "/a": {
            "parameters": [{"name": "s", "in": "query", "type": "string", "enum": ["x"]}],
            "post": {
                "schemes": ["http"],
                "parameters": [
                    {"name": "body", "in": "body", "required": True, "schema": A},
                    {"name": "q", "in": "query", "type": "array", "items": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "schema": {"type": "array", "items": A},
                        "headers": {"X-A": {"type": "integer"}},
                    },
                    "404": {"$ref": "#/responses/Gone"},
                },
            },
            "put": {
                "consumes": ["multipart/form-data"],
                "parameters": [
                    {"$ref": "#/parameters/Page"},
                    {"$ref": "#/parameters/Field"},
                    {"name": "g", "in": "formData", "type": "file"},
                ],
                "responses": {"default": {"description": ""}},
            },
        },
        "/b": {"$ref": "#/paths/~1a"},
    },
}


def pointers(node: Any, pointer: str = "#") -> Iterator[str]:
    yield pointer
    items = (
        node.items() if isinstance(node, dict) else enumerate(node if type(node) is list else ())
    )
    for key, value in items:
        yield from pointers(value, child(pointer, key))


@pytest.mark.parametrize(
    ("pointer", "origin"),
    [
        ("#", "#"),
        ("#/openapi", "#/swagger"),
        ("#/info/title", "#/info/title"),
        ("#/servers/0/url", "#/host"),
        ("#/components", "#"),
        ("#/components/schemas", "#/definitions"),
        ("#/components/schemas/A/properties/kind/type", "#/definitions/A/properties/kind/type"),
        ("#/components/schemas/A/discriminator/propertyName", "#/definitions/A/discriminator"),
        ("#/components/schemas/A/properties/a~1b/nullable", "#/definitions/A/properties/a~1b"),
        ("#/components/parameters/Page/name", "#/parameters/Page/name"),
        ("#/components/parameters/Page/schema/type", "#/parameters/Page/type"),
        ("#/components/requestBodies/Body/content", "#/parameters/Body"),
        (
            "#/components/requestBodies/Body/content/application~1json/schema/$ref",
            "#/parameters/Body/schema/$ref",
        ),
        (
            "#/components/responses/Gone/content/application~1json/schema/$ref",
            "#/responses/Gone/schema/$ref",
        ),
        (
            "#/components/securitySchemes/o/flows/clientCredentials/scopes/s",
            "#/securityDefinitions/o/scopes/s",
        ),
        ("#/paths/~1a/parameters/0/schema/enum/0", "#/paths/~1a/parameters/0/enum/0"),
        ("#/paths/~1a/post/servers/0", "#/paths/~1a/post/schemes/0"),
        ("#/paths/~1a/post/parameters/0", "#/paths/~1a/post/parameters/1"),
        ("#/paths/~1a/post/parameters/0/style", "#/paths/~1a/post/parameters/1"),
        (
            "#/paths/~1a/post/parameters/0/schema/items/type",
            "#/paths/~1a/post/parameters/1/items/type",
        ),
        ("#/paths/~1a/post/requestBody", "#/paths/~1a/post/parameters/0"),
        ("#/paths/~1a/post/requestBody/required", "#/paths/~1a/post/parameters/0/required"),
        (
            "#/paths/~1a/post/requestBody/content/application~1json/schema",
            "#/paths/~1a/post/parameters/0/schema",
        ),
        (
            "#/paths/~1a/post/responses/200/content/application~1json/schema/items/$ref",
            "#/paths/~1a/post/responses/200/schema/items/$ref",
        ),
        (
            "#/paths/~1a/post/responses/200/content/application~1json",
            "#/paths/~1a/post/responses/200",
        ),
        (
            "#/paths/~1a/post/responses/200/headers/X-A/schema/type",
            "#/paths/~1a/post/responses/200/headers/X-A/type",
        ),
        ("#/paths/~1a/post/responses/404/$ref", "#/paths/~1a/post/responses/404/$ref"),
        ("#/paths/~1a/put/parameters/0/$ref", "#/paths/~1a/put/parameters/0/$ref"),
        ("#/paths/~1a/put/requestBody/content", "#/paths/~1a/put/parameters"),
        (
            "#/paths/~1a/put/requestBody/content/multipart~1form-data/schema/properties/f/type",
            "#/parameters/Field/type",
        ),
        (
            "#/paths/~1a/put/requestBody/content/multipart~1form-data/schema/properties/g/format",
            "#/paths/~1a/put/parameters/2",
        ),
        ("#/paths/~1b/put/requestBody", "#/paths/~1a/put/parameters"),
    ],
)
def test_origin_is_the_nearest_node_of_the_source(pointer: str, origin: str) -> None:
    assert convert(SOURCE).origin(pointer) == origin


def test_every_node_has_an_origin_that_exists() -> None:
    made = convert(SOURCE)
    view = DocumentView(SOURCE)
    found = list(pointers(made.tree))
    assert len(found) > 150
    for pointer in found:
        view.at(pointer_keys(made.origin(pointer)))


def test_text_comes_from_where_it_stands() -> None:
    made = convert(SOURCE)
    tree, source = DocumentView(made.tree), DocumentView(SOURCE)
    for pointer in pointers(made.tree):
        value, key = tree.at(pointer_keys(pointer)), pointer.rpartition("/")[2]
        if key in {"description", "name", "in", "enum", "tokenUrl", "title"}:
            assert source.at(pointer_keys(made.origin(pointer))) == value


def document(get: Any, **parts: Any) -> dict[str, Any]:
    info = {"title": "T", "version": "1"}
    good = {"responses": {"200": {"description": ""}}}
    return {"swagger": "2.0", "info": info, "paths": {"/a": {"get": get}, "/b": {"get": good}}} | (
        parts
    )


def sliced(made: Converted, pattern: str) -> list[str]:
    """Return what is wrong with a slice."""
    try:
        slice_document(made.tree, [pattern], dialect=dialect.get("plain"))
    except SpecError as error:
        return [str(made.explain(diagnostic)) for diagnostic in error.diagnostics]
    return []


GOOD = {"responses": {"200": {"description": ""}}}
TSV = {"name": "n", "in": "query", "type": "array", "items": {}, "collectionFormat": "tsv"}
BODIES = [{"name": name, "in": "body", "schema": {}} for name in "bc"]
BASIC = {"type": "oauth2", "flow": "basic"}


@pytest.mark.parametrize(
    ("get", "parts", "expected"),
    [
        ([], {}, "#/paths/~1a/get: the operation is a list, not a mapping"),
        ({**GOOD, "consumes": 1}, {}, "#/paths/~1a/get/consumes: `consumes` is a number"),
        ({**GOOD, "parameters": {}}, {}, "#/paths/~1a/get/parameters: `parameters` is a mapping"),
        ({**GOOD, "parameters": [1]}, {}, "#/paths/~1a/get/parameters/0: the parameter is a numbe"),
        ({**GOOD, "parameters": [TSV]}, {}, "#/paths/~1a/get/parameters/0/collectionFormat: Op"),
        ({**GOOD, "parameters": BODIES}, {}, "#/paths/~1a/get/parameters/1: the operation has 2"),
        (
            {**GOOD, "parameters": [{"$ref": "#/parameters/T"}]},
            {"parameters": {"T": TSV}},
            "#/parameters/T/collectionFormat: OpenAPI 3 has no equivalent",
        ),
        ({"responses": []}, {}, "#/paths/~1a/get/responses: `responses` is a list"),
        ({"responses": {"200": 1}}, {}, "#/paths/~1a/get/responses/200: the response is a number"),
        (
            {"responses": {"200": {"$ref": "#/responses/R"}}},
            {"responses": {"R": {"description": "", "schema": 1}}},
            "#/responses/R/schema: the schema is a number",
        ),
        (
            {"responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/A"}}}},
            {"definitions": {"A": {"allOf": [1]}}},
            "#/definitions/A/allOf/0: the schema is a number",
        ),
        (
            {"responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/A"}}}},
            {},
            '#/paths/~1a/get/responses/200/schema/$ref: there is no schema "A"',
        ),
        (
            {**GOOD, "security": [{"s": []}]},
            {"securityDefinitions": {"s": BASIC}},
            "#/securityDefinitions/s/flow: unknown OAuth 2 flow 'basic'",
        ),
    ],
)
def test_what_is_wrong_concerns_nobody_but_who_needs_it(
    get: Any, parts: dict[str, Any], expected: str
) -> None:
    made = convert(document(get, **parts))
    (problem,) = sliced(made, "GET /a")
    assert problem.startswith(expected)
    assert sliced(made, "GET /b") == []


def test_path_item_that_is_none_is_refused_with_its_reason() -> None:
    source = document(GOOD)
    source["paths"]["/a"] = "operation"
    made = convert(source)
    hint = "correct the document, or add an overlay that does"
    expected = f"#/paths/~1a: the path item is a string, not a mapping\nhint: {hint}"
    assert sliced(made, "*") == [expected]
    assert sliced(made, "GET /b") == []


def test_diagnostic_without_a_place_stays_what_it_is() -> None:
    diagnostic = Diagnostic("nothing matches")
    assert convert(SOURCE).explain(diagnostic) is diagnostic


def test_repairs_are_those_of_what_the_slice_holds() -> None:
    field = {"name": "n", "in": "formData", "type": "string", "required": "true"}
    shared = {"P": {"name": "p", "in": "query", "type": "string", "required": "false"}}
    get = {**GOOD, "parameters": [{"$ref": "#/parameters/P"}]}
    source = document(get, parameters=shared)
    source["paths"]["/c"] = {"post": {**GOOD, "parameters": [field]}}
    made = convert(source)

    def repaired(pattern: str) -> list[str]:
        part = slice_document(made.tree, [pattern], dialect=dialect.get("plain"))
        return [diagnostic.pointer for diagnostic in made.repairs_in(part.tree)]

    assert repaired("GET /a") == ["#/parameters/P"]
    assert repaired("GET /b") == []
    assert repaired("POST /c") == ["#/paths/~1c/post/parameters/0"]
    assert repaired("*") == ["#/paths/~1c/post/parameters/0", "#/parameters/P"]


@pytest.mark.parametrize("reference", ["other.yaml#/a", "#/paths/~1gone", None])
def test_path_item_elsewhere_is_left_to_whoever_follows_it(reference: Any) -> None:
    source = document(GOOD)
    source["paths"]["/a"] = {"$ref": reference, "get": GOOD}
    assert convert(source).tree["paths"]["/a"] == {"$ref": reference, "get": GOOD}


def test_own_operation_comes_before_that_of_the_path_item_referred_to() -> None:
    source = document({**GOOD, "summary": "A."})
    source["paths"]["/b"] = {"$ref": "#/paths/~1a", "get": {**GOOD, "summary": "B."}, "put": GOOD}
    tree = convert(source).tree
    assert tree["paths"]["/b"] == {"get": {**GOOD, "summary": "B."}, "put": GOOD}


BAD_VALUES: list[Any] = [None, True, 1, "a", [], ["a"], [None], {}, {"a": 1}]


def test_any_value_anywhere_is_converted_or_refused() -> None:
    """Put each of these values in place of each node: nothing else may happen."""
    refused = 0
    for pointer in list(pointers(SOURCE))[1:]:
        for value in BAD_VALUES:
            source = _with(SOURCE, pointer_keys(pointer), value)
            try:
                made = convert(source)
            except SpecError as error:
                refused += 1
                assert all(d.hint for d in error.diagnostics)
                continue
            view = DocumentView(source)
            for refusal in made.refused.values():
                view.at(pointer_keys(refusal.pointer))
                assert refusal.hint
    assert refused > 50


def _with(node: Any, keys: tuple[str, ...], value: Any) -> Any:
    """Return a copy of a tree with another value at one place."""
    if not keys:
        return value
    if isinstance(node, list):
        index = int(keys[0])
        return [*node[:index], _with(node[index], keys[1:], value), *node[index + 1 :]]
    return {**node, keys[0]: _with(node[keys[0]], keys[1:], value)}

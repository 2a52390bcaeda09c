"""The top of a Swagger 2.0 document: version, address, security, and what stays as it is."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from vcgen.errors import SpecError
from vcgen.reading.swagger2 import convert, is_swagger2

INFO = {"title": "T", "version": "1"}


def converted(**parts: Any) -> dict[str, Any]:
    """Return a valid document as OpenAPI, which is valid too; the document stays as it is."""
    source = {"swagger": "2.0", "info": INFO, "paths": {}, **parts}
    OpenAPIV2SpecValidator(source).validate()
    before = deepcopy(source)
    tree = convert(source).tree
    assert source == before
    OpenAPIV30SpecValidator(tree).validate()
    return tree


def test_extensions_among_the_paths_are_kept() -> None:
    assert converted(paths={"x-a": {"get": {}}})["paths"] == {"x-a": {"get": {}}}


def urls(**parts: Any) -> list[str]:
    return [server["url"] for server in converted(**parts)["servers"]]


@pytest.mark.parametrize("version", ["2.0", 2.0, 2])
def test_version_is_recognised_even_as_a_number(version: Any) -> None:
    assert is_swagger2({"swagger": version})


@pytest.mark.parametrize(
    "tree", [{}, {"swagger": "1.2"}, {"swagger": None}, {"swagger": "2.0", "openapi": "3.0.0"}]
)
def test_anything_else_is_no_swagger_2(tree: dict[str, Any]) -> None:
    assert not is_swagger2(tree)
    with pytest.raises(SpecError, match=r"not a Swagger 2\.0 document"):
        convert(tree)


def test_version_that_is_a_number_is_mended() -> None:
    made = convert({"swagger": 2.0, "info": INFO, "paths": {}})
    assert made.tree["openapi"] == "3.0.3"
    assert "number 2.0" in str(*made.repairs_in(made.tree))


def test_what_both_versions_share_is_kept() -> None:
    kept = {
        "info": {**INFO, "license": {"name": "MIT"}, "x-owner": "me"},
        "tags": [{"name": "a", "description": "A."}],
        "externalDocs": {"url": "https://example.com"},
        "x-vendor": {"definitions": 1},
    }
    tree = converted(**kept)
    assert tree == {"openapi": "3.0.3", "servers": [{"url": "/"}], "paths": {}} | kept


def test_address_is_a_server_for_each_scheme() -> None:
    parts = {"host": "api.example.com:8443", "basePath": "/v1", "schemes": ["https", "wss"]}
    assert urls(**parts) == ["https://api.example.com:8443/v1", "wss://api.example.com:8443/v1"]


def test_encrypted_scheme_comes_first() -> None:
    stated = ["ws", "http", "https"]
    assert urls(host="h", schemes=stated) == ["https://h", "http://h", "ws://h"]


def test_host_without_scheme_is_https() -> None:
    assert urls(host="h", basePath="/") == ["https://h"]


@pytest.mark.parametrize(
    ("parts", "url"), [({}, "/"), ({"basePath": "/v1"}, "/v1"), ({"schemes": ["https"]}, "/")]
)
def test_without_host_the_server_is_where_the_document_came_from(
    parts: dict[str, Any], url: str
) -> None:
    assert urls(**parts) == [url]


def test_operation_has_its_own_schemes() -> None:
    operation = {"schemes": ["http"], "responses": {"200": {"description": ""}}}
    tree = converted(host="h", schemes=["https"], paths={"/a": {"get": operation}})
    assert tree["paths"]["/a"]["get"]["servers"] == [{"url": "http://h"}]
    assert tree["servers"] == [{"url": "https://h"}]


def swagger(**parts: Any) -> dict[str, Any]:
    """Return a document that need not be valid."""
    return {"swagger": "2.0", "info": INFO, "paths": {}, **parts}


@pytest.mark.parametrize("host", ["<vcenter>", "{vcenter}"])
def test_host_that_is_left_open_is_a_variable(host: str) -> None:
    tree = convert(swagger(host=host, basePath="/api", schemes=["https"])).tree
    variables = {"host": {"default": "localhost"}}
    assert tree["servers"] == [{"url": "https://{host}/api", "variables": variables}]
    OpenAPIV30SpecValidator(tree).validate()


def test_part_of_a_host_that_is_left_open_is_a_variable_of_no_known_value() -> None:
    tree = convert(swagger(host="{region}.example.com")).tree
    assert tree["servers"] == [{"url": "https://{region}.example.com"}]


@pytest.mark.parametrize("path", ["v1", "/v1/", "v1/"])
def test_slashes_of_the_base_path_are_set_right(path: str) -> None:
    assert convert(swagger(host="h", basePath=path)).tree["servers"] == [{"url": "https://h/v1"}]


def test_host_with_a_scheme_keeps_it() -> None:
    tree = convert(swagger(host="http://h/", basePath="/v1")).tree
    assert tree["servers"] == [{"url": "http://h/v1"}]


# The examples of the specification, Security Definitions Object and Security Scheme Object; the
# names of the flows in OpenAPI 3 are those of its OAuth Flows Object.
SCHEMES = [
    ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
    *(
        [{"type": "apiKey", "name": "api_key", "in": place, "description": "D."}] * 2
        for place in ("header", "query")
    ),
    (
        {
            "type": "oauth2",
            "authorizationUrl": "http://swagger.io/api/oauth/dialog",
            "flow": "implicit",
            "scopes": {"write:pets": "modify pets"},
            "x-realm": "pets",
        },
        {
            "type": "oauth2",
            "flows": {
                "implicit": {
                    "authorizationUrl": "http://swagger.io/api/oauth/dialog",
                    "scopes": {"write:pets": "modify pets"},
                }
            },
            "x-realm": "pets",
        },
    ),
    (
        {"type": "oauth2", "flow": "password", "tokenUrl": "https://t"},
        {"type": "oauth2", "flows": {"password": {"tokenUrl": "https://t", "scopes": {}}}},
    ),
    (
        {"type": "oauth2", "flow": "application", "tokenUrl": "https://t", "scopes": {}},
        {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t", "scopes": {}}}},
    ),
    (
        {
            "type": "oauth2",
            "flow": "accessCode",
            "authorizationUrl": "https://a",
            "tokenUrl": "https://t",
            "scopes": {"a": "A."},
        },
        {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "https://a",
                    "tokenUrl": "https://t",
                    "scopes": {"a": "A."},
                }
            },
        },
    ),
]


@pytest.mark.parametrize(("source", "target"), SCHEMES)
def test_security_definition_is_a_security_scheme(
    source: dict[str, Any], target: dict[str, Any]
) -> None:
    tree = converted(securityDefinitions={"it": source}, security=[{"it": []}])
    assert tree["components"] == {"securitySchemes": {"it": target}}
    assert tree["security"] == [{"it": []}]


def test_shared_parts_become_components() -> None:
    tree = converted(
        definitions={"A": {"type": "object"}},
        parameters={
            "Query": {"name": "q", "in": "query", "type": "string"},
            "Body": {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A"}},
            "Field": {"name": "f", "in": "formData", "type": "string"},
        },
        responses={"Gone": {"description": "Gone.", "schema": {"$ref": "#/definitions/A"}}},
    )
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    assert tree["components"] == {
        "schemas": {"A": {"type": "object"}},
        "responses": {"Gone": {"description": "Gone.", "content": content}},
        "parameters": {"Query": {"name": "q", "in": "query", "schema": {"type": "string"}}},
        "requestBodies": {"Body": {"content": content}},
    }


def test_null_is_nothing() -> None:
    parts = dict.fromkeys(("definitions", "parameters", "host", "consumes", "schemes"))
    assert convert(swagger(**parts)).tree == converted()


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"paths": []}, "#/paths: `paths` is a list, not a mapping"),
        ({"definitions": "A"}, "#/definitions: `definitions` is a string, not a mapping"),
        ({"responses": 1}, "#/responses: `responses` is a number, not a mapping"),
        ({"consumes": {}}, "#/consumes: `consumes` is a mapping, not a list"),
        ({"produces": [1]}, "#/produces/0: the media type is a number, not a string"),
        ({"host": 1}, "#/host: `host` is a number, not a string"),
        ({"host": "h", "schemes": ["ftp"]}, '#/schemes/0: unknown scheme "ftp"'),
        ({"host": "h", "schemes": 1}, "#/schemes: `schemes` is a number, not a list"),
    ],
)
def test_document_that_is_wrong_as_a_whole_is_refused(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError) as caught:
        convert(swagger(**parts))
    (diagnostic,) = caught.value.diagnostics
    assert str(diagnostic).startswith(message)
    assert diagnostic.hint


def test_reasons_are_given_together() -> None:
    with pytest.raises(SpecError) as caught:
        convert(swagger(paths=1, definitions=2, host=3, consumes=4))
    assert len(caught.value.diagnostics) == 4

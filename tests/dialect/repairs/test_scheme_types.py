"""Types of security schemes are those of OpenAPI."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.scheme_types import scheme_types

KEY = {"type": "apiKey", "name": "somewhere", "in": "query"}
HTTP = {"type": "http", "scheme": "bearer"}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SECURITY_SCHEME, "#/somewhere")
    change = scheme_types(node, place)
    assert change is None or scheme_types(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("node", "meant"),
    [
        ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
        ({"type": "Bearer"}, {"type": "http", "scheme": "bearer"}),
        ({"type": "apikey", "name": "X", "in": "query"}, KEY | {"name": "X"}),
        ({"type": "apiKey", "name": "X"}, KEY | {"name": "X", "in": "header"}),
        ({"type": "apiKey", "in": "query"}, KEY),
        ({"type": "apiKey", "name": "Our key", "in": "header"}, KEY | {"in": "header"}),
        (
            {"type": "apiKey", "name": "X-Key ", "in": "header"},
            KEY | {"name": "X-Key", "in": "header"},
        ),
        ({"type": "apiKey", "name": "Authorization: Bearer", "in": "header"}, HTTP),
        (
            {"type": "apiKey", "name": "authorization : Basic <base64>", "in": "header"},
            HTTP | {"scheme": "basic"},
        ),
        (
            {"type": "apiKey", "name": "Authorization: Token <key>", "in": "header"},
            KEY | {"name": "Authorization", "in": "header"},
        ),
        # Is the header of another name, or is its value said, too?
        ({"type": "apiKey", "name": "X-Key: a", "in": "header"}, KEY | {"in": "header"}),
        ({"type": "OAuth2", "flows": {}}, {"type": "oauth2", "flows": {}}),
        ({"type": "http"}, {"type": "http", "scheme": "bearer"}),
        ({"type": "http", "bearerFormat": "JWT"}, HTTP | {"bearerFormat": "JWT"}),
        ({"scheme": "bearer"}, HTTP),
        ({"flows": {}}, {"flows": {}, "type": "oauth2"}),
        ({"in": "header", "name": "X"}, {"in": "header", "name": "X", "type": "apiKey"}),
        (
            {"type": "oauth2", "flow": "application", "tokenUrl": "/t", "scopes": {"a": "b"}},
            {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {"a": "b"}}},
            },
        ),
        (
            {"type": "oauth2", "flows": {"password": {"tokenUrl": "/t", "scopes": ["a"]}}},
            {"type": "oauth2", "flows": {"password": {"tokenUrl": "/t", "scopes": {"a": ""}}}},
        ),
    ],
)
def test_type_is_the_one_of_openapi(node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    ("name", "scheme"), [("BasicAuth", "basic"), ("digest", "digest"), ("jwt", "bearer")]
)
def test_name_tells_the_scheme_of_http(name: str, scheme: str) -> None:
    pointer = f"#/components/securitySchemes/{name}"
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SECURITY_SCHEME, pointer)
    change = scheme_types({"type": "http"}, place)
    assert change is not None
    assert change.node["scheme"] == scheme


@pytest.mark.parametrize("stated", ["jwt", 1, None])
def test_anything_else_changes_nothing(stated: object) -> None:
    assert repaired({"type": stated}) is None

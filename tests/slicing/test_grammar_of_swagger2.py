"""The grammar of Swagger 2.0, walked: each field is read, or unread for a reason.

Which fields there are is said by the schema of Swagger 2.0, by its own authors; what becomes of
each is in grammar_swagger2.yaml.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest
import yaml12
from vcgen import ir, pipeline
from vcgen.config import ClientConfig
from vcgen.reading.document import Document
from vcgen.reading.opening import opened
from vcgen.text.pointers import pointer_keys
from vcgen.writing import rendering

TABLE: dict[str, Any] = yaml12.read_yaml(str(Path(__file__).with_name("grammar_swagger2.yaml")))
_SCHEMA = Path(openapi_spec_validator.__file__).parent / "resources/schemas/v2.0/schema.json"
# What no field of a client depends on, whatever is in it; and flows, which say where the caller
# gets a token, as the flow does that the table has.
_UNREAD = frozenset(
    {"xml", "oauth2ImplicitSecurity", "oauth2PasswordSecurity", "oauth2ApplicationSecurity"}
)


@cache
def fields() -> Mapping[str, frozenset[str]]:
    """Return the fields of each object, as the schema has them."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    parts = {"document": schema, **schema["definitions"]}
    named = {name: frozenset(part.get("properties", ())) for name, part in parts.items()}
    return {name: found for name, found in named.items() if found and name not in _UNREAD}


def document() -> dict[str, Any]:
    """Return the document in which the fields are set."""
    text = {"type": "string"}
    operation = {
        "operationId": "o",
        "tags": ["t"],
        "externalDocs": {"url": "https://x.test"},
        "parameters": [
            {"name": "id", "in": "path", "required": True, **text},
            {"name": "q", "in": "query", **text},
            {"name": "f", "in": "formData", **text},
            {"name": "X-H", "in": "header", **text},
            {"name": "list", "in": "query", "type": "array", "items": {**text}},
        ],
        "responses": {
            "200": {"description": "d", "headers": {"X-B": {**text}}, "schema": _ref("S")},
            "400": {"$ref": "#/responses/R"},
        },
    }
    empty = {"responses": {"204": {"description": "d"}}}
    body = {"name": "body", "in": "body", "schema": {"type": "string"}}
    download = {"description": "d", "schema": {"type": "file"}}
    paths = {
        "/a/{id}": {"post": operation},
        "/b": {"get": {**empty, "operationId": "b"}},
        "/c": {"post": {**empty, "operationId": "c", "parameters": [body]}},
        "/d": {"get": {"operationId": "d", "responses": {"200": download}}},
    }
    flow = {"authorizationUrl": "https://a.test", "tokenUrl": "https://a.test", "scopes": {}}
    tree = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1", "contact": {}, "license": {"name": "x"}},
        "host": "x.test",
        "basePath": "/x",
        "schemes": ["https"],
        "security": [{"k": []}, {"o": []}, {"b": []}],
        "tags": [{"name": "t"}, {"name": "u"}],
        "x-item": {"put": empty},
        "paths": paths,
        "definitions": {
            "S": {"type": "object", "properties": {"s": {}}},
            "A": {"type": "object", "properties": {"kind": text}},
        },
        "responses": {
            "R": {"description": "d", "schema": text},
            "Other": {"description": "d", "schema": {"type": "integer"}},
        },
        "securityDefinitions": {
            "k": {"type": "apiKey", "in": "header", "name": "X"},
            "b": {"type": "basic"},
            "o": {"type": "oauth2", "flow": "accessCode", **flow},
        },
    }
    return copy.deepcopy(tree)


def _ref(definition: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{definition}"}


def _at(tree: Any, pointer: str) -> Any:
    for key in pointer_keys(pointer):
        tree = tree[int(key)] if isinstance(tree, list) else tree[key]
    return tree


def package(tree: dict[str, Any]) -> ir.Package:
    """Return the client of a document."""
    client = ClientConfig("x.json", "p", ("*",))
    whole = opened(Document("x.json", tree, json.dumps(tree)))
    return pipeline.build(pipeline.cut(client, whole))


@cache
def plain(place: str, beside: str) -> ir.Package:
    """Return the client of the document without the field, and with what stands beside it."""
    tree = document()
    _at(tree, place).update(json.loads(beside))
    return package(tree)


def _cases() -> Iterator[Any]:
    for name, names in fields().items():
        about = TABLE.get(name, {})
        groups = [("unread", group) for group in about.get("unread", {}).values()]
        for verdict, entries in [("read", about.get("read", {})), *groups]:
            for field in sorted(entries.keys() & names):
                yield pytest.param(name, field, entries[field], verdict, id=f"{name} {field}")


def test_table_has_every_field_of_the_standard() -> None:
    missing = {}
    for name, names in fields().items():
        about = TABLE.get(name, {})
        groups = [about.get("read", {}), *about.get("unread", {}).values()]
        groups += about.get("elsewhere", {}).values()
        if lost := names - {field for group in groups for field in group}:
            missing[name] = sorted(lost)
    assert missing == {}


@pytest.mark.parametrize(("name", "field", "value", "verdict"), [*_cases()])
def test_field_is_what_the_table_says(name: str, field: str, value: Any, verdict: str) -> None:
    about = TABLE[name]
    beside = about.get("beside", {}).get(field, {})
    tree = document()
    node = _at(tree, about["at"])
    node.update(copy.deepcopy(beside))
    if value == "same":
        value = node[field]
    if field in ("definitions", "responses", "securityDefinitions") and name == "document":
        value = {**node.get(field, {}), **value}
    node[field] = value
    before = plain(about["at"], json.dumps(beside))
    if verdict == "read":
        assert package(tree) != before
    else:  # A report of changes may still tell it: the package knows its limits.
        assert rendering.render(package(tree)) == rendering.render(before)

"""The grammar of each version of OpenAPI 3, walked: each field is read, or unread for a reason.

Which fields there are is said by the schemas of OpenAPI and of JSON Schema, by their own authors;
what becomes of each is in grammar.yaml.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_specifications
import openapi_spec_validator
import pytest
import yaml12
from vcgen import ir, pipeline
from vcgen.config import ClientConfig
from vcgen.reading.document import Document
from vcgen.reading.opening import opened
from vcgen.writing import rendering

TABLE: dict[str, Any] = yaml12.read_yaml(str(Path(__file__).with_name("grammar.yaml")))
VERSIONS = {"3.0": "3.0.4", "3.1": "3.1.1", "3.2": "3.2.0"}

_SCHEMAS = Path(openapi_spec_validator.__file__).parent / "resources" / "schemas"
_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/meta/"
_VOCABULARIES = ("core", "applicator", "unevaluated", "validation", "meta-data", "content")
# Objects that the schemas describe in several parts, or call otherwise than the table does.
_CALLED = {
    "ExternalDocumentation": "external-documentation",
    "OAuthFlows": "oauth-flows",
    "ParameterLocation": "parameter",
    "XML": "xml",
    "explode-for-form": "encoding",
    **dict.fromkeys(
        ("APIKeySecurityScheme", "HTTPSecurityScheme", "OAuth2SecurityScheme"), "security-scheme"
    ),
    "OpenIdConnectSecurityScheme": "security-scheme",
}
# What no field of a client depends on, whatever is in it.
_UNREAD = frozenset({"example", "examples", "link", "xml", "callbacks"})
# The flows say where the caller gets a token, and the caller does.
_FLOWS = frozenset(
    {"ImplicitOAuthFlow", "PasswordOAuthFlow", "ClientCredentialsFlow"}
    | {"AuthorizationCodeOAuthFlow"}
)


def _name(definition: str) -> str:
    if definition in _CALLED:
        return _CALLED[definition]
    if definition != definition.lower():  # 3.0 writes MediaType, and the others media-type
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in definition).strip("-")
    return definition


@cache
def fields(version: str) -> Mapping[str, frozenset[str]]:
    """Return the fields of each object of a version, as its own schema has them."""
    text = (_SCHEMAS / f"v{version}" / "schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    parts = {"document": schema, **schema.get("definitions", schema.get("$defs", {}))}
    found: dict[str, set[str]] = {}
    for definition, part in parts.items():
        name = _name(definition)
        names = {*part.get("properties", {}), *_of_rules(part)}
        if names and name not in _UNREAD and definition not in _FLOWS:
            found.setdefault(name, set()).update(names)
    if version == "3.0":
        found["path-item"] |= {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    else:
        found["schema"] = {*_keywords(), "discriminator", "xml", "externalDocs", "example"}
        found["discriminator"] = {"propertyName", "mapping"}
    found["security-scheme"] |= {"in", "name", "scheme", "flows", "openIdConnectUrl"}
    return {name: frozenset(names) for name, names in found.items()}


def _of_rules(part: Any) -> Iterator[str]:
    """Yield the fields that a schema has only under a condition."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("then", "else", "allOf", "anyOf", "oneOf", "dependentSchemas"):
                for inner in value if isinstance(value, list) else [value]:
                    yield from inner.get("properties", {}) if isinstance(inner, dict) else ()
                    yield from _of_rules(inner)
            elif key not in ("properties", "definitions", "$defs"):
                yield from _of_rules(value) if isinstance(value, dict) else ()


def _keywords() -> set[str]:
    registry = jsonschema_specifications.REGISTRY
    vocabularies = (registry.contents(f"{_JSON_SCHEMA}{name}") for name in _VOCABULARIES)
    return {key for one in vocabularies for key in one["properties"]} | {"format"}


def document(version: str) -> dict[str, Any]:
    """Return the document in which the fields are set."""
    text = {"type": "string"}
    union = {"oneOf": [_ref("schemas/A"), _ref("schemas/B")]}
    kind: dict[str, Any] = {"type": "object", "properties": {"kind": text, "other": text}}
    form = {"type": "object", "properties": {"p": {"type": "array", "items": text}}}
    operation = {
        "operationId": "o",
        "tags": ["t"],
        "externalDocs": {"url": "https://x.test"},
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": text},
            {"name": "q", "in": "query", "schema": {"type": "array", "items": text}},
        ],
        "requestBody": {
            "content": {"multipart/form-data": {"schema": form, "encoding": {"p": {}}}}
        },
        "responses": {
            "200": {
                "description": "d",
                "headers": {"X-B": {"schema": text}},
                "content": {"application/json": {"schema": _ref("schemas/S")}},
            },
            "400": _ref("responses/R"),
        },
    }
    empty = {"responses": {"204": {"description": "d"}}}
    tree = {
        "openapi": VERSIONS[version],
        "info": {"title": "T", "version": "1", "contact": {}, "license": {"name": "x"}},
        "servers": [{"url": "https://{v}.test/x", "variables": {"v": {"default": "a"}}}],
        "security": [{"k": []}, {"o": []}],
        "tags": [{"name": "t"}, {"name": "u"}],
        "x-item": {"put": empty},
        "paths": {"/a/{id}": {"post": operation}, "/b": {"get": {**empty, "operationId": "b"}}},
        "components": {
            "schemas": {
                "S": {"type": "object", "properties": {"s": {}, "u": _ref("schemas/Union")}},
                "A": kind,
                "B": kind,
                "Union": {**union, "discriminator": {"propertyName": "kind"}},
            },
            "responses": {"R": _answer("string"), "Other": _answer("integer")},
            "securitySchemes": {
                "k": {"type": "apiKey", "in": "header", "name": "X"},
                "o": {"type": "oauth2", "flows": {}},
            },
        },
    }
    return copy.deepcopy(tree)


def _ref(component: str) -> dict[str, Any]:
    return {"$ref": f"#/components/{component}"}


def _answer(type_: str) -> dict[str, Any]:
    return {"description": "d", "content": {"application/json": {"schema": {"type": type_}}}}


def _at(tree: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        step = key.replace("~1", "/").replace("~0", "~")
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    return tree


def package(tree: dict[str, Any]) -> ir.Package:
    """Return the client of a document in which nothing is repaired."""
    client = ClientConfig("x.json", "p", ("*",), strict=True)
    whole = opened(Document("x.json", tree, json.dumps(tree)))
    return pipeline.build(pipeline.cut(client, whole))


@cache
def plain(version: str, place: str, beside: str) -> ir.Package:
    """Return the client of the document without the field, and with what stands beside it."""
    tree = document(version)
    _at(tree, place).update(json.loads(beside))
    return package(tree)


def _cases() -> Iterator[Any]:
    for version in VERSIONS:
        for name, names in fields(version).items():
            about = TABLE.get(name, {})
            unread = {
                field: value
                for group in about.get("unread", {}).values()
                for field, value in group.items()
            }
            for verdict, entries in (("read", about.get("read", {})), ("unread", unread)):
                for field in sorted(entries.keys() & names):
                    case = (version, name, field, entries[field], verdict)
                    yield pytest.param(*case, id=f"{version} {name} {field}")


@pytest.mark.parametrize("version", VERSIONS)
def test_table_has_every_field_of_the_standard(version: str) -> None:
    missing = {}
    for name, names in fields(version).items():
        about = TABLE.get(name, {})
        groups = [about.get("read", {}), *about.get("unread", {}).values()]
        groups += about.get("elsewhere", {}).values()
        known = {field for group in groups for field in group}
        if lost := names - known:
            missing[name] = sorted(lost)
    assert missing == {}


@pytest.mark.parametrize(("version", "name", "field", "value", "verdict"), [*_cases()])
def test_field_is_what_the_table_says(
    version: str, name: str, field: str, value: Any, verdict: str
) -> None:
    about = TABLE[name]
    beside = about.get("beside", {}).get(field, {})
    tree = document(version)
    node = _at(tree, about["at"])
    node.update(copy.deepcopy(beside))
    if value == "same":
        value = node[field]
    if name == "components":
        value = {**node.get(field, {}), **value}
    node[field] = value
    before = plain(version, about["at"], json.dumps(beside))
    if verdict == "read":
        assert package(tree) != before
    else:  # A report of changes may still tell it: the package knows its limits.
        assert rendering.render(package(tree)) == rendering.render(before)

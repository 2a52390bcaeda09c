"""Hostile input: payloads, odd values, and good input in whose places they are put."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MARK = "injected_7f3"
PAYLOADS = (
    f'"""\nimport {MARK}\n{MARK}()\n"""',
    f"'''\n{MARK}()\n'''",
    f'\\"""\n{MARK}()\n#',
    f"\\\n{MARK}()",
    f'")\n{MARK}()\n("',
    f"'); {MARK}(); ('",
    f"\r{MARK}()\r",
    f"\x0c{MARK}()\x0c",
    f"\u2028{MARK}()\u2029",
    f"\x85{MARK}()",
    f"{{{{ {MARK}() }}}}{{% for x in y %}}",
    f"{{{MARK}.__class__.__mro__}}",
    f"%({MARK})s$(touch {MARK})`{MARK}`",
    f"\n::error file={MARK}::forged\n",
    f"\x1b]0;{MARK}\x07\x1b[31m",
    f"../../{MARK}",
    f"/{MARK}",
    f"..\\..\\{MARK}",
    f"# {MARK}\n{MARK}()",
    f"\u202e{MARK}()\u202c",
    "\U000e0001",
    "x" * 5_000,
    "",
    " ",
    "__import__('os')",
    "class",
    "self",
    "__init__",
    "None",
    "\ufeff",
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, "", [], {}, [None], {"": None}, {"$ref": "#"}),
    *({"$ref": "#/components/schemas/Thing"}, {"$ref": 1}, [[[]]], {"type": "string"}),
)

_THING = {
    "type": "object",
    "title": "A thing",
    "description": "What it is.",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "description": "Its key.", "default": "a", "pattern": "^a"},
        "kind": {"type": "string", "enum": ["A", "B"], "x-enum-descriptions": {"A": "First."}},
        "next": {"$ref": "#/components/schemas/Thing"},
        "at": {"type": "string", "format": "date-time", "deprecated": True},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
    },
    "additionalProperties": {"type": "string"},
}
_PART = {
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {"propertyName": "sort", "mapping": {"c": "#/components/schemas/Cat"}},
}
_CAT = {"type": "object", "properties": {"sort": {"type": "string"}, "meow": {"type": "integer"}}}
_DOG = {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"properties": {"bark": {}}}]}
_BODY = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
_PROBLEM = {"type": "object", "properties": {"message": {"type": "string"}}}


def openapi(version: str) -> dict[str, Any]:
    """Return a good document with something in most places."""
    operation = {
        "tags": ["things"],
        "summary": "Get a thing.",
        "description": "All of it.",
        "operationId": "get_thing",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "q", "in": "query", "description": "A filter.", "schema": {"type": "array"}},
            {"name": "page", "in": "query", "schema": {"type": "integer"}},
            {"name": "X-Trace", "in": "header", "schema": {"type": "string", "enum": ["a"]}},
            {"name": "ck", "in": "cookie", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "It.", "content": _BODY},
            "404": {
                "description": "It is not there.",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        },
        "security": [{"key": []}, {"token": []}],
    }
    put = {
        "tags": ["things"],
        "operationId": "put_thing",
        "parameters": operation["parameters"][:1],
        "requestBody": {"description": "A thing.", "required": True, "content": _BODY},
        "responses": {"204": {"description": "Done."}},
    }
    return {
        "openapi": version,
        "info": {"title": "Things", "version": "1", "description": "An API."},
        "servers": [
            {
                "url": "https://{region}.h.test/{base}",
                "variables": {
                    "region": {"default": "eu", "enum": ["eu", "us"], "description": "Where."},
                    "base": {"default": "v1"},
                },
            }
        ],
        "tags": [{"name": "things", "description": "Things."}],
        "paths": {"/things/{id}": {"get": operation, "put": put}},
        "components": {
            "schemas": {
                "Thing": _THING,
                "Part": _PART,
                "Cat": _CAT,
                "Dog": _DOG,
                "Problem": _PROBLEM,
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def swagger() -> dict[str, Any]:
    """Return the like in Swagger 2.0."""
    thing = json.loads(json.dumps(_THING).replace("#/components/schemas/", "#/definitions/"))
    thing["properties"]["parts"] = {"type": "array", "items": {"type": "string"}}
    reply = {"description": "It.", "schema": {"$ref": "#/definitions/Thing"}}
    body = {"name": "thing", "in": "body", "description": "A thing.", "schema": reply["schema"]}
    key = {"name": "id", "in": "path", "required": True, "type": "string"}
    common = {"tags": ["things"], "summary": "Get.", "description": "All of it."}
    return {
        "swagger": "2.0",
        "info": {"title": "Things", "version": "1", "description": "An API."},
        "host": "h.test",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/things/{id}": {
                "get": {
                    **common,
                    "operationId": "get_thing",
                    "parameters": [key, {"name": "q", "in": "query", "type": "string"}],
                    "responses": {"200": reply},
                },
                "put": {
                    **common,
                    "operationId": "put_thing",
                    "parameters": [key, body],
                    "responses": {"204": {"description": "Done."}},
                },
            }
        },
        "definitions": {"Thing": thing},
        "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "security": [{"key": []}],
    }


GOOD: dict[str, dict[str, Any]] = {
    "3.0": openapi("3.0.3"),
    "3.1": openapi("3.1.1"),
    "3.2": openapi("3.2.0"),
    "2.0": swagger(),
}

OVERLAY: dict[str, Any] = {
    "overlay": "1.0.0",
    "info": {"title": "Corrections", "version": "1"},
    "extends": "spec.json",
    "actions": [
        {
            "target": "$.info",
            "description": "Say what it is.",
            "update": {"description": "Corrected.", "x-more": {"a": [1, "b"]}},
        },
        {"target": "$.paths['/things/{id}'].put.responses['204']", "update": {"description": "d"}},
        {"target": "$.paths.*.get.parameters[?@.name == 'q']", "update": {"required": True}},
        {"target": "$..description", "remove": False},
        {"target": "$.tags[0]", "remove": True},
    ],
}
HAR: dict[str, Any] = {
    "log": {
        "version": "1.2",
        "creator": {"name": "browser", "version": "1"},
        "entries": [
            {
                "startedDateTime": "2024-01-01T00:00:00.000Z",
                "time": 1,
                "request": {
                    "method": "GET",
                    "url": "https://eu.h.test/v1/things/a?q=1",
                    "httpVersion": "HTTP/1.1",
                    "headers": [{"name": "Accept", "value": "application/json"}],
                    "queryString": [{"name": "q", "value": "1"}],
                },
                "response": {
                    "status": status,
                    "statusText": "",
                    "content": {
                        "size": 2,
                        "mimeType": "application/json",
                        "text": json.dumps({"id": 5, "kind": "C", "at": None, "more": [1]}),
                    },
                },
            }
            for status in (200, 404, 418)
        ],
    }
}
# Places of payloads in the bodies of recorded traffic, too.
RECORDED: dict[str, Any] = {"id": 5, "kind": "C", "at": None, "parts": [{"sort": "c"}], "more": 1}
# What the configuration is of: its server is the same for all.
CONFIGURED: dict[str, Any] = {**GOOD["3.1"], "servers": [{"url": "https://h.test/v1"}]}
CONFIG: dict[str, Any] = {
    "clients": [
        {
            "spec": "spec.json",
            "output": "client_of_it",
            "operations": ["GET /things/{id}", "put_*"],
            "dialect": "auto",
            "roots": ["Vcenter"],
            "strict": False,
            "keep_going": True,
            "layout": "auto",
            "base_path": "/v1",
            "docs": "full",
            "line_length": 88,
            "python": "3.11",
            "opaque": ["Part"],
            "media_types": ["text/csv", {"operation": "put_thing", "request": "application/json"}],
            "flavours": ["sync"],
            "recording": True,
            "testing": True,
            "allow_outside": False,
            "references": {"https://h.test/": "schemas"},
            "waiters": [
                {
                    "name": "ready",
                    "operation": "get_thing",
                    "success": [{"property": "kind", "values": ["A"]}],
                    "failure": [{"status": 404}],
                }
            ],
            "pages": [{"operation": "get_thing", "items": "parts", "page": "page", "first": 0}],
            "overlays": ["overlay.json"],
            "rename": {
                "schemas": {"Thing": "Item"},
                "tags": {"things": "items"},
                "operations": {"get_thing": "get"},
                "properties": {"Thing.id": "key"},
                "parameters": {"q": "query"},
            },
        }
    ]
}


def toml(value: Any) -> str:
    """Return a value as TOML writes it in a line; null, which it has not, is left out."""
    if isinstance(value, Mapping):
        pairs = [f"{toml(str(k))} = {toml(one)}" for k, one in value.items() if one is not None]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(toml(one) for one in value if one is not None)}]"
    return json.dumps(value, ensure_ascii=False)


def config_text(config: Mapping[str, Any], *, is_project: bool = False) -> str:
    """Return a configuration as the text of `vcgen.toml`, or of `pyproject.toml`."""
    tree = {"tool": {"vcgen": config}} if is_project else config
    return "".join(f"{toml(str(key))} = {toml(one)}\n" for key, one in tree.items())

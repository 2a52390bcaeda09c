"""Operations that nobody asked for: whether they are different is told, and nothing more."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from changes_mutations import replaced
from support import open_document
from vcgen import comparing
from vcgen.comparing.report import Others
from vcgen.config import ClientConfig

DONE = {"responses": {"204": {"description": "Done."}}}
SCHEMA = {
    "type": "object",
    "title": "A thing",
    "required": ["id", "mapping"],
    "properties": {
        "id": {"type": "string", "example": {"any": 1}, "default": {"title": "a", "more": [1]}},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "mapping": {"type": "string"},
        "part": {"$ref": "#/components/schemas/Part"},
        "state": {"type": "string", "enum": ["on", "off"]},
    },
    "discriminator": {
        "propertyName": "title",
        "mapping": {"m": "#/components/schemas/Mapped"},
        "defaultMapping": "Usual",
    },
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Things API", "version": "1"},
    "security": [{"key": []}],
    "paths": {
        "/mine": {"get": {"operationId": "mine", "security": [], **DONE}},
        "/other": {
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "get": {
                "operationId": "other",
                "responses": {
                    "200": {
                        "description": "Things.",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Thing"},
                                "examples": {"one": {"value": {"id": "a"}}},
                            }
                        },
                    }
                },
            },
        },
    },
    "components": {
        "schemas": {
            "Thing": SCHEMA,
            "Part": {"type": "object", "properties": {"n": {}}},
            "Mapped": {"type": "object"},
            "Usual": {"type": "object"},
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "token": {"type": "http", "scheme": "bearer"},
        },
    },
}
GET = ("paths", "/other", "get")
REPLY = (*GET, "responses", "200")
MEDIA = (*REPLY, "content", "application/json")
THING = ("components", "schemas", "Thing")
PROPERTIES = (*THING, "properties")


def _others(old: Any, new: Any, folder: Path) -> Others:
    files = folder / "old.json", folder / "new.json"
    for file, tree in zip(files, (old, new), strict=True):
        file.write_text(json.dumps(tree), encoding="utf-8")
    opened = (open_document(str(file)) for file in files)
    report = comparing.compare(ClientConfig("", "api", ("mine",)), *opened)
    assert report.changes == ()
    return report.others


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*REPLY, "description"), "More things."),
        ((*GET, "summary"), "Get things."),
        ((*MEDIA, "examples", "one", "value", "id"), "b"),
        ((*MEDIA, "example"), {"id": "a"}),
        ((*THING, "title"), "Some thing"),
        ((*PROPERTIES, "id", "example"), {"any": 2}),
        ((*THING, "required"), ["mapping", "id"]),
        ((*PROPERTIES, "state", "enum"), ["off", "on"]),
    ],
)
def test_documentation_and_order_are_no_change(
    place: tuple[str, ...], value: Any, tmp_path: Path
) -> None:
    assert _others(DOCUMENT, replaced(DOCUMENT, place, value), tmp_path) == Others(0, 0, 0)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*GET, "operationId"), "another"),
        ((*GET, "deprecated"), True),
        (("paths", "/other", "parameters"), []),
        (("security",), [{"token": []}]),
        ((*PROPERTIES, "id", "type"), "integer"),
        ((*PROPERTIES, "id", "default", "title"), "b"),
        ((*PROPERTIES, "title"), {"type": "integer"}),
        ((*PROPERTIES, "description", "type"), "integer"),
        ((*PROPERTIES, "mapping", "type"), "integer"),
        ((*PROPERTIES, "state", "enum"), ["off", "on", "lost"]),
        (("components", "schemas", "Part", "properties", "n"), {"type": "string"}),
        (("components", "schemas", "Mapped", "required"), ["title"]),
        (("components", "schemas", "Usual", "required"), ["title"]),
    ],
)
def test_anything_else_is_a_change(place: tuple[str, ...], value: Any, tmp_path: Path) -> None:
    new = replaced(DOCUMENT, place, value)
    assert _others(DOCUMENT, new, tmp_path) == Others(1, 0, 0)


def test_names_of_components_are_no_change(tmp_path: Path) -> None:
    renamed = json.loads(json.dumps(DOCUMENT).replace("Thing", "Acme.Thing").replace("Part", "P"))
    renamed = json.loads(json.dumps(renamed).replace("Usual", "U").replace("Mapped", "M"))
    assert _others(DOCUMENT, renamed, tmp_path) == Others(0, 0, 0)


def test_operations_that_come_and_go_are_counted(tmp_path: Path) -> None:
    new = deepcopy(DOCUMENT)
    del new["paths"]["/other"]
    new["paths"] |= {"/a": {"get": DONE}, "/b": {"get": DONE, "put": DONE}}
    assert _others(DOCUMENT, new, tmp_path) == Others(0, 3, 1)


def test_defects_elsewhere_are_nobodys_affair(tmp_path: Path) -> None:
    broken = replaced(DOCUMENT, (*MEDIA, "schema"), {"type": "nonsense", "items": "?"})
    assert _others(DOCUMENT, broken, tmp_path) == Others(1, 0, 0)
    assert _others(broken, broken, tmp_path) == Others(0, 0, 0)

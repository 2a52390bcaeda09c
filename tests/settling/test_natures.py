"""Which classes are sent: the whole document says so, whichever operations are selected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import open_document, reference, selected, write_document
from vcgen import ir, pipeline
from vcgen.config import ClientConfig


def _reply(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": reference(name)}}
    return {"responses": {"200": {"description": "", "content": content}}}


def _sending(body: object) -> dict[str, Any]:
    return {"requestBody": body, "responses": {"204": {"description": ""}}}


def _asking(name: str) -> dict[str, Any]:
    return {
        "name": "q",
        "in": "query",
        "content": {"application/json": {"schema": reference(name)}},
    }


def _thing(**more: object) -> dict[str, Any]:
    return {"type": "object", "properties": {"note": {"type": "string", "nullable": True}, **more}}


NAMES = (
    *("Read", "Sent", "Inside", "Shown", "Base", "Heir", "Later"),
    *("Mapped", "Usual", "Shared", "Listed", "Asked", "AskedOfAll", "AskedOften", "Styled"),
)
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "T", "version": "1"},
    "paths": {
        **{f"/{name}": {"get": {"operationId": name, **_reply(name)}} for name in NAMES},
        "/send": {
            "put": _sending({"content": {"application/json": {"schema": reference("Sent")}}}),
            "post": _sending({"$ref": "#/components/requestBodies/Shared"}),
        },
        "/ask": {
            "parameters": [_asking("AskedOfAll")],
            "get": {
                "parameters": [
                    _asking("Asked"),
                    {"$ref": "#/components/parameters/Often"},
                    {"name": "s", "in": "query", "schema": reference("Styled")},
                ],
                "responses": {"204": {"description": ""}},
            },
        },
    },
    "components": {
        "parameters": {"Often": {**_asking("AskedOften"), "name": "often"}},
        "requestBodies": {
            "Shared": {"content": {"multipart/form-data": {"schema": reference("Shared")}}},
        },
        "schemas": {
            "Read": _thing(),
            "Sent": _thing(
                inside=reference("Inside"),
                base=reference("Base"),
                shown={"allOf": [reference("Shown")], "readOnly": True},
                listed={"type": "array", "items": {"oneOf": [reference("Listed")]}},
            ),
            "Inside": _thing(again=reference("Sent")),
            "Shown": _thing(),
            "Base": {**_thing(), "discriminator": {"propertyName": "note"}},
            "Heir": {"allOf": [reference("Base"), _thing(more={"type": "string"})]},
            "Later": {"allOf": [reference("Heir"), _thing(most={"type": "string"})]},
            "Mapped": _thing(),
            "Usual": _thing(),
            "Listed": {
                **_thing(),
                "discriminator": {
                    "propertyName": "note",
                    "mapping": {"m": "Mapped"},
                    "defaultMapping": "Usual",
                },
            },
            "Shared": _thing(),
            "Asked": _thing(),
            "AskedOfAll": _thing(),
            "AskedOften": _thing(),
            "Styled": _thing(),
        },
    },
}
SENT = {*NAMES} - {"Read", "Shown", "Styled"}


def _sent(file: Path, *patterns: str) -> set[str]:
    """Return the classes whose absent properties are told from null."""
    package = pipeline.build(selected(ClientConfig(str(file), "made", patterns), Path()))
    return {
        node.name
        for node in package.definitions
        for one in getattr(node, "fields", ())
        if one.spec_name == "note" and one.is_unset
    }


def test_what_a_body_leads_to_is_sent(tmp_path: Path) -> None:
    # Those that extend another have the field from it.
    assert _sent(write_document(tmp_path, DOCUMENT), "*") == SENT - {"Heir", "Later"}


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_document_decides(name: str, tmp_path: Path) -> None:
    file = write_document(tmp_path, DOCUMENT)
    assert (name in _sent(file, f"GET /{name}")) == (name in SENT - {"Heir", "Later"})
    client = ClientConfig(str(file), "made", (f"GET /{name}",))
    part = pipeline.cut(client, open_document(str(file))).slice.tree
    of_part = _sent(write_document(tmp_path, part), "*")
    assert (name in of_part) == (name in SENT - {"Heir", "Later"}), "a slice says the same"


def test_a_document_that_does_not_tell_is_not_searched(tmp_path: Path) -> None:
    plain = {"type": "object", "properties": {"name": {"type": "string"}}}
    schemas = {**DOCUMENT["components"]["schemas"], "Read": plain}
    components = {**DOCUMENT["components"], "schemas": schemas}
    file = write_document(tmp_path, {**DOCUMENT, "components": components})
    client = ClientConfig(str(file), "made", ("GET /Read",))
    assert "x-vcgen-names" not in pipeline.cut(client, open_document(str(file))).slice.tree


@pytest.mark.parametrize("parameters", [5, "q", {"q": 5}, [5]])
def test_what_is_wrong_elsewhere_is_left_to_others(parameters: object, tmp_path: Path) -> None:
    paths = {**DOCUMENT["paths"], "/wrong": {"parameters": parameters, "get": _reply("Read")}}
    assert _sent(write_document(tmp_path, {**DOCUMENT, "paths": paths}), "GET /Asked") == {"Asked"}


@pytest.mark.parametrize("name", ["const", "default", "enum", "example", "examples"])
def test_a_property_may_have_the_name_of_a_keyword(name: str, tmp_path: Path) -> None:
    schemas = {**DOCUMENT["components"]["schemas"], "Sent": _thing(**{name: reference("Inside")})}
    components = {**DOCUMENT["components"], "schemas": schemas}
    file = write_document(tmp_path, {**DOCUMENT, "components": components})
    assert "Inside" in _sent(file, "GET /Inside")


@pytest.mark.parametrize("status", ["200", "default"])
def test_alternatives_of_each_reply_keep_what_they_do_not_know(status: str, tmp_path: Path) -> None:
    either = {"schema": {"anyOf": [reference("Read"), reference("Later")]}}
    reply = {"description": "", "content": {"application/json": either}}
    paths = {**DOCUMENT["paths"], "/either": {"get": {"responses": {status: reply}}}}
    file = write_document(tmp_path, {**DOCUMENT, "paths": paths})
    client = ClientConfig(str(file), "made", ("GET /Read",))
    part = pipeline.cut(client, open_document(str(file))).slice.tree
    assert part["x-vcgen-names"]["natures"] == {"Read": "kept"}


@pytest.mark.parametrize("place", ["own", "shared", "component"])
def test_what_is_read_only_need_not_be_given_in_a_parameter(place: str, tmp_path: Path) -> None:
    number = {"type": "integer", "readOnly": True}
    schema = {"type": "object", "required": ["id"], "properties": {"id": number}}
    asking = {**_asking(""), "content": {"application/json": {"schema": schema}}}
    parameter = {"$ref": "#/components/parameters/q"} if place == "component" else asking
    operation = {"responses": {"204": {"description": ""}}}
    item = {"parameters": [parameter], "get": operation}
    if place == "own":
        item = {"get": {**operation, "parameters": [parameter]}}
    components = {"parameters": {"q": asking}}
    document = {**DOCUMENT, "paths": {"/a": item}, "components": components}
    file = write_document(tmp_path, document)
    package = pipeline.build(selected(ClientConfig(str(file), "made", ("*",)), Path()))
    (made,) = (one for one in package.definitions if isinstance(one, ir.Struct))
    assert [one.absent for one in made.fields if not one.required] == ["NOT_GIVEN"]

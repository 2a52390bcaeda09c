"""Idioms of published documents, and what they become."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vcgen import ir, pipeline
from vcgen.config import ClientConfig
from vcgen.reading.document import Document
from vcgen.reading.opening import opened
from vcgen.writing import rendering

TEXT: dict[str, Any] = {"type": "string"}


def package(schemas: dict[str, Any], path: str = "/a", **operation: Any) -> ir.Package:
    """Return the client of a document with one operation, whose body and reply is `S`."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}
    post = {
        "operationId": "send",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "d", "content": content}},
        **operation,
    }
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.test"}],
        "paths": {path: {"post": post}},
        "components": {"schemas": schemas},
    }
    whole = opened(Document("x.json", tree, json.dumps(tree)))
    return pipeline.build(pipeline.cut(ClientConfig("x.json", "p", ("*",)), whole))


def fields(built: ir.Package) -> dict[str, ir.Field]:
    """Return the fields of the class `S`."""
    [found] = [one for one in definitions(built) if isinstance(one, ir.Struct) and one.name == "S"]
    return {one.spec_name: one for one in found.fields}


def enums(built: ir.Package) -> dict[str, dict[str, Any]]:
    """Return the values of the enumerations, by class and member."""
    found = [one for one in definitions(built) if isinstance(one, ir.EnumClass)]
    return {one.name: {member.name: member.value for member in one.members} for one in found}


def definitions(built: ir.Package) -> list[ir.Definition]:
    """Return the classes of the models."""
    return [one for module in built.model_modules for one in module.definitions]


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_one_value_beside_any_text_is_not_filled_in(keyword: str) -> None:
    model = {keyword: [TEXT, {"type": "string", "enum": ["large"]}]}
    for property_ in (model, {"allOf": [model]}, {"$ref": "#/components/schemas/M"}):
        s = {"type": "object", "required": ["model"], "properties": {"model": property_}}
        assert fields(package({"S": s, "M": model}))["model"].fixed is None


def test_value_beside_none_is_filled_in() -> None:
    kind = {"allOf": [{"type": "string", "enum": ["a"]}]}
    s = {"type": "object", "required": ["kind"], "properties": {"kind": kind}}
    assert fields(package({"S": s}))["kind"].fixed is not None


def test_titles_of_constants_are_names() -> None:
    types = [{"title": "GUILD_TEXT", "const": 0}, {"title": "DM", "const": 1}]
    s = {"type": "object", "properties": {"t": {"type": "integer", "oneOf": types}}}
    assert enums(package({"S": s})) == {"ST": {"GUILD_TEXT": 0, "DM": 1}}


def test_reference_beside_annotations_is_the_class_itself() -> None:
    one = [{"type": "string", "enum": ["a"]}, {"description": "d", "enum": ["b", "c"]}]
    state = {"allOf": [{"$ref": "#/components/schemas/State"}], "description": "d"}
    s = {"type": "object", "properties": {"x": state, "y": {**state, "default": "a"}}}
    built = package({"S": s, "State": {"oneOf": one}})
    assert list(enums(built)) == ["State"]
    assert {one.type.annotation for one in fields(built).values()} == {"State | None"}


@pytest.mark.parametrize(
    "extension",
    [
        {"x-enumNames": ["Aye", "Bee"]},
        {"x-enum-varnames": ["Aye", "Bee"]},
        {"x-ms-enum": {"values": [{"value": 0, "name": "Aye"}, {"value": 1, "name": "Bee"}]}},
    ],
)
def test_names_of_values_are_the_document_s(extension: dict[str, Any]) -> None:
    s = {"type": "object", "properties": {"k": {"type": "integer", "enum": [0, 1], **extension}}}
    assert enums(package({"S": s})) == {"SK": {"AYE": 0, "BEE": 1}}


@pytest.mark.parametrize("entries", [None, [], "x", {"values": "x"}, {"values": [1, {"name": 2}]}])
def test_names_of_another_form_are_not_read(entries: object) -> None:
    kind = {"type": "integer", "enum": [0, 1], "x-ms-enum": entries}
    s = {"type": "object", "properties": {"k": kind}}
    assert enums(package({"S": s})) == {"SK": {"VALUE_0": 0, "VALUE_1": 1}}


@pytest.mark.parametrize(
    ("variable", "is_spanning"),
    [("+name", True), ("name=projects/*", True), ("name*", True), ("name:[0-9]+", False)],
)
def test_value_of_a_path_keeps_its_slashes(variable: str, is_spanning: bool) -> None:
    given = [{"name": "name", "in": "path", "required": True, "schema": TEXT}]
    built = package({"S": TEXT}, f"/a/{{{variable}}}:stop", parameters=given)
    [operation] = built.operation_modules[0].resources[0].operations
    [argument] = operation.parameters
    assert operation.path == "/a/{name}:stop"
    assert (argument.name, argument.spec_name) == ("name", "name")
    assert ("/" in argument.style.safe if argument.style else False) is is_spanning
    assert argument.style is None or "?" not in argument.style.safe


def test_text_of_a_status_is_no_code() -> None:
    hostile = "400(Exception): pass\nimport os\nclass X"
    responses = {"200": {"description": "d"}, hostile: {"description": "d"}}
    files = rendering.render(package({"S": TEXT}, responses=responses))
    assert not any("import os" in text for text in files.values())


def maps(schema: dict[str, Any]) -> list[ir.Type]:
    """Return the types that the values of a map may have, which the schema `S` is."""
    p = {"type": "object", "properties": {"p": TEXT}}
    q = {"type": "object", "properties": {"q": TEXT}}
    s = {"type": "object", "properties": {"map": {"type": "object", **schema}}}
    type_ = fields(package({"S": s, "P": p, "Q": q}))["map"].type
    [found] = [one for one in type_.alternatives if one.kind is ir.TypeKind.MAP]
    return list(found.arguments[0].alternatives)


def test_patterns_that_the_decoder_cannot_tell_apart_are_of_any_type() -> None:
    p, q = ({"$ref": f"#/components/schemas/{name}"} for name in "PQ")
    number, day = {"type": "integer"}, {"type": "string", "format": "date"}
    closed = {"additionalProperties": False}
    for one, other in ((p, q), (TEXT, day)):
        assert maps({"patternProperties": {"^a": one, "^b": other}, **closed}) == [ir.ANY]
        assert maps({"patternProperties": {"^a": one}, "additionalProperties": other}) == [ir.ANY]
    told = maps({"patternProperties": {"^a": TEXT, "^b": p}, **closed})
    assert [one.name for one in told] == ["str", "P"]
    told = maps({"patternProperties": {"^a": TEXT}, "additionalProperties": number})
    assert [one.name for one in told] == ["int", "str"]


@pytest.mark.parametrize("third", [[], [{"type": "null"}]])
def test_two_objects_are_told_apart_by_a_boolean(third: list[Any]) -> None:
    fine = {"type": "object", "properties": {"ok": {"const": True}, "value": TEXT}}
    bad = {"type": "object", "properties": {"ok": {"enum": [False]}, "value": TEXT}}
    parts = [*third, *({"$ref": f"#/components/schemas/{name}"} for name in ("Fine", "Bad"))]
    built = package({"S": {"oneOf": parts}, "Fine": fine, "Bad": bad})
    [union] = [one for one in definitions(built) if isinstance(one, ir.UnionClass)]
    assert union.discriminator == "ok"
    assert {tag.value: tag.type.name for tag in union.tags} == {"true": "Fine", "false": "Bad"}


def test_a_discriminator_has_the_numbers_that_its_alternatives_list() -> None:
    one = {"type": "object", "properties": {"size": {"type": "number", "enum": [1.5]}}}
    two = {"type": "object", "properties": {"size": {"type": "number", "enum": [2.0]}}}
    parts = [{"$ref": f"#/components/schemas/{name}"} for name in ("One", "Two")]
    s = {"oneOf": parts, "discriminator": {"propertyName": "size"}}
    built = package({"S": s, "One": one, "Two": two})
    [union] = [one for one in definitions(built) if isinstance(one, ir.UnionClass)]
    meant = {tag.value: tag.type.name for tag in union.tags}
    assert (meant["1.5"], meant["2"]) == ("One", "Two")

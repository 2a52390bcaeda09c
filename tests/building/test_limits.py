"""Limits: what a schema says of the values at every place inside it."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen import ir
from vcgen.building import Options, build
from vcgen.building.openapi import load
from vcgen.writing import rendering

Node = dict[str, Any]
PART = {"$ref": "#/components/schemas/Part"}
SHORT = {"type": "string", "maxLength": 3}


def package(schema: Node, *, tells_limits: bool = True, **others: Node) -> ir.Package:
    """Return a package with the class of an object that a request holds."""
    reference = {"$ref": "#/components/schemas/Thing"}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "Limits", "version": "1"},
        "paths": {
            "/": {
                "post": {
                    "requestBody": {"content": {"application/json": {"schema": reference}}},
                    "responses": {"204": {"description": "Done."}},
                }
            }
        },
        "components": {"schemas": {"Thing": schema, **others}},
    }
    return build(load(tree), Options("limits", tells_limits=tells_limits))


def struct(schema: Node, **others: Node) -> ir.Struct:
    """Return that class."""
    (found,) = (one for one in package(schema, **others).definitions if one.name == "Thing")
    assert isinstance(found, ir.Struct)
    return found


def limits(schema: Node, **others: Node) -> dict[str, object]:
    """Return the limits of a property."""
    (field,) = struct({"type": "object", "properties": {"it": schema}}, **others).fields
    return dict(field.constraints)


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": "array", "items": SHORT}, {"items.maxLength": 3}),
        (
            {"type": "array", "items": {"type": "array", "items": SHORT}},
            {"items.items.maxLength": 3},
        ),
        ({"type": "object", "additionalProperties": SHORT}, {"values.maxLength": 3}),
        ({"anyOf": [SHORT, {"type": "null"}]}, {"maxLength": 3}),
        ({"anyOf": [SHORT, {"type": "integer", "maximum": 1}]}, {"maximum": 1, "maxLength": 3}),
        ({"anyOf": [SHORT, {"type": "string"}]}, {}),
        (
            {"oneOf": [SHORT, {"type": "string", "pattern": "^x"}]},
            {"oneOf (string)": '{"maxLength": 3} or {"pattern": "^x"}'},
        ),
        ({"anyOf": [SHORT, {"type": "string", "enum": ["longer"]}]}, {"maxLength": 3}),
        ({"type": "integer", "format": "int32"}, {"maximum": 2**31 - 1, "minimum": -(2**31)}),
        ({"type": "integer", "format": "uint8", "maximum": 9}, {"maximum": 9, "minimum": 0}),
        ({"type": "string", "format": "email"}, {"format": "email"}),
        ({"type": "string", "format": "date-time"}, {}),
        ({"type": "string", "format": "password"}, {}),
        ({"type": "string", "not": {"const": "x"}}, {"not": '{"const": "x"}'}),
        (
            {"type": "array", "prefixItems": [SHORT]},
            {"prefixItems": '[{"maxLength": 3, "type": "string"}]'},
        ),
        ({"type": "number", "enum": [1.5, 0.5]}, {"enum": ("0.5", "1.5")}),
        ({"type": "string", "allOf": [SHORT, {"maxLength": 2}]}, {"maxLength": 2}),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Code"}}, {"items.maxLength": 3}),
        ({"$ref": "#/components/schemas/Code", "minLength": 1}, {"minLength": 1, "maxLength": 3}),
    ],
)
def test_each_place_has_its_limits(schema: Node, found: Node) -> None:
    assert limits(schema, Code=SHORT) == found


def test_a_class_has_the_limits_of_its_objects() -> None:
    part = {"type": "object", "minProperties": 1, "properties": {"a": {"type": "string"}}}
    assert limits({"anyOf": [PART, {"type": "null"}]}, Part=part) == {}
    thing = {
        **part,
        "dependentRequired": {"a": ["c", "b"]},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "additionalProperties": SHORT,
    }
    assert dict(struct(thing).constraints) == {
        "minProperties": 1,
        "dependentRequired": '{"a": ["b", "c"]}',
        "anyOf": '[{"required": ["a"]}, {"required": ["b"]}]',
        "values.maxLength": 3,
    }


def test_whole_keywords_do_not_depend_on_words_or_on_the_names_of_components() -> None:
    one = limits({"not": {"$ref": "#/components/schemas/Code"}}, Code=SHORT)
    other = limits(
        {"not": {"$ref": "#/components/schemas/X"}}, X={**SHORT, "description": "A code."}
    )
    assert one == other != limits({"not": {"$ref": "#/components/schemas/X"}}, X={"type": "string"})


def test_a_schema_that_contains_itself_has_limits() -> None:
    tree = {"anyOf": [SHORT, {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}]}
    assert limits({"$ref": "#/components/schemas/Tree"}, Tree=tree) == {"maxLength": 3}


def test_code_is_the_same_where_nobody_asks_for_limits() -> None:
    schema = {"type": "object", "properties": {"it": SHORT, "part": PART}, "minProperties": 1}
    part = {"allOf": [{"type": "object", "properties": {"n": SHORT}}], "maxProperties": 2}
    told, untold = (package(schema, tells_limits=one, Part=part) for one in (True, False))
    assert told != untold
    assert rendering.render(told) == rendering.render(untold)
    (operation,) = untold.resources[0].operations
    assert operation.body and operation.body.offered == ()
    assert {field.constraints for one in untold.definitions for field in one.fields} == {()}

"""Facts: what the intermediate representation keeps of a document for reports of changes."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen import ir
from vcgen.building import Options, build
from vcgen.building.openapi import load

Node = dict[str, Any]


def package(
    schemas: Node, parameters: list[Node] | None = None, version: str = "3.1.0"
) -> ir.Package:
    """Return the package for an operation that answers the first of some schemas."""
    reference = {"$ref": f"#/components/schemas/{next(iter(schemas))}"}
    operation = {
        "operationId": "get",
        "deprecated": bool(parameters),
        "parameters": parameters or [],
        "responses": {
            "200": {"description": "", "content": {"application/json": {"schema": reference}}}
        },
    }
    tree = {
        "openapi": version,
        "info": {"title": "Facts", "version": "1"},
        "paths": {"/": {"get": operation}},
        "components": {"schemas": schemas},
    }
    return build(load(tree), Options("facts"))


def structs(schemas: Node, version: str = "3.1.0") -> dict[str, ir.Struct]:
    definitions = package(schemas, version=version).definitions
    return {one.name: one for one in definitions if isinstance(one, ir.Struct)}


def field(schema: Node, version: str = "3.1.0", **others: Node) -> ir.Field:
    """Return the field that a property of a schema becomes."""
    thing = {"type": "object", "properties": {"it": schema}}
    return structs({"Thing": thing, **others}, version)["Thing"].fields[0]


def test_a_field_keeps_what_limits_it_in_one_order() -> None:
    found = field(
        {
            **{"type": "integer", "multipleOf": 5, "exclusiveMinimum": 0, "maximum": 10.0},
            **{"minimum": 0, "exclusiveMaximum": 9.5},
        }
    )
    assert found.constraints == (
        ("maximum", 10),
        ("minimum", 0),
        ("exclusiveMaximum", 9.5),
        ("exclusiveMinimum", 0),
        ("multipleOf", 5),
    )
    text = field({"type": "string", "pattern": "^a", "maxLength": 3, "minLength": 0})
    assert text.constraints == (("maxLength", 3), ("pattern", "^a"))
    array = field({"type": "array", "uniqueItems": True, "maxItems": 2, "minItems": 1})
    assert array.constraints == (("minItems", 1), ("maxItems", 2), ("uniqueItems", True))
    mapping = field({"type": "object", "maxProperties": 2, "minProperties": 1})
    assert mapping.constraints == (("minProperties", 1), ("maxProperties", 2))


def test_what_limits_nothing_is_no_constraint() -> None:
    assert field({"type": "array", "uniqueItems": False}).constraints == ()
    assert field({"type": "string"}).constraints == ()


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_exclusive_limits_that_are_true_or_false_are_numbers(version: str) -> None:
    schema = {"type": "number", "maximum": 1, "exclusiveMaximum": True, "exclusiveMinimum": False}
    assert field(schema, version).constraints == (("exclusiveMaximum", 1),)


def test_integers_are_exact() -> None:
    large = 2**53 + 1
    (found,) = field({"type": "integer", "maximum": large}).constraints
    assert found == ("maximum", large)
    assert isinstance(found[1], int)


@pytest.mark.parametrize(
    ("schema", "default"),
    [
        ({"type": "string", "default": "é"}, '"é"'),
        ({"type": "integer", "default": 1}, "1"),
        ({"type": "boolean", "default": False}, "false"),
        ({"type": ["string", "null"], "default": None}, "null"),
        ({"type": "array", "default": [{"a": 1.5}]}, '[{"a": 1.5}]'),
        ({"type": "string"}, None),
    ],
)
def test_a_default_is_kept_as_json(schema: Node, default: str | None) -> None:
    assert field(schema).default == default


SIZE = {"type": "integer", "minimum": 1, "maximum": 5, "default": 2, "deprecated": True}


def test_a_component_without_a_class_says_its_facts_where_it_is_used() -> None:
    found = field({"$ref": "#/components/schemas/Size"}, Size=SIZE)
    assert (found.default, found.deprecated) == ("2", True)
    assert found.constraints == (("maximum", 5), ("minimum", 1))


def test_what_stands_beside_a_reference_comes_first() -> None:
    beside = {"default": 1, "title": "A size", "deprecated": False}
    found = field({"$ref": "#/components/schemas/Size", **beside}, Size=SIZE)
    assert (found.type.names, found.default, found.deprecated) == ({"int", "None"}, "1", False)
    assert found.constraints == (("maximum", 5), ("minimum", 1))
    whole = {"allOf": [{"$ref": "#/components/schemas/Size"}], "maximum": 4, "deprecated": False}
    found = field(whole, Size=SIZE)
    assert (found.default, found.deprecated) == ("2", False)
    assert found.constraints == (("maximum", 4), ("minimum", 1))


def test_a_class_says_itself_what_it_is() -> None:
    order = {"type": "string", "enum": ["up", "down"], "default": "up", "deprecated": True}
    found = field({"$ref": "#/components/schemas/Order"}, Order=order)
    assert (found.default, found.deprecated) == ('"up"', False)
    inner = {"type": "object", "minProperties": 1, "properties": {"a": {"type": "string"}}}
    assert field({"$ref": "#/components/schemas/Inner"}, Inner=inner).constraints == ()
    assert field(inner).constraints == ()
    found = structs({"Thing": {"type": "object", "properties": {"a": inner}}, "Inner": inner})
    assert {one.constraints for one in found.values() if one.name != "Thing"} == {
        (("minProperties", 1),)
    }


def test_a_parameter_has_the_facts_of_its_schema() -> None:
    parameters = [
        {"name": "size", "in": "query", "schema": {"$ref": "#/components/schemas/Size"}},
        {"name": "page", "in": "query", "deprecated": True, "schema": {"type": "integer"}},
    ]
    (operation,) = package({"Size": SIZE}, parameters).operations
    size, page = operation.parameters
    assert (size.default, size.deprecated) == ("2", True)
    assert size.constraints == (("maximum", 5), ("minimum", 1))
    assert (page.default, page.deprecated, page.constraints) == (None, True, ())
    assert operation.deprecated


def test_facts_make_no_two_classes_of_one() -> None:
    def inner(**said: object) -> Node:
        return {"type": "object", "properties": {"a": {"type": "string", **said}}}

    first = inner(maxLength=1, default="x", deprecated=True)
    thing = {
        "type": "object",
        "properties": {
            "one": {"$ref": "#/components/schemas/Inner"},
            "two": {"$ref": "#/components/schemas/inner"},
        },
    }
    found = structs({"Thing": thing, "Inner": first, "inner": {**inner(), "deprecated": True}})
    assert sorted(found) == ["Inner", "Thing"]


def test_facts_do_not_hide_that_a_class_extends_its_base() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 9}}}
    own = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 5}, "b": {}}}
    heir = {"allOf": [{"$ref": "#/components/schemas/Base"}, own]}
    found = structs({"Heir": heir, "Base": base})
    assert (found["Heir"].base, [one.name for one in found["Heir"].fields]) == ("Base", ["b"])


def test_what_two_bases_say_of_a_field_holds_together() -> None:
    def base(**said: object) -> Node:
        return {"type": "object", "properties": {"a": {"type": "string", **said}}}

    references = [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]
    one = base(maxLength=9, minLength=1, default="x", deprecated=True)
    found = structs({"Heir": {"allOf": references}, "One": one, "Two": base(maxLength=5)})
    (both,) = found["Heir"].fields
    assert both.constraints == (("minLength", 1), ("maxLength", 5))
    assert (both.default, both.deprecated) == ('"x"', True)


READ = {"type": "string", "readOnly": True}
ID = {"$ref": "#/components/schemas/Id"}


@pytest.mark.parametrize(
    ("schema", "access"),
    [
        ({"anyOf": [ID, {"type": "null"}]}, "read"),
        ({"oneOf": [ID]}, "read"),
        ({"oneOf": [ID, {"type": "integer", "readOnly": True}]}, "read"),
        ({"anyOf": [ID, {"type": "integer"}]}, ""),
        ({"anyOf": [ID, {"type": "integer", "writeOnly": True}]}, ""),
        ({"$ref": "#/components/schemas/Loop"}, ""),
    ],
)
def test_a_property_goes_the_way_that_each_of_its_alternatives_goes(
    schema: Node, access: str
) -> None:
    loop = {"anyOf": [{"type": "integer"}, {"type": "array", "items": ID}]}
    loop["anyOf"].append({"$ref": "#/components/schemas/Loop"})
    assert field(schema, Id=READ, Loop=loop).access == access

"""Objects for the parts of a document, and what is a doubt."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from vcgen.building.nodes import Header, OpenAPI, Parameter, PathItem, Reference, Schema, Server
from vcgen.building.openapi import load
from vcgen.building.structuring import Doubt
from vcgen.errors import SpecError

INFO = {"title": "Shop", "version": "1"}


def document(schema: dict[str, Any]) -> dict[str, Any]:
    return {"openapi": "3.1.1", "info": INFO, "components": {"schemas": {"A": schema}}}


def schema(tree: dict[str, Any]) -> Any:
    components = load(document(tree)).components
    assert components is not None and components.schemas is not None
    return components.schemas["A"]


def test_fields_are_attributes_and_the_rest_is_kept() -> None:
    made = Schema.of({"type": "string", "format": "date", "not": {}, "x-note": 1, "nullable": True})
    assert (made.type, made.schema_format, made.schema_not) == ("string", "date", Schema())
    assert made.extra == {"x-note": 1, "nullable": True}
    assert made.given == {"type", "schema_format", "schema_not"}
    assert (made.title, made.tree()["format"]) == (None, "date")


def test_what_has_a_ref_is_a_reference_whatever_is_beside_it() -> None:
    tree = {"$ref": "#/components/schemas/B", "description": "b", "maxLength": 3, "nullable": True}
    made = Schema.of({"properties": {"b": tree, "$ref": {"type": "string"}}})
    assert made.properties is not None
    assert made.properties["b"] == Reference.of(tree)
    assert made.properties["b"].extra == {"maxLength": 3, "nullable": True}
    assert isinstance(made.properties["$ref"], Schema)


def test_a_path_item_may_have_a_ref_of_its_own() -> None:
    assert PathItem.of({"$ref": "#/x"}).ref == "#/x"


def test_a_copy_has_other_fields_and_the_same_extra() -> None:
    made = Schema.of({"oneOf": [{}], "title": "t", "x-a": 1})
    assert made.without("oneOf").changed(enum=[1]).tree() == {"title": "t", "enum": [1], "x-a": 1}
    assert made.given == {"oneOf", "title"}


def test_objects_are_compared_by_kind_and_value() -> None:
    assert Schema.of({"type": "string"}) == Schema(type="string")
    assert Schema(description="d") != Header(description="d")
    assert Schema.of({"x-a": 1}) != Schema()


@pytest.mark.parametrize(
    "tree",
    [
        {"type": "int"},
        {"type": ["string", "text"]},
        {"type": 5},
        {"enum": []},
        {"maxLength": -1},
        {"maxLength": 2.5},
        {"maximum": "5"},
        {"multipleOf": 0},
        {"required": ["a", 1]},
        {"properties": {"a": True}},
        {"properties": []},
        {"discriminator": {}},
        {"items": {"$ref": 5}},
        {"xml": "name"},
        {"deprecated": "yes"},
    ],
)
def test_what_is_not_known_to_be_right_is_a_doubt(tree: dict[str, Any]) -> None:
    with pytest.raises(Doubt):
        Schema.of(tree)


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(Doubt, match="param_in"):
        Parameter.of({"name": "a"})
    assert Server.of({"url": "/a"}).variables is None


@pytest.mark.parametrize(
    ("tree", "name", "value"),
    [
        ({"maximum": "5"}, "maximum", 5.0),
        ({"deprecated": "true"}, "deprecated", True),
        ({"maxLength": "7"}, "maxLength", 7),
        ({"maxLength": 7.0, "uniqueItems": "false"}, "maxLength", 7.0),
        ({"exclusiveMaximum": True, "deprecated": 0}, "exclusiveMaximum", True),
    ],
)
def test_a_doubt_may_turn_out_well(tree: dict[str, Any], name: str, value: Any) -> None:
    assert getattr(schema(tree), name) == value


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, -9223372036854776000, 2**53 + 1])
@pytest.mark.parametrize("more", [{}, {"deprecated": "true"}])
def test_limits_are_exact(number: int, more: dict[str, Any]) -> None:
    assert schema({"minimum": number, **more}).minimum == number


def test_a_doubt_that_is_right_is_told_with_its_place() -> None:
    with pytest.raises(SpecError) as error:
        schema({"properties": {"size": {"type": "strin"}}})
    (found,) = error.value.diagnostics
    assert found.pointer == "#/components/schemas/A/properties/size/type"
    assert found.hint is not None and found.hint.startswith("one of: ")


def test_a_document_without_a_doubt_needs_no_pydantic() -> None:
    script = (
        "import sys; from vcgen.building.openapi import load; load({tree!r})\n"
        "print('pydantic' in sys.modules)"
    )
    for more, is_asked in (({}, "False"), ({"deprecated": "true"}, "True")):
        tree = document({"type": "string", "maxLength": 5, **more})
        done = subprocess.run(
            [sys.executable, "-c", script.format(tree=tree)], capture_output=True, text=True
        )
        assert done.stdout.strip() == is_asked, done.stderr


def test_the_servers_are_the_host_itself_if_none_is_named() -> None:
    made = OpenAPI.of({"openapi": "3.1.1", "info": INFO})
    assert [one.url for one in made.servers] == ["/"]

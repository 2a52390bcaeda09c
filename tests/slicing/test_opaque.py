"""Opaque schemas: the slice stops there, and a name that fits no object is refused."""

from __future__ import annotations

from typing import Any

import pytest
from support import reference
from vcgen.dialect import get
from vcgen.errors import SpecError
from vcgen.slicing import slice_document
from vcgen.slicing.opaque import without_insides


def _document(**schemas: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}}
    get_ = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": get_}},
        "components": {"schemas": schemas},
    }


def _schemas(opaque: list[str], **schemas: Any) -> dict[str, Any]:
    found = slice_document(_document(**schemas), ["*"], dialect=get("plain"), opaque=opaque)
    reached: dict[str, Any] = found.tree["components"]["schemas"]
    return reached


ROOT = {"type": "object", "properties": {"a": reference("A")}}
ANY = {"additionalProperties": True}


def test_what_only_an_opaque_schema_reaches_is_not_in_the_slice() -> None:
    inner = {
        "type": "object",
        "description": "x",
        "properties": {"b": reference("B"), "a": reference("A")},
    }
    b = {"type": "string"}
    assert _schemas(["A"], Root=ROOT, A=inner, B=b) == {
        "Root": ROOT,
        "A": {"type": "object", **ANY},
    }
    assert list(_schemas([], Root=ROOT, A=inner, B=b)) == ["Root", "A", "B"]


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({}, {"type": "object"}),
        (
            {"type": "object", "nullable": True, "required": ["a"]},
            {"type": "object", "nullable": True},
        ),
        ({"type": ["null", "object", "string"]}, {"type": ["object", "null"]}),
        ({"oneOf": [{"type": "object"}, {"type": "string"}]}, {"type": "object"}),
        (reference("B"), {"type": "object"}),
    ],
)
def test_it_is_any_object_and_null_where_that_is_a_value(schema: Any, found: Any) -> None:
    assert _schemas(["A"], Root=ROOT, A=schema, B={"type": "object"})["A"] == {**found, **ANY}


def test_the_document_stays_as_it_is() -> None:
    tree = _document(Root=ROOT, A={"properties": {}})
    assert without_insides(tree, []) is tree
    assert without_insides(tree, ["A"]) is not tree
    assert tree == _document(Root=ROOT, A={"properties": {}})


@pytest.mark.parametrize(
    "schema", [{"type": "string"}, {"type": ["string", "null"]}, {"enum": [1]}, {"items": {}}]
)
def test_what_is_no_object_is_refused(schema: Any) -> None:
    with pytest.raises(SpecError) as caught:
        _schemas(["A", "Rot", "a/~"], Root=ROOT, A=schema)
    first, second, third = caught.value.diagnostics
    assert (first.message, first.pointer) == (
        'opaque: the schema "A" is not an object',
        "#/components/schemas/A",
    )
    assert (second.message, second.hint) == (
        'opaque: there is no schema "Rot"',
        'did you mean "Root"?',
    )
    assert third.message == 'opaque: there is no schema "a/~"'
    assert third.hint


def test_a_document_without_schemas_has_none_to_be_opaque() -> None:
    with pytest.raises(SpecError):
        without_insides({"openapi": "3.0.0"}, ["A"])

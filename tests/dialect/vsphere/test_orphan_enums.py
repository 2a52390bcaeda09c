"""Enums that are named in a description become references."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.orphan_enums import orphan_enums

DOCUMENT = {
    "openapi": "3.0.3",
    "components": {
        "schemas": {
            "Vm.Power.State": {"type": "string", "enum": ["ON", "OFF"]},
            "Vm.Power.Mode": {"type": "string", "enum": ["SOFT", "HARD"]},
            "Vm.Info": {"type": "object"},
        }
    },
}
REFERENCE = {"$ref": "#/components/schemas/Vm.Power.State"}
DESCRIPTION = """The power state.

Possible values:
  - `ON`: Running.

This constant was added in __vSphere API 7.0.3.0__.
  - `OFF`: Not running.


For more information see: *Vm.Power.State*.

This property was added in __vSphere API 7.0.0.0__.

If missing or `null`, nothing is known."""
SHORTENED = """The power state.

This property was added in __vSphere API 7.0.0.0__.

If missing or `null`, nothing is known."""


def linked(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return what the pass makes of a node, and see that it makes nothing more of that."""
    place = Place(DocumentView(DOCUMENT), kind, "#/somewhere")
    change = orphan_enums(node, place)
    if change is None:
        return None
    assert change.repairs == ()
    assert orphan_enums(change.node, place) is None
    return change.node


def test_property_refers_to_the_enum_that_its_description_names() -> None:
    assert linked({"type": "string", "description": DESCRIPTION}) == {
        "description": SHORTENED,
        "allOf": [REFERENCE],
    }


def test_description_of_nothing_but_the_sentence_leaves_the_reference_alone() -> None:
    node = {"type": "string", "description": "For more information see: *Vm.Power.State*."}
    assert linked(node) == REFERENCE


def test_what_else_the_string_says_is_kept() -> None:
    node = {"type": "string", "description": DESCRIPTION, "nullable": True, "x-vcgen-name": "a"}
    assert linked(node) == {
        "description": SHORTENED,
        "nullable": True,
        "x-vcgen-name": "a",
        "allOf": [REFERENCE],
    }


def test_items_are_linked_by_the_description_of_their_array() -> None:
    node = {"type": "array", "description": DESCRIPTION, "items": {"type": "string"}}
    assert linked(node) == {"type": "array", "description": SHORTENED, "items": REFERENCE}


def test_values_are_linked_by_the_description_of_their_map() -> None:
    lists = {"type": "array", "items": {"type": "string"}}
    node = {"type": "object", "description": DESCRIPTION, "additionalProperties": lists}
    assert linked(node) == {
        "type": "object",
        "description": SHORTENED,
        "additionalProperties": {"type": "array", "items": REFERENCE},
    }


@pytest.mark.parametrize("kind", [Kind.PARAMETER, Kind.HEADER])
def test_schema_is_linked_by_the_description_of_its_parameter(kind: Kind) -> None:
    node = {"name": "state", "description": DESCRIPTION, "schema": {"type": "string"}}
    assert linked(node, kind) == {"name": "state", "description": SHORTENED, "schema": REFERENCE}


def test_array_parameter_is_linked_by_its_description() -> None:
    schema = {"type": "array", "items": {"type": "string"}}
    node = {"name": "states", "description": DESCRIPTION, "schema": schema}
    assert linked(node, Kind.PARAMETER)["schema"] == {"type": "array", "items": REFERENCE}


@pytest.mark.parametrize("kind", [Kind.RESPONSE, Kind.REQUEST_BODY])
def test_content_is_linked_by_the_description_of_its_response_or_body(kind: Kind) -> None:
    content = {"application/json": {"schema": {"type": "string"}}, "text/plain": {}}
    assert linked({"description": DESCRIPTION, "content": content}, kind) == {
        "description": SHORTENED,
        "content": {"application/json": {"schema": REFERENCE}, "text/plain": {}},
    }


def test_response_keeps_its_description_even_if_nothing_is_left_of_it() -> None:
    content = {"application/json": {"schema": {"type": "string"}}}
    node = {"description": "For more information see: *Vm.Power.State*.", "content": content}
    assert linked(node, Kind.RESPONSE)["description"] == ""


@pytest.mark.parametrize("name", ["Vm.Info", "Vm.Nothing"])
def test_name_that_is_no_enum_changes_nothing(name: str) -> None:
    description = f"A name.\n\nFor more information see: *{name}*."
    assert linked({"type": "string", "description": description}) is None


def test_description_that_names_two_enums_changes_nothing() -> None:
    description = DESCRIPTION + "\n\nFor more information see: *Vm.Power.Mode*."
    assert linked({"type": "string", "description": description}) is None


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string"},
        {"type": "string", "description": "The status, see *Vm.Power.State*."},
        {"type": "string", "description": DESCRIPTION, "format": "date-time"},
        {"type": "string", "description": DESCRIPTION, "enum": ["ON"]},
        {"type": "integer", "description": DESCRIPTION},
        {"type": "object", "description": DESCRIPTION, "properties": {"a": {"type": "string"}}},
        {"type": "array", "description": DESCRIPTION, "items": {"$ref": "#/x"}},
        {"type": "array", "description": DESCRIPTION},
        {"type": "string", "description": 7},
    ],
)
def test_what_is_no_bare_string_changes_nothing(node: dict[str, Any]) -> None:
    assert linked(node) is None


def test_array_that_nests_without_end_changes_nothing() -> None:
    node: dict[str, Any] = {"type": "string"}
    for _ in range(5000):
        node = {"type": "array", "items": node}
    assert linked({**node, "description": DESCRIPTION}) is None

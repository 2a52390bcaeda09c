"""The texts of an enum's values leave its description."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.enum_values import enum_values


def moved(node: dict[str, Any]) -> Any:
    """Return what the pass makes of a schema, and see that it makes nothing more of that."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")
    change = enum_values(node, place)
    if change is None:
        return None
    assert change.repairs == ()
    assert enum_values(change.node, place) is None
    return change.node


def test_texts_move_into_a_list_parallel_to_the_values() -> None:
    description = """States of power.

Possible values:
  - `ON`: Running.

This constant was added in __vSphere API 7.0.3.0__.
  - `OFF`: Not running,
   - nor suspended: see `ON`.


This enumeration was added in __vSphere API 7.0.0.0__."""
    node = {"type": "string", "description": description, "enum": ["OFF", "ON", "LOST"]}
    assert moved(node) == {
        "type": "string",
        "description": "States of power.\n\nThis enumeration was added in __vSphere API 7.0.0.0__.",
        "enum": ["OFF", "ON", "LOST"],
        "x-enum-descriptions": [
            "Not running,\n   - nor suspended: see `ON`.",
            "Running.\n\nThis constant was added in __vSphere API 7.0.3.0__.",
            "",
        ],
    }


def test_description_of_nothing_but_values_goes() -> None:
    node = {"description": "Possible values:\n  - `ON`: Running.\n", "enum": ["ON"]}
    assert moved(node) == {"enum": ["ON"], "x-enum-descriptions": ["Running."]}


def test_list_of_what_are_no_values_stays_in_the_text() -> None:
    description = "Possible values:\n  - `ON`: One of\n  - `AC`: mains\n  - `DC`: battery"
    node = {"description": description, "enum": ["ON"]}
    texts = ["One of\n  - `AC`: mains\n  - `DC`: battery"]
    assert moved(node) == {"enum": ["ON"], "x-enum-descriptions": texts}


def test_values_that_are_no_strings_have_no_text() -> None:
    node = {"description": "Possible values:\n  - `ON`: Running.", "enum": [None, ["ON"], "ON"]}
    assert moved(node)["x-enum-descriptions"] == ["", "", "Running."]


def test_schema_without_enum_changes_nothing() -> None:
    assert moved({"type": "string", "description": "Possible values:\n  - `ON`: Running."}) is None


def test_enum_without_block_changes_nothing() -> None:
    assert moved({"enum": ["ON"], "description": "Possible values: ON"}) is None
    assert moved({"enum": ["ON"]}) is None


def test_texts_that_are_there_already_are_left() -> None:
    description = "Possible values:\n  - `ON`: Running."
    node = {"enum": ["ON"], "description": description, "x-enum-descriptions": ["On."]}
    assert moved(node) is None

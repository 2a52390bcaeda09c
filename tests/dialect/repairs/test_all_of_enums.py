"""Enums that have nothing in common are one, if an allOf has them."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_enums import all_of_enums

COMPONENTS: dict[str, Any] = {"schemas": {"A": {"type": "string", "enum": ["a", "b"]}}}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3", "components": COMPONENTS}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = all_of_enums(node, place)
    assert change is None or all_of_enums(change.node, place) is None
    return change


A = {"$ref": "#/components/schemas/A"}


def test_enums_with_nothing_in_common_are_one() -> None:
    change = repaired({"allOf": [A, {"enum": ["c"]}], "description": "x"})
    assert change.node == {"type": "string", "enum": ["a", "b", "c"], "description": "x"}
    assert len(change.repairs) == 1


def test_constants_are_enums_of_one_value() -> None:
    change = repaired({"allOf": [{"const": "c"}, A, {"type": "string", "const": "d"}]})
    assert change.node == {"type": "string", "enum": ["c", "a", "b", "d"]}
    assert repaired({"allOf": [{"const": "a"}, A]}) is None


def test_parts_without_a_name_are_the_enum_of_what_they_have_in_common() -> None:
    change = repaired({"allOf": [{"enum": ["a", "b", None]}, {"enum": [None, "b"]}]})
    assert (change.node, change.repairs) == ({"enum": ["b", None]}, ())


def test_parts_may_state_the_type_of_the_values() -> None:
    text = {"type": "string", "title": "T"}
    change = repaired({"allOf": [{"enum": ["a", "b"]}, text, {"enum": ["b", "c"]}]})
    assert (change.node, change.repairs) == ({"type": "string", "enum": ["b"]}, ())
    change = repaired({"allOf": [text, A, {"enum": ["c"]}]})
    assert change.node == {"type": "string", "enum": ["a", "b", "c"]}


def test_enum_beside_the_parts_is_one_of_them() -> None:
    beside = {"type": "string", "enum": ["b", "c"], "title": "T"}
    change = repaired({**beside, "allOf": [{"enum": ["a", "b"]}]})
    assert (change.node, change.repairs) == ({"type": "string", "enum": ["b"], "title": "T"}, ())
    assert repaired({**beside, "allOf": [A]}) is None
    change = repaired({"enum": ["c"], "allOf": [A]})
    assert change.node == {"type": "string", "enum": ["a", "b", "c"]}
    assert len(change.repairs) == 1


def test_components_that_share_some_values_are_the_enum_of_these() -> None:
    change = repaired({"allOf": [A, {"type": "string", "enum": ["b", "c"]}]})
    assert (change.node, change.repairs) == ({"type": "string", "enum": ["b"]}, ())


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_alternatives_that_are_but_values_are_an_enum(keyword: str) -> None:
    values = {keyword: [{"const": "b", "title": "B"}, {"enum": ["c", "d"]}]}
    change = repaired({"allOf": [{"enum": ["a", "b", "d"]}, values]})
    assert (change.node, change.repairs) == ({"enum": ["b", "d"]}, ())
    change = repaired({"allOf": [{"enum": ["a", "b", "d"]}], **values})
    assert (change.node, change.repairs) == ({"enum": ["b", "d"]}, ())
    assert repaired({"allOf": [A, {"enum": ["c"]}], keyword: [{"type": "object"}]}) is None


def test_limits_say_no_more_of_a_value_that_is_listed() -> None:
    change = repaired({"allOf": [{"enum": ["a", "b"], "maxLength": 4}, {"enum": ["b", "c"]}]})
    assert (change.node, change.repairs) == ({"enum": ["b"]}, ())
    text = {"type": "string", "minLength": 1}
    change = repaired({"allOf": [{"enum": ["a"]}, text, {"enum": ["a"]}]})
    assert (change.node, change.repairs) == ({"type": "string", "enum": ["a"]}, ())


def test_values_of_some_are_there_once() -> None:
    change = repaired({"allOf": [A, {"enum": ["c"]}, {"enum": ["b", "c"]}]})
    assert change.node["enum"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "parts",
    [
        [A],
        [A, {"enum": ["b"]}],
        [A, {"description": "x"}],
        [{"enum": ["a"]}, {"type": "string"}],
        [{"type": "string"}, {"type": "string"}],
        [A, {"oneOf": [{"enum": ["c"]}, {"type": "string"}]}],
        [A, {"enum": ["c"], "properties": {}}],
        {},
    ],
)
def test_anything_else_changes_nothing(parts: object) -> None:
    assert repaired({"allOf": parts}) is None

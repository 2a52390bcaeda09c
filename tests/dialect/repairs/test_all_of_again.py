"""An object that an allOf declares anew is what both schemas say."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.all_of_again import all_of_again

BASE = {"$ref": "#/components/schemas/Base"}


def repaired(node: Any, inherited: Any, **schemas: Any) -> Any:
    """Return the change that the pass makes, given the property `x` of the base."""
    base = {"properties": {"x": inherited, "other": {"type": "string"}}}
    tree = {"openapi": "3.0.3", "components": {"schemas": {"Base": base, **schemas}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = all_of_again(node, place)
    assert change is None or (all_of_again(change.node, place), change.repairs) == (None, ())
    return change and change.node


def objects(*names: str, **more: Any) -> dict[str, Any]:
    return {"properties": {name: {"type": "string"} for name in names}, **more}


A, B, AB = objects("a"), objects("b"), objects("a", "b")


def test_part_that_declares_an_object_anew_has_both() -> None:
    found = repaired({"allOf": [BASE, {"properties": {"x": B, "y": B}}]}, A)
    assert found == {"allOf": [BASE, {"properties": {"x": {"allOf": [A, B]}, "y": B}}]}


def test_so_has_what_stands_beside_the_parts() -> None:
    found = repaired({"allOf": [BASE], "properties": {"x": B}}, A)
    assert found == {"allOf": [BASE], "properties": {"x": {"allOf": [A, B]}}}


def test_references_stay_references() -> None:
    one, other = ({"$ref": f"#/components/schemas/{name}"} for name in ("One", "Other"))
    node = {"allOf": [BASE], "properties": {"x": other}}
    assert repaired(node, one, One=A, Other=B)["properties"] == {"x": {"allOf": [one, other]}}
    assert repaired(node, one, One=A, Other={"allOf": [one], **B}) is None


def test_base_of_the_base_declares_it() -> None:
    node = {"allOf": [{"$ref": "#/components/schemas/Middle"}], "properties": {"x": B}}
    found = repaired(node, A, Middle={"allOf": [BASE, {"properties": {"y": A}}]})
    assert found["properties"] == {"x": {"allOf": [A, B]}}


def test_all_that_the_bases_of_the_base_say_holds() -> None:
    middle = {"allOf": [BASE], "properties": {"x": B}}
    for own, parts in ((B, [A, B]), (objects("c"), [A, B, objects("c")])):
        node = {"allOf": [{"$ref": "#/components/schemas/Middle"}], "properties": {"x": own}}
        assert repaired(node, A, Middle=middle)["properties"] == {"x": {"allOf": parts}}
    assert repaired({"allOf": [{"$ref": "#/components/schemas/Middle"}]}, A, Middle=middle) is None


def test_bases_of_a_property_count() -> None:
    reference = {"$ref": "#/components/schemas/Named"}
    for older in (reference, {"allOf": [reference, objects("y")]}):
        found = repaired({"allOf": [BASE], "properties": {"x": B}}, older, Named={"allOf": [A]})
        parts = [older, B] if older is reference else [*older["allOf"], B]
        assert found["properties"] == {"x": {"allOf": parts}}


def test_items_of_arrays_have_both() -> None:
    older, newer = ({"type": "array", "items": items} for items in (A, B))
    found = repaired({"allOf": [BASE], "properties": {"x": newer}}, older)
    assert found["properties"] == {"x": {"type": "array", "items": {"allOf": [A, B]}}}


def test_items_that_are_a_choice_have_what_the_older_ones_have() -> None:
    either = {"anyOf": [A, objects("a", "c")]}
    found = repaired({"allOf": [BASE], "properties": {"x": {"items": either}}}, {"items": AB})
    assert found["properties"] == {"x": {"items": {"allOf": [AB, either]}}}


def test_two_bases_that_declare_an_object_have_both() -> None:
    other = {"$ref": "#/components/schemas/Other"}
    extended = {"allOf": [other, {"properties": {"z": A}}]}
    more = {"Other": {"properties": {"x": B, "y": B}}, "Extended": extended}
    for second in (other, {"$ref": "#/components/schemas/Extended"}):
        found = repaired({"allOf": [BASE, second], "properties": {"w": A}}, A, **more)
        assert found["allOf"] == [BASE, second]
        assert found["properties"] == {"w": A, "x": {"allOf": [A, B]}}
    own = {"allOf": [BASE, other], "properties": {"x": objects("c")}}
    assert repaired(own, A, **more)["properties"] == {"x": {"allOf": [A, B, objects("c")]}}


def test_two_bases_that_say_the_same_stay() -> None:
    one, other = ({"$ref": f"#/components/schemas/{name}"} for name in ("One", "Other"))
    extending = {"One": {"allOf": [BASE]}, "Other": {"allOf": [BASE, {"properties": {"y": B}}]}}
    assert repaired({"allOf": [one, other]}, A, **extending) is None
    assert repaired({"allOf": [BASE, one]}, A, One={"properties": {"x": AB}}) is None


@pytest.mark.parametrize(
    ("inherited", "own"),
    [
        (A, AB),
        (A, {"oneOf": [AB, AB]}),
        (A, {"oneOf": [{"$ref": "#/components/schemas/Base"}, B]}),
        (A, {"oneOf": [{"type": "string"}, B]}),
        (A, A),
        (A, {"type": "object"}),
        ({"type": "object"}, B),
        (A, {"type": "array", "items": B}),
        ({"type": "array", "items": A}, {"type": "array", "items": AB}),
        (A, objects("b", additionalProperties=False)),
        (objects("a", additionalProperties=False), B),
        (A, objects("b", oneOf=[A])),
        (A, {"enum": ["a"]}),
        (7, B),
        (A, 7),
    ],
)
def test_anything_else_stays(inherited: Any, own: Any) -> None:
    assert repaired({"allOf": [BASE], "properties": {"x": own}}, inherited) is None


def test_arrays_of_themselves_stay() -> None:
    one, other = ({"$ref": f"#/components/schemas/{name}"} for name in ("One", "Other"))
    node = {"allOf": [BASE], "properties": {"x": other}}
    arrays = {"One": {"items": one}, "Other": {"items": other}}
    assert repaired(node, one, **arrays) is None


def test_what_is_inside_the_property_stays() -> None:
    """An allOf of both would hold itself, and what is written out would never end."""
    inner = {"allOf": [BASE], "properties": {"x": B}}
    around = {"properties": {"a": {"type": "string"}, "inner": {"items": inner}}}
    base = {"properties": {"x": around}}
    view = DocumentView({"openapi": "3.0.3", "components": {"schemas": {"Base": base}}})
    start = "#/components/schemas/Base/properties"
    inside = Place(view, Kind.SCHEMA, f"{start}/x/properties/inner/items")
    assert all_of_again(inner, inside) is None
    for beside in ("y", "z/items"):
        change = all_of_again(inner, Place(view, Kind.SCHEMA, f"{start}/{beside}"))
        assert change and change.node["properties"] == {"x": {"allOf": [around, B]}}


@pytest.mark.parametrize("parts", [[], [7], 7, [{"$ref": 7}], [{"properties": {"x": B}}]])
def test_without_a_base_that_has_a_name_nothing_changes(parts: Any) -> None:
    assert repaired({"allOf": parts, "properties": {"x": B}}, A) is None

"""Which value a discriminator fills in for a class: the one that means it, if there is but one."""

from __future__ import annotations

from typing import Any

import pytest
from support import reference
from vcgen import ir
from vcgen.building import Options, build, openapi

TEXT: dict[str, Any] = {"type": "string"}


def structs(schema: str, **schemas: Any) -> list[ir.Struct]:
    """Return the classes of what a request with a schema reaches."""
    body = {"content": {"application/json": {"schema": reference(schema)}}}
    operation = {"requestBody": body, "responses": {"204": {"description": "d"}}}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": schemas},
    }
    package = build(openapi.load(tree), Options("package", sent=frozenset(schemas)))
    return [one for one in package.definitions if isinstance(one, ir.Struct)]


def fixed(schema: str, **schemas: Any) -> dict[str, object]:
    """Return the values that are filled in, by class."""
    made = structs(schema, **schemas)
    fields = {one.name: [field for field in one.fields if field.fixed] for one in made}
    return {
        name: found[0].fixed.value for name, found in fields.items() if found and found[0].fixed
    }


def bases(schema: str, **schemas: Any) -> dict[str, str]:
    """Return what each class extends."""
    return {one.name: one.base for one in structs(schema, **schemas)}


def kind(*values: str) -> dict[str, Any]:
    """Return an object with a property `kind` that has some values, or any."""
    stated = {**TEXT, "enum": [*values]} if values else TEXT
    return {"type": "object", "properties": {"kind": stated}}


def child(*values: str) -> dict[str, Any]:
    """Return a schema that extends Pet, and lists values of its own for `kind`."""
    return {"allOf": [reference("Pet"), kind(*values)]}


def pet(**mapping: str) -> dict[str, Any]:
    """Return a base whose children are told apart by `kind`."""
    told = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    return {**kind(), "discriminator": told, "required": ["kind"]}


# A child that says nothing of `kind`.
PLAIN = {"allOf": [reference("Pet"), {"properties": {"lives": {"type": "integer"}}}]}


def test_the_value_that_a_child_lists_is_filled_in() -> None:
    assert fixed("Pet", Pet=pet(), Cat=child("cat"), Dog=child("dog")) == {
        "Cat": "cat",
        "Dog": "dog",
    }


def test_a_child_that_lists_none_is_meant_by_its_name() -> None:
    assert fixed("Pet", Pet=pet(), Cat=PLAIN, Dog=child("dog", "puppy")) == {"Cat": "Cat"}


@pytest.mark.parametrize("listed", [(), ("Cat", "Kitten", "Tiger", "Puma")])
def test_the_value_of_a_base_does_not_mean_what_extends_it(listed: tuple[str, ...]) -> None:
    young = {"allOf": [reference("Cat"), {"properties": {"age": {"type": "integer"}}}]}
    base = {**pet(), **kind(*listed)}
    found = fixed("Pet", Pet=base, Cat=PLAIN, Kitten=young)
    assert found == {"Cat": "Cat", "Kitten": "Kitten"}


def test_a_value_that_its_type_does_not_list_is_given_by_callers() -> None:
    """So is that of its base: a type checker refuses a field without the default of its base."""
    young = {"allOf": [reference("Cat"), {"properties": {"age": {"type": "integer"}}}]}
    base = {**pet(), **kind("Cat", "Dog")}
    assert fixed("Pet", Pet=base, Cat=PLAIN, Dog=PLAIN, Kitten=young) == {"Dog": "Dog"}
    told = {**pet(Cat="Cat", a="Kitten", b="Kitten"), **kind("Cat", "a", "b")}
    assert fixed("Pet", Pet=told, Cat=PLAIN, Kitten=young) == {}


def test_what_extends_a_class_with_a_value_is_a_class_that_extends_it() -> None:
    young = {"allOf": [reference("Cat"), {"properties": {"age": {"type": "integer"}}}]}
    base = {**pet(), **kind("Cat", "Kitten")}
    assert bases("Pet", Pet=base, Cat=PLAIN, Kitten=young, Puma=young) == {
        "Pet": ir.MODEL,
        "Cat": "Pet",
        "Kitten": "Cat",
        "Puma": "Cat",
    }


def test_mapping_goes_before_what_is_listed() -> None:
    told = pet(cat="Cat", Cat="Cat", hound="Dog")
    assert fixed("Pet", Pet=told, Cat=PLAIN, Dog=PLAIN) == {"Dog": "hound"}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_the_value_that_an_alternative_lists_is_filled_in(keyword: str) -> None:
    pets = {
        keyword: [reference("Cat"), reference("Dog")],
        "discriminator": {"propertyName": "kind"},
    }
    assert fixed("Pets", Pets=pets, Cat=kind("cat"), Dog=kind("dog")) == {
        "Cat": "cat",
        "Dog": "dog",
    }
    assert fixed("Pets", Pets=pets, Cat=kind(), Dog=kind("dog")) == {"Cat": "Cat", "Dog": "dog"}


def test_what_several_alternatives_list_means_none_of_them() -> None:
    pets = {
        "oneOf": [reference("Cat"), reference("Dog")],
        "discriminator": {"propertyName": "kind"},
    }
    assert fixed("Pets", Pets=pets, Cat=kind("pet"), Dog=kind("pet")) == {}


def test_a_member_with_a_long_name_is_filled_in() -> None:
    """Callers need not give it because of how long the class is called."""
    name = "AnAlternativeOfAnAlternativeInAPropertyOfARequest"
    assert fixed("A", A={"oneOf": [reference(name)]}, **{name: kind("cat")}) == {}
    pet = {**kind("cat"), "required": ["kind"]}
    assert fixed(name, **{name: pet}) == {name: "cat"}

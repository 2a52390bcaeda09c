"""Schemas that are made of others: which of them a body is judged by, and what it declares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learning_support import corrected, entry, learned
from support import reference
from vcgen.config import ClientConfig

CLIENT = ClientConfig("spec.json", "pets")
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*required]}


def _heir(*required: str, **properties: Any) -> dict[str, Any]:
    return {"allOf": [reference("Pet"), _object(*required, **properties)]}


def _told(folder: Path, body: Any, *, undeclared: bool = False, **schemas: Any) -> list[str]:
    """Return what is learned of a pet, and see that nothing is left to learn."""
    media = {"application/json": {"schema": reference("Pet")}}
    replies = {"200": {"description": "A pet.", "content": media}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pet": {"get": {"operationId": "get", "responses": replies}}},
        "components": {"schemas": schemas},
    }
    (folder / "spec.json").write_text(json.dumps(document))
    traffic = [entry("GET /pet", 200, body)]
    found = learned(folder, CLIENT, traffic, undeclared=undeclared)
    client = corrected(folder, CLIENT, found) if found.corrections else CLIENT
    again = learned(folder, client, traffic, undeclared=undeclared)
    assert not again.corrections
    return [one.message for one in found.corrections]


CAT, DOG = _object("kind", kind=TEXT, meow=TEXT), _object("kind", kind=TEXT, bark=TEXT)
KIND = {"propertyName": "kind"}
MAPPED = {**KIND, "mapping": {"dog": "#/components/schemas/Dog", "cat": "Cat"}}
CHOICE = {"oneOf": [reference("Cat"), reference("Dog")]}
BASE = _object("kind", kind=TEXT)
HEIRS = {"Cat": _heir("meow", meow=TEXT), "Dog": _heir("bark", bark=TEXT)}


@pytest.mark.parametrize("tag", [MAPPED, KIND], ids=["mapped", "by name"])
def test_alternative_that_the_discriminator_tells_is_judged(
    tmp_path: Path, tag: dict[str, Any]
) -> None:
    body = {"kind": "dog" if "mapping" in tag else "Dog", "bark": 5}
    pet = {**CHOICE, "discriminator": tag}
    assert _told(tmp_path, body, Pet=pet, Cat=CAT, Dog=DOG) == ["another type: Dog.bark"]


@pytest.mark.parametrize("tag", [MAPPED, KIND], ids=["mapped", "by name"])
def test_subtype_that_the_discriminator_tells_is_judged(
    tmp_path: Path, tag: dict[str, Any]
) -> None:
    body = {"kind": "dog" if "mapping" in tag else "Dog"}
    pet = {**BASE, "discriminator": tag}
    found = _told(tmp_path, body, Pet=pet, **HEIRS)
    assert found == ["a required property is missing: Dog.allOf.1.bark"]


def test_subtype_is_told_by_the_value_that_it_lists(tmp_path: Path) -> None:
    listed = {"type": "string", "enum": ["a dog"]}
    dog = _heir("bark", kind=listed, bark=TEXT)
    heirs = {"Cat": HEIRS["Cat"], "Puppy": {"allOf": [reference("Dog")]}, "Dog": dog}
    found = _told(tmp_path, {"kind": "a dog"}, Pet={**BASE, "discriminator": KIND}, **heirs)
    assert found == ["a required property is missing: Dog.allOf.1.bark"]


def test_base_that_is_a_choice_of_its_subtypes_is_judged_once(tmp_path: Path) -> None:
    pet = {**BASE, **CHOICE, "discriminator": MAPPED}
    found = _told(tmp_path, {"kind": "dog", "bark": 5}, Pet=pet, **HEIRS)
    assert found == ["another type: Dog.allOf.1.bark"]
    found = _told(tmp_path, {"kind": "dog", "bark": 5}, Pet={**BASE, **CHOICE}, **HEIRS)
    assert found == ["another type: Dog.allOf.1.bark"]


def test_of_alternatives_that_fit_alike_that_with_more_of_the_properties_is_judged(
    tmp_path: Path,
) -> None:
    found = _told(
        tmp_path, {"b": 5}, Pet=CHOICE, Cat=_object("a", a=TEXT), Dog=_object("b", b=TEXT)
    )
    assert found == ["another type: Dog.b"]


@pytest.mark.parametrize(
    ("schemas", "where"),
    [
        ({"Pet": {"allOf": [reference("Base"), _object(a=TEXT)]}, "Base": BASE}, "Pet"),
        ({"Pet": {"allOf": [reference("Base")], **_object(a=TEXT)}, "Base": BASE}, "Pet"),
        ({"Pet": CHOICE, "Cat": _object(b=TEXT), "Dog": _object(kind=TEXT, a=TEXT)}, "Dog"),
        ({"Pet": {**BASE, **CHOICE}, "Cat": _object(b=TEXT), "Dog": _object(a=TEXT)}, "Dog"),
        ({"Pet": {**BASE, "discriminator": KIND}, "Dog": _heir(a=TEXT)}, "Dog"),
        (
            {"Pet": {**BASE, **CHOICE, "discriminator": KIND}, "Cat": CAT, "Dog": _heir(a=TEXT)},
            "Dog",
        ),
    ],
)
def test_property_that_is_declared_nowhere_is_told_of_the_whole(
    tmp_path: Path, schemas: dict[str, Any], where: str
) -> None:
    """What one part declares is no news to the others."""
    body = {"kind": "Dog", "a": "x", "new": 1}
    found = _told(tmp_path, body, undeclared=True, **schemas)
    assert found == [f"a property that is not declared: {where}.new"]


def test_map_in_a_part_declares_all(tmp_path: Path) -> None:
    map_ = {"type": "object", "additionalProperties": NUMBER}
    pet = {"allOf": [map_, _object(a=NUMBER)]}
    assert _told(tmp_path, {"a": 1, "new": 1}, undeclared=True, Pet=pet) == []


def test_text_that_is_a_number_is_no_problem(tmp_path: Path) -> None:
    """The client reads it so, without a deviation."""
    pet = _object(age={"type": "number"}, mass={"type": "number"}, size={"type": "integer"})
    told = _told(tmp_path, {"age": "NaN", "mass": "none", "size": "NaN"}, Pet=pet)
    assert ["mass" in told[0], "size" in told[1], len(told)] == [True, True, 2], told

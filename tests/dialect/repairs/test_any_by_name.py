"""A missing schema that is called like a type is one."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.any_by_name import any_by_name


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree = {"openapi": "3.0.3", "components": {"schemas": {"Object": {"type": "object"}}}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = any_by_name(node, place)
    assert change is None or any_by_name(change.node, place) is None
    return change


@pytest.mark.parametrize("name", ["oas_any_type_not_mapped", "AnyType", "JsonNode", ""])
def test_anything_is_read(name: str) -> None:
    change = repaired({"$ref": f"#/components/schemas/{name}", "description": "x"})
    assert change.node == {"description": "x"}
    assert change.repairs == (f'there is no schema "{name}": read as any value',)


@pytest.mark.parametrize(
    ("name", "schema", "words"),
    [
        ("Number", {"type": "number"}, "a number"),
        ("String", {"type": "string"}, "a string"),
        ("boolean", {"type": "boolean"}, "a boolean"),
        ("Integer", {"type": "integer"}, "an integer"),
        ("Date", {"type": "string", "format": "date-time"}, "a date-time"),
    ],
)
def test_types_of_languages_are_read(name: str, schema: dict[str, Any], words: str) -> None:
    change = repaired({"$ref": f"#/components/schemas/{name}", "description": "x"})
    assert change.node == {**schema, "description": "x"}
    assert change.repairs == (f'there is no schema "{name}": read as {words}',)


@pytest.mark.parametrize(
    "reference",
    [
        "#/components/schemas/Object",
        "#/components/schemas/Pet",
        "#/components/schemas/Dates",
        "#/components/schemas//a",
        "#/components/schemas",
        "#/components/",
        "#/definitions/AnyType",
        7,
    ],
)
def test_anything_else_changes_nothing(reference: object) -> None:
    assert repaired({"$ref": reference}) is None

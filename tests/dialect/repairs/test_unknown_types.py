"""Types that OpenAPI does not have are those that are meant."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.unknown_types import unknown_types


def repaired(node: dict[str, Any], kind: Kind = Kind.SCHEMA) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3"}
    place = Place(DocumentView(tree), kind, "#/somewhere")
    change = unknown_types(node, place)
    assert change is None or unknown_types(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("int", "integer"),
        ("String", "string"),
        ("string ", "string"),
        ("datetime", "string"),
        ("Float", "number"),
        ("Map", "object"),
        ("list", "array"),
        ("strin", "string"),
        ("numbr", "number"),
        (["int", "null"], ["integer", "null"]),
        (["str", "text"], "string"),
    ],
)
def test_type_is_the_one_that_is_meant(stated: object, meant: object) -> None:
    change = repaired({"type": stated, "description": "d"})
    assert change.node == {"type": meant, "description": "d"}
    assert len(change.repairs) == 1


@pytest.mark.parametrize("stated", ["any", "", "ref", "com.example.User", ["string", "ref"], []])
def test_what_nobody_knows_is_anything(stated: object) -> None:
    change = repaired({"type": stated, "description": "d"})
    assert change.node == {"description": "d"}
    assert change.repairs[0].endswith("read as any")


@pytest.mark.parametrize("stated", ["string", ["string", "null"], {}, 1, None])
def test_anything_else_changes_nothing(stated: object) -> None:
    assert repaired({"type": stated}) is None


def test_schema_as_the_type_is_the_schema_itself() -> None:
    inner = {"type": "string", "enum": ["a", "b"], "description": "The kind"}
    change = repaired({"type": inner, "description": "d", "nullable": True})
    assert change.node == {**inner, "description": "d", "nullable": True}
    assert change.repairs == ("`type` is a schema: read as that",)


def test_schema_as_the_type_beside_other_schemas_is_anything() -> None:
    name = {"type": "string"}
    change = repaired({"type": {"type": "string"}, "name": name})
    assert change.node == {"name": name}
    assert change.repairs == ("`type` is a schema beside others: read as any",)

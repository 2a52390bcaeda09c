"""NaN and infinity are numbers, though JSON has them as texts."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.number_texts import number_texts

NUMBER = {"type": "number"}
REFERENCE = {"$ref": "#/components/schemas/N"}
TEXT = {"type": "string"}
TEXTS = {"type": "string", "enum": ["Infinity", "-Infinity", "NaN"]}
NUMERIC = {"enum": ["-INF", "INF", "NaN"]}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {
        "openapi": "3.1.0",
        "components": {"schemas": {"Numeric": NUMERIC, "N": NUMBER}},
    }
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = number_texts(node, place)
    assert change is None or number_texts(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        # Effect
        ({"anyOf": [NUMBER, TEXTS]}, NUMBER),
        ({"anyOf": [NUMBER, TEXTS], "description": "d"}, {**NUMBER, "description": "d"}),
        ({"anyOf": [NUMBER, TEXTS, {"type": "null"}]}, {"anyOf": [NUMBER, {"type": "null"}]}),
        # Zod
        ({"anyOf": [NUMBER, {**TEXT, "const": "NaN"}, {"const": "Infinity"}]}, NUMBER),
        ({"anyOf": [{"type": ["number", "null"]}, TEXTS]}, {"type": ["number", "null"]}),
        # Smithy
        ({"oneOf": [{**NUMBER, "format": "double"}, TEXTS]}, {**NUMBER, "format": "double"}),
        # OData
        (
            {"oneOf": [NUMBER, {"type": "string"}, {"$ref": "#/components/schemas/Numeric"}]},
            {"oneOf": [NUMBER, {"type": "string"}]},
        ),
        (
            {"oneOf": [REFERENCE, TEXTS]},
            REFERENCE,
        ),
        (
            {"anyOf": [REFERENCE, TEXTS], "title": "T"},
            {"anyOf": [REFERENCE], "title": "T"},
        ),
        (
            {"anyOf": [{**NUMBER, "title": "N"}, TEXTS], "title": "T"},
            {"anyOf": [{**NUMBER, "title": "N"}], "title": "T"},
        ),
    ],
)
def test_a_number_is_a_number(node: dict[str, Any], wanted: dict[str, Any]) -> None:
    change = repaired(node)
    assert change.node == wanted
    assert not change.repairs


@pytest.mark.parametrize(
    "node",
    [
        {"anyOf": [{"type": "integer"}, TEXTS]},
        {"anyOf": [{"type": "string"}, TEXTS]},
        {"anyOf": [NUMBER, {"type": "string", "enum": ["NaN", "none"]}]},
        {"anyOf": [NUMBER, {"type": "string", "enum": []}]},
        {"anyOf": [NUMBER, {"type": ["string", "null"], "enum": ["NaN", None]}]},
        {"anyOf": NUMBER},
        {"type": "number"},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

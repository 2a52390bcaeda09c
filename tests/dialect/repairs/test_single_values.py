"""One value where a list belongs is a list of it."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.single_values import single_values

HOST = "https://api.example.com"
QUERY = {"name": "a", "in": "query"}


def repaired(kind: Kind, node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = single_values(node, place)
    assert change is None or single_values(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("kind", "node", "meant"),
    [
        (Kind.SCHEMA, {"enum": "a"}, {"enum": ["a"]}),
        (Kind.SCHEMA, {"enum": "a, b|c"}, {"enum": ["a", "b", "c"]}),
        (Kind.SCHEMA, {"enum": 1}, {"enum": [1]}),
        (Kind.SCHEMA, {"enum": {"0": "a", "2": "b"}}, {"enum": ["a", "b"]}),
        (Kind.SCHEMA, {"required": {"1": "a"}}, {"required": ["a"]}),
        (Kind.SCHEMA, {"allOf": {"$ref": "#/x"}}, {"allOf": [{"$ref": "#/x"}]}),
        (Kind.SCHEMA, {"oneOf": {"type": "string"}}, {"oneOf": [{"type": "string"}]}),
        (Kind.DOCUMENT, {"servers": HOST}, {"servers": [{"url": HOST}]}),
        (Kind.DOCUMENT, {"servers": [HOST]}, {"servers": [{"url": HOST}]}),
        (Kind.PATH_ITEM, {"servers": {"url": HOST}}, {"servers": [{"url": HOST}]}),
        (Kind.OPERATION, {"tags": [{"name": "a"}, "b"]}, {"tags": ["a", "b"]}),
        (Kind.OPERATION, {"parameters": {"a": {"in": "query"}}}, {"parameters": [QUERY]}),
        (Kind.OPERATION, {"parameters": {"x": QUERY}}, {"parameters": [QUERY]}),
        (Kind.OPERATION, {"parameters": [[QUERY], QUERY]}, {"parameters": [QUERY, QUERY]}),
    ],
)
def test_value_is_a_list(kind: Kind, node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(kind, node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        (Kind.SCHEMA, {"enum": ["a", "b"], "allOf": [{}], "required": ["a"]}),
        # What these mean, nobody can know.
        (Kind.SCHEMA, {"enum": {"a": "b"}}),
        (Kind.SCHEMA, {"allOf": 1, "enum": None}),
        (Kind.DOCUMENT, {"servers": 1, "tags": ["a"]}),
        (Kind.OPERATION, {"parameters": [QUERY], "tags": ["a"], "servers": [{"url": HOST}]}),
    ],
)
def test_anything_else_changes_nothing(kind: Kind, node: dict[str, Any]) -> None:
    assert repaired(kind, node) is None

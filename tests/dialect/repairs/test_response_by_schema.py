"""A reference to the other of a response and a schema is read as what it must mean."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.response_by_schema import response_by_schema, schema_by_response

JSON = {"application/json": {"schema": {"type": "string"}}}
COMPONENTS = {
    "schemas": {"Error": {"type": "object"}},
    "responses": {
        "Plain": {"description": "", "content": {"text/plain": {"schema": {}}, **JSON}},
        "Text": {"description": "", "content": {"text/plain": {"schema": {}}, "a/b": {}}},
        "None": {"description": "", "content": {"a/b": {}}},
        "Other": {"$ref": "#/components/responses/Plain"},
    },
}


def repaired(step: Any, reference: str) -> Any:
    """Return the node that a reference becomes, or None; and see that it changes nothing more."""
    view = DocumentView({"openapi": "3.0.3", "components": COMPONENTS})
    place = Place(view, Kind.SCHEMA, "#/somewhere")
    change = step.apply({"$ref": reference}, place)
    if change is None:
        return None
    assert step.apply(change.node, place) is None
    assert len(change.repairs) == 1
    return change.node


def test_response_is_the_json_of_a_schema() -> None:
    reference = "#/components/schemas/Error"
    content = {"application/json": {"schema": {"$ref": reference}}}
    assert repaired(response_by_schema, reference) == {"description": "", "content": content}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("Plain", {"$ref": "#/components/responses/Plain/content/application~1json/schema"}),
        ("Text", {"$ref": "#/components/responses/Text/content/text~1plain/schema"}),
        ("Other", {"$ref": "#/components/responses/Other/content/application~1json/schema"}),
        ("None", {}),
    ],
)
def test_schema_is_that_of_a_response(name: str, schema: object) -> None:
    assert repaired(schema_by_response, f"#/components/responses/{name}") == schema


@pytest.mark.parametrize("step", [response_by_schema, schema_by_response])
@pytest.mark.parametrize(
    "reference",
    ["#/components/responses/No", "#/components/schemas/No", "#/paths/~1a", "a.json#/b", ""],
)
def test_anything_else_changes_nothing(step: Any, reference: str) -> None:
    assert repaired(step, reference) is None


def test_reference_to_its_own_kind_changes_nothing() -> None:
    assert repaired(response_by_schema, "#/components/responses/Plain") is None
    assert repaired(schema_by_response, "#/components/schemas/Error") is None

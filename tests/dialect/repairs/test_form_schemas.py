"""A form that is described as something else than an object has fields of any name."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.form_schemas import form_schemas
from vcgen.text.pointers import pointer_to

FREE = {"type": "object", "additionalProperties": True}
URLENCODED = "application/x-www-form-urlencoded"


def repaired(schema: Any, media_type: str = URLENCODED, **components: Any) -> Any:
    """Return the schema that the pass leaves, and see that it changes nothing more."""
    view = DocumentView({"openapi": "3.1.0", "components": {"schemas": components}})
    place = Place(view, Kind.MEDIA_TYPE, pointer_to(["content", media_type]))
    change = form_schemas({"schema": schema, "example": 1}, place)
    if change is None:
        return schema
    assert len(change.repairs) == 1
    assert form_schemas(change.node, place) is None
    assert change.node["example"] == 1
    return change.node["schema"]


@pytest.mark.parametrize("media_type", [URLENCODED, "Multipart/Form-Data; boundary=x"])
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "example": "es"},
        {"type": ["string", "null"]},
        {"type": "array", "items": {"type": "object"}},
        {"$ref": "#/components/schemas/Text"},
    ],
)
def test_form_has_fields(media_type: str, schema: Any) -> None:
    assert repaired(schema, media_type, Text={"type": "string"}) == FREE


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"type": ["object", "string"]},
        {"properties": {"a": {}}},
        {"type": "null"},
        {"type": [[], "string"]},
        {"type": "string", "format": "binary"},
        {"type": "string", "contentMediaType": "image/png"},
        {"$ref": "#/components/schemas/Gone"},
        {},
    ],
)
def test_anything_else_stays(schema: Any) -> None:
    assert repaired(schema) == schema


def test_other_media_types_stay() -> None:
    assert repaired({"type": "string"}, "text/plain") == {"type": "string"}

"""What a body holds is in the schema of a media type, wherever the document has it."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.protocol import Pass
from vcgen.dialect.repairs.contents import contents, media_type_schemas, response_texts

TREE = {"openapi": "3.0.3", "components": {"schemas": {"Pet": {}}}}
PET = {"$ref": "#/components/schemas/Pet"}
JSON_PET = {"application/json": {"schema": PET}}


def repaired(step: Pass, kind: Kind, node: dict[str, Any]) -> Any:
    """Return the change that a pass makes, and see that it changes nothing more."""
    place = Place(DocumentView(TREE), kind, "#/somewhere")
    change = step(node, place)
    assert change is None or step(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("node", "meant"),
    [
        (PET, {"schema": PET}),
        (
            {"type": "object", "properties": {"a": {}}, "example": 1},
            {"example": 1, "schema": {"type": "object", "properties": {"a": {}}}},
        ),
    ],
)
def test_schema_of_a_media_type(node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(media_type_schemas, Kind.MEDIA_TYPE, node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node", [{"schema": PET}, {"example": 1}, {"$ref": "#/components/mediaTypes/A"}, {}]
)
def test_media_type_stays(node: dict[str, Any]) -> None:
    assert repaired(media_type_schemas, Kind.MEDIA_TYPE, node) is None


@pytest.mark.parametrize(
    ("kind", "node", "meant"),
    [
        (Kind.REQUEST_BODY, {"schema": PET}, {"content": JSON_PET}),
        (Kind.REQUEST_BODY, JSON_PET, {"content": JSON_PET}),
        (Kind.REQUEST_BODY, {"content": {"schema": PET}}, {"content": JSON_PET}),
        (Kind.REQUEST_BODY, PET, {"required": True, "content": JSON_PET}),
        (Kind.RESPONSE, {"content": {"schema": PET}}, {"content": JSON_PET}),
        (
            Kind.RESPONSE,
            {"description": "d", **JSON_PET},
            {"description": "d", "content": JSON_PET},
        ),
        (Kind.RESPONSE, {"content": PET}, {"content": JSON_PET}),
        (
            Kind.RESPONSE,
            {"content": {"type": ["string", "null"]}},
            {"content": {"application/json": {"schema": {"type": ["string", "null"]}}}},
        ),
        (Kind.RESPONSE, {"description": "d", "content": {"type": "void"}}, {"description": "d"}),
    ],
)
def test_body_has_a_content(kind: Kind, node: dict[str, Any], meant: dict[str, Any]) -> None:
    change = repaired(contents, kind, node)
    assert change.node == meant
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        (Kind.REQUEST_BODY, {"content": JSON_PET}),
        (Kind.REQUEST_BODY, {"content": {}}),
        (Kind.RESPONSE, {"content": {"type": "void", "text/plain": {}}}),
        (Kind.RESPONSE, {"content": {"$ref": "#/components/schemas/Missing"}}),
        (Kind.REQUEST_BODY, {"$ref": "#/components/requestBodies/Pet"}),
        (Kind.RESPONSE, {"description": "d"}),
        (Kind.RESPONSE, {"$ref": "#/components/schemas/Missing"}),
    ],
)
def test_body_stays(kind: Kind, node: dict[str, Any]) -> None:
    assert repaired(contents, kind, node) is None


def test_text_is_the_description_of_a_response() -> None:
    node = {"responses": {"200": "OK", "404": {"description": "d"}}}
    change = repaired(response_texts, Kind.OPERATION, node)
    wanted = {"200": {"description": "OK"}, "404": {"description": "d"}}
    assert change.node == {"responses": wanted}
    assert len(change.repairs) == 1

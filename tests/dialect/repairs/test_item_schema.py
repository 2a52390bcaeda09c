"""The items of a body of JSON are those of an array."""

from typing import Any

import pytest
from support import reference
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.item_schema import item_schema
from vcgen.text.pointers import pointer_to


def repaired(
    node: dict[str, Any], media_type: str = "application/json", **schemas: dict[str, Any]
) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.2.0", "components": {"schemas": schemas}}
    place = Place(DocumentView(tree), Kind.MEDIA_TYPE, pointer_to(["content", media_type]))
    change = item_schema(node, place)
    assert change is None or item_schema(change.node, place) is None
    return change


ITEM = {"type": "string"}


def test_items_of_json_are_those_of_an_array() -> None:
    change = repaired({"itemSchema": ITEM}, "application/json; charset=utf-8")
    assert change.node == {"schema": {"type": "array", "items": ITEM}}
    assert not change.repairs


@pytest.mark.parametrize(
    ("node", "media_type", "kept"),
    [
        ({"itemSchema": ITEM}, "multipart/mixed", {}),
        ({"itemSchema": ITEM, "schema": {}}, "application/json", {"schema": {}}),
    ],
)
def test_items_of_other_bodies_are_left(node: Any, media_type: str, kept: Any) -> None:
    assert repaired(node, media_type).node == kept


@pytest.mark.parametrize(
    "media_type",
    [
        *("application/jsonl", "text/event-stream", "application/geo+json-seq"),
        *("application/x-ndjson", "application/jsonlines"),
    ],
)
@pytest.mark.parametrize("beside", [{}, {"schema": {"type": "array"}}])
def test_items_of_a_stream_are_its_schema(media_type: str, beside: dict[str, Any]) -> None:
    found = repaired({"itemSchema": ITEM, **beside}, media_type).node
    assert found == {"schema": ITEM, "x-vcgen-items": True}


def test_the_data_of_an_event_are_what_is_inside_them() -> None:
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": ITEM}
    event = {"type": "object", "properties": {"data": data, "id": {"type": "string"}}}
    found = repaired({"itemSchema": event}, "text/event-stream").node["schema"]
    assert found == {"type": "object", "properties": {"data": ITEM, "id": {"type": "string"}}}


DATA = {"type": "string", "contentMediaType": "application/json", "contentSchema": ITEM}
EVENT = {"type": "object", "properties": {"data": DATA}}
READ = {"type": "object", "properties": {"data": ITEM}}
PLAIN = {"type": "object", "properties": {"data": {"type": "string"}}}


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        (reference("Event"), READ),
        ({"type": "object", "properties": {"data": reference("Data")}}, READ),
        (
            {"oneOf": [reference("Event"), reference("Plain")]},
            {"oneOf": [READ, reference("Plain")]},
        ),
        ({"allOf": [reference("Event"), {"required": ["data"]}]}, None),
        (reference("Plain"), reference("Plain")),
        (reference("Circle"), reference("Circle")),
    ],
)
def test_so_are_those_of_events_and_data_in_components(schema: Any, wanted: Any) -> None:
    circle = {"anyOf": [reference("Circle"), reference("Plain")]}
    known = {"Event": EVENT, "Data": DATA, "Plain": PLAIN, "Circle": circle}
    found = repaired({"itemSchema": schema}, "text/event-stream", **known).node["schema"]
    assert found == (wanted or {"allOf": [READ, {"required": ["data"]}]})


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        (EVENT, READ),
        (reference("Event"), READ),
        ({"oneOf": [reference("Event"), PLAIN]}, {"oneOf": [READ, PLAIN]}),
        ({"type": "array", "items": reference("Event")}, {"type": "array", "items": READ}),
        (DATA, ITEM),
        (PLAIN, None),
        ({"type": "array", "items": PLAIN}, None),
        (ITEM, None),
    ],
)
def test_the_data_of_events_are_read_so_before_openapi_3_2(schema: Any, wanted: Any) -> None:
    """Effect describes the events of a stream by `schema`."""
    change = repaired({"schema": schema}, "text/event-stream", Event=EVENT)
    assert (change and change.node) == (wanted and {"schema": wanted})


def test_anything_else_changes_nothing() -> None:
    assert repaired({"schema": ITEM}) is None
    assert repaired({"schema": EVENT}, "application/jsonl") is None
    assert repaired({"schema": EVENT, "x-vcgen-items": True}, "text/event-stream") is None

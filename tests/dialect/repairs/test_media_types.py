"""The media type of JSON, or of a form, is what servers know, however it is spelt."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.media_types import media_types

MEDIA = {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
JSON = "application/json"
PARTS, FIELDS = "multipart/form-data", "application/x-www-form-urlencoded"


def repaired(node: Any, kind: Kind = Kind.REQUEST_BODY) -> Any:
    """Return the change that the pass makes, and see that a second time there is none."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = media_types(node, place)
    assert change is None or media_types(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("application/form-data", PARTS),
        ("form-data", PARTS),
        ("multipart/form", PARTS),
        ("multipart/formdata", PARTS),
        ("Application/Form-Data; charset=utf-8", f"{PARTS}; charset=utf-8"),
        ("application/multipart-form-data", PARTS),
        ("application/x-www-form-url-encoded", FIELDS),
        ("application/x-www-form-urlencode", FIELDS),
        ("application/form-urlencoded", FIELDS),
        ("x-www-form-urlencoded", FIELDS),
    ],
)
def test_form_is_one(written: str, meant: str) -> None:
    change = repaired({"required": True, "content": {JSON: {}, written: MEDIA}})
    assert change.node == {"required": True, "content": {JSON: {}, meant: MEDIA}}
    assert change.repairs == (f'"{written}" is not a media type: read as {meant}',)


@pytest.mark.parametrize("kind", [Kind.REQUEST_BODY, Kind.RESPONSE])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", JSON),
        ("JSON", JSON),
        ("applicationjson;version=2018-01-01", f"{JSON};version=2018-01-01"),
        (f"{JSON}, charset=utf-8", f"{JSON}; charset=utf-8"),
        ("text/csv,header=present", "text/csv;header=present"),
    ],
)
def test_json_is_json(written: str, meant: str, kind: Kind) -> None:
    change = repaired({"description": "", "content": {written: MEDIA}}, kind)
    assert change.node == {"description": "", "content": {meant: MEDIA}}
    assert change.repairs == (f'"{written}" is not a media type: read as {meant}',)


@pytest.mark.parametrize(
    "content",
    [
        {PARTS: MEDIA},
        {FIELDS: MEDIA},
        {f"{PARTS}; boundary=x": MEDIA},
        {"multipart/mixed": MEDIA},
        {"multipart/related": MEDIA},
        {JSON: MEDIA},
        {"text/json": MEDIA},
        {f'{JSON}; profile="a, b=c"': MEDIA},
        {"application": MEDIA},
        {f"{JSON}, text/csv": MEDIA},
        {"json": MEDIA, JSON: MEDIA},
        {"application/formulas": MEDIA},
        {"application/form": MEDIA},
        {"application/form-data": MEDIA, PARTS: MEDIA},
        {},
        7,
    ],
)
def test_anything_else_stays(content: Any) -> None:
    assert repaired({"content": content}) is None

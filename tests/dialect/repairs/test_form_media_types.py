"""The media type of a form is what servers know, however it is spelt."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.form_media_types import form_media_types

MEDIA = {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
PARTS, FIELDS = "multipart/form-data", "application/x-www-form-urlencoded"


def repaired(node: Any) -> Any:
    """Return the change that the pass makes, and see that a second time there is none."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.REQUEST_BODY, "#/somewhere")
    change = form_media_types(node, place)
    assert change is None or form_media_types(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("application/form-data", PARTS),
        ("form-data", PARTS),
        ("multipart/form", PARTS),
        ("multipart/formdata", PARTS),
        ("Application/Form-Data; charset=utf-8", PARTS),
        ("application/multipart-form-data", PARTS),
        ("application/x-www-form-url-encoded", FIELDS),
        ("application/x-www-form-urlencode", FIELDS),
        ("application/form-urlencoded", FIELDS),
        ("x-www-form-urlencoded", FIELDS),
    ],
)
def test_form_is_one(written: str, meant: str) -> None:
    change = repaired({"required": True, "content": {"application/json": {}, written: MEDIA}})
    assert change.node == {"required": True, "content": {"application/json": {}, meant: MEDIA}}
    assert change.repairs == (f"{written} is no media type: read as {meant}",)


@pytest.mark.parametrize(
    "content",
    [
        {PARTS: MEDIA},
        {FIELDS: MEDIA},
        {f"{PARTS}; boundary=x": MEDIA},
        {"multipart/mixed": MEDIA},
        {"multipart/related": MEDIA},
        {"application/json": MEDIA},
        {"application/formulas": MEDIA},
        {"application/form": MEDIA},
        {"application/form-data": MEDIA, PARTS: MEDIA},
        {},
        7,
    ],
)
def test_anything_else_stays(content: Any) -> None:
    assert repaired({"content": content}) is None

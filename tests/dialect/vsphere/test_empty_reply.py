"""Successful replies of a media type without a schema answer nothing."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.empty_reply import empty_reply
from vcgen.text.pointers import pointer_to

JSON = {"application/json": {}}


def emptied(node: dict[str, Any], status: str = "200") -> Any:
    """Return the change that the pass makes to a reply, and see that it does so once."""
    keys = ["paths", "/rest/vm", "post", "responses", status]
    place = Place(DocumentView({"openapi": "3.0.0"}), Kind.RESPONSE, pointer_to(keys))
    change = empty_reply(node, place)
    assert change is None or empty_reply(change.node, place) is None
    return change


def test_reply_without_a_schema_is_empty() -> None:
    change = emptied({"description": "Done.", "content": JSON})
    assert change.node == {"description": "Done."}
    assert change.repairs == ("the reply is application/json without a schema: read as empty",)


def test_reply_that_cannot_have_a_body_needs_no_repair() -> None:
    change = emptied({"content": JSON}, "204")
    assert change.node == {}
    assert change.repairs == ()


@pytest.mark.parametrize(
    "content",
    [{}, {"application/json": {"schema": {}}}, {**JSON, "text/plain": {"schema": {}}}, None],
)
def test_reply_with_a_schema_stays(content: Any) -> None:
    assert emptied({"description": "", "content": content}) is None


def test_errors_stay() -> None:
    assert emptied({"content": JSON}, "404") is None
    assert emptied({"content": JSON}, "default") is None


def test_shared_replies_stay() -> None:
    place = Place(DocumentView({}), Kind.RESPONSE, "#/components/responses/Done")
    assert empty_reply({"content": JSON}, place) is None

"""What should be a text and is none is read as one, or goes; what is missing is added."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.texts import texts


def repaired(node: dict[str, Any], kind: Kind) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), kind, "#/somewhere")
    change = texts(node, place)
    assert change is None or texts(change.node, place) is None
    return change


@pytest.mark.parametrize(("value", "text"), [(1.0, "1.0"), (2, "2"), (True, "true")])
def test_number_is_written_out(value: object, text: str) -> None:
    change = repaired({"title": "A", "version": value}, Kind.INFO)
    assert change.node == {"title": "A", "version": text}
    assert "version" in change.repairs[0]


def test_what_cannot_be_a_text_is_dropped() -> None:
    change = repaired({"type": "string", "description": {"$ref": "#/x"}}, Kind.SCHEMA)
    assert change.node == {"type": "string"}
    assert len(change.repairs) == 1


def test_missing_version_and_description_are_added() -> None:
    assert repaired({}, Kind.INFO).node == {"title": "API", "version": ""}
    assert repaired({"content": {}}, Kind.RESPONSE).node == {"content": {}, "description": ""}


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"$ref": "#/components/responses/a"}, Kind.RESPONSE),
        ({"description": "d"}, Kind.RESPONSE),
        ({"title": "t", "version": "1"}, Kind.INFO),
        ({"properties": {"description": {}}, "default": 1}, Kind.SCHEMA),
    ],
)
def test_texts_are_left_alone(node: dict[str, Any], kind: Kind) -> None:
    assert repaired(node, kind) is None

"""`collectionFormat` in OpenAPI 3 is the style that means the same."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.collection_formats import collection_formats


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.PARAMETER, "#/somewhere")
    change = collection_formats(node, place)
    assert change is None or collection_formats(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("stated", "name", "style", "explode"),
    [
        ("csv", "ids", "form", False),
        ("ssv", "ids", "spaceDelimited", False),
        ("pipes", "ids", "pipeDelimited", False),
        ("multi", "ids", "form", True),
        ("brackets", "ids[]", "form", True),
    ],
)
def test_format_is_a_style(stated: str, name: str, style: str, explode: bool) -> None:
    change = repaired({"name": "ids", "in": "query", "collectionFormat": stated})
    assert change.node == {"name": name, "in": "query", "style": style, "explode": explode}
    assert len(change.repairs) == 1


def test_name_with_brackets_gets_no_more_of_them() -> None:
    change = repaired({"name": "ids[]", "in": "query", "collectionFormat": "brackets"})
    assert change.node["name"] == "ids[]"


def test_header_has_one_style_alone() -> None:
    change = repaired({"name": "Ids", "in": "header", "collectionFormat": "multi"})
    assert change.node == {"name": "Ids", "in": "header"}


@pytest.mark.parametrize(
    ("stated", "style"), [("pipes", "pipeDelimited"), ("ssv", "spaceDelimited")]
)
def test_marks_elsewhere_than_in_a_query_are_told_to_us_alone(stated: str, style: str) -> None:
    change = repaired({"name": "Ids", "in": "header", "collectionFormat": stated})
    assert change.node == {"name": "Ids", "in": "header", "x-vcgen-style": style}


@pytest.mark.parametrize(
    "node",
    [
        {"in": "query"},
        {"in": "query", "collectionFormat": "tsv"},
        {"in": "query", "collectionFormat": "csv", "style": "pipeDelimited"},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None

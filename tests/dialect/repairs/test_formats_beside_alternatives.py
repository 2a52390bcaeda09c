"""What is said of any text is said of the alternative that is one."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.formats_beside_alternatives import formats_beside_alternatives

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NULL: Schema = {"type": "null"}
LIST: Schema = {"type": "array", "items": {}}
TO_TEXT: Schema = {"$ref": "#/components/schemas/Text"}
TO_NUMBER: Schema = {"$ref": "#/components/schemas/Number"}
SCHEMAS: Schema = {"Text": TEXT, "Number": {"type": ["number", "null"]}}
TREE: Schema = {"openapi": "3.1.1", "components": {"schemas": SCHEMAS}}


def changed(node: Schema) -> Any:
    """Return the node after the pass, or None; and see that the pass changes nothing more."""
    place = Place(DocumentView(TREE), Kind.SCHEMA, "#/somewhere")
    change = formats_beside_alternatives.apply(node, place)
    if change is None:
        return None
    assert formats_beside_alternatives.apply(change.node, place) is None
    assert not change.repairs
    return change.node


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf"])
@pytest.mark.parametrize(
    "said",
    [
        {"format": "date-time"},
        {"contentEncoding": "base64", "contentMediaType": "image/png"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("text", "others"),
    [
        (TEXT, [NULL]),
        (TEXT, []),
        ({"type": ["string", "null"], "minLength": 3}, [LIST, TO_TEXT]),
        (TEXT, [{"type": "string", "format": "uuid"}, {"type": "string", "enum": ["a"]}]),
    ],
    ids=str,
)
def test_text_among_alternatives_has_the_format(
    keyword: str, said: dict[str, str], text: Schema, others: list[Schema]
) -> None:
    node = {"title": "t", keyword: [text, *others], **said}
    assert changed(node) == {"title": "t", keyword: [{**text, **said}, *others]}


@pytest.mark.parametrize(
    "node",
    [
        {"format": "date", "type": "string"},
        {"format": "int64", "anyOf": [TEXT, {"type": "integer"}]},
        {"format": "int64", "anyOf": [TEXT, TO_NUMBER]},
        {"format": "date", "anyOf": [TO_TEXT, NULL]},
        {"format": "date", "anyOf": [{"type": "string", "const": "x"}, NULL]},
        {"format": "date", "anyOf": [{"type": {"type": "string"}}, True, 7]},
        {"format": "date", "anyOf": 7},
        {"title": "t", "anyOf": [TEXT, NULL]},
    ],
    ids=str,
)
def test_anything_else_changes_nothing(node: Schema) -> None:
    assert changed(node) is None

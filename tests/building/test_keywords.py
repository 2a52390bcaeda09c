"""Keywords of a schema that JSON Schema does not have: misspelt ones, and those of other tools."""

from typing import Any

import pytest
from vcgen.building.openapi import Schema, unknown_keywords


@pytest.mark.parametrize(
    ("schema", "meant"),
    [
        ({"requried": ["a"]}, [("requried", "required")]),
        ({"typ": "string"}, [("typ", "type")]),
        # json-schema-to-typescript, which Payload uses
        ({"type": "string", "tsType": "any"}, []),
        ({"tsType": "Date", "tsEnumNames": ["A"]}, []),
        # ajv-keywords
        ({"type": "object", "typeof": "function"}, []),
        ({"x-requried": True, "$requried": True, "minimun": 3}, []),
    ],
)
def test_only_misspelt_keywords_are_reported(
    schema: dict[str, Any], meant: list[tuple[str, str]]
) -> None:
    assert list(unknown_keywords(Schema.of(schema))) == meant

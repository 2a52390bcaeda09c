"""What contradicts a reference beside it is dropped, as OpenAPI 3.0 says."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.ref_siblings import ref_siblings

REFERENCE = {"$ref": "#/components/schemas/A"}


def repaired(node: dict[str, Any], version: str = "3.0.3") -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": version}), Kind.SCHEMA, "#/somewhere")
    change = ref_siblings(node, place)
    assert change is None or ref_siblings(change.node, place) is None
    return change


def test_keywords_that_say_what_the_value_is_are_dropped() -> None:
    change = repaired({**REFERENCE, "type": "array", "description": "A.", "items": {}})
    assert change.node == {**REFERENCE, "description": "A."}
    assert "type, items" in change.repairs[0]


def test_annotations_stay() -> None:
    node = {**REFERENCE, "description": "A.", "nullable": True, "default": 1, "x-order": 2}
    assert repaired(node) is None


def test_reference_alone_changes_nothing() -> None:
    assert repaired(REFERENCE) is None
    assert repaired({"type": "string"}) is None


def test_from_json_schema_on_everything_beside_it_counts() -> None:
    change = repaired({**REFERENCE, "required": ["a"]}, "3.1.0")
    assert change.node == {"required": ["a"], "allOf": [REFERENCE]}
    assert change.repairs == ()
    other = {"$ref": "#/components/schemas/B"}
    change = repaired({"allOf": [other], **REFERENCE}, "3.1.0")
    assert change.node == {"allOf": [other, REFERENCE]}


def test_what_only_describes_is_no_reason_for_an_all_of() -> None:
    assert repaired({**REFERENCE, "description": "A.", "default": 1}, "3.1.0") is None
    assert repaired({**REFERENCE, "allOf": "no list"}, "3.1.0") is None

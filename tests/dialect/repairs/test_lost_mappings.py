"""What a mapping leads to may have no name any more."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.lost_mappings import lost_mappings

TREE = {"openapi": "3.0.3", "components": {"schemas": {"Pet": {}}}, "paths": {"x": {}}}
PET = {"$ref": "#/components/schemas/Pet"}
INLINE = [{"properties": {"a": {}}}, {"$ref": "#/paths/x"}]


def repaired(alternatives: Any, keyword: str = "oneOf", **mapping: Any) -> Any:
    """Return the node after the pass, or None; and see that the pass changes nothing more."""
    place = Place(DocumentView(TREE), Kind.SCHEMA, "#/somewhere")
    node = {keyword: alternatives, "discriminator": {"propertyName": "t", "mapping": mapping}}
    change = lost_mappings.apply(node, place)
    assert change is None or lost_mappings.apply(change.node, place) is None
    return change and (change.node, len(change.repairs))


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_mapping_to_what_has_no_name_is_left_out(keyword: str) -> None:
    lost = {"a": "models/a.yml", "b": "#/b"}
    assert repaired(INLINE, keyword, **lost) == ({keyword: INLINE}, 2)
    discriminator = {"propertyName": "t", "mapping": {"c": "Pet"}}
    found = repaired(INLINE, keyword, **lost, c="Pet")
    assert found == ({keyword: INLINE, "discriminator": discriminator}, 2)


@pytest.mark.parametrize(
    "value",
    [
        *("Pet", "#/components/schemas/Pet", "#/paths/x", 7),
        *("Pets", "#/components/schemas/Gone"),
    ],
)
def test_mapping_that_leads_somewhere_or_is_a_mistake_stays(value: object) -> None:
    assert repaired(INLINE, a=value) is None


@pytest.mark.parametrize("alternatives", [[*INLINE, PET], 7])
def test_mapping_beside_named_alternatives_stays(alternatives: object) -> None:
    assert repaired(alternatives, a="models/a.yml") is None


@pytest.mark.parametrize(
    ("pointer", "is_lost"), [("#/paths/x", True), ("#/components/schemas/Pet", False)]
)
def test_base_that_has_no_name_has_no_heirs(pointer: str, is_lost: bool) -> None:
    node = {"discriminator": {"propertyName": "t", "mapping": {"a": "m/a.yml"}}, "properties": {}}
    change = lost_mappings.apply(node, Place(DocumentView(TREE), Kind.SCHEMA, pointer))
    assert (change is not None) == is_lost
    assert change is None or change.node == {"properties": {}}

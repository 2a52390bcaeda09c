"""Tags that differ in capitals, or in what is between their words, are one tag."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.tag_spelling import tag_spelling


def repaired(tags: object, declared: object = None) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    first = {"tags": ["Vector Stores", "x"]}
    tree = {"openapi": "3.1.0", "tags": declared, "paths": {"/a": {"get": first, "summary": "s"}}}
    place = Place(DocumentView(tree), Kind.OPERATION, "#/paths/~1b/get")
    change = tag_spelling({"tags": tags}, place)
    assert change is None or tag_spelling(change.node, place) is None
    return change


@pytest.mark.parametrize(
    "tag",
    [
        *("Vector stores", "vector  stores", " VECTOR STORES", "vector-stores", "Vector_Stores/"),
        *("VectorStores", "vectorStores"),
    ],
)
def test_tag_is_spelt_as_where_it_is_first(tag: str) -> None:
    change = repaired([tag, "X"])
    assert change.node == {"tags": ["Vector Stores", "x"]}
    assert len(change.repairs) == 2


def test_words_that_are_run_together_first_are_so_later() -> None:
    change = repaired(["Vector Stores"], [{"name": "vectorStores"}])
    assert change.node == {"tags": ["vectorStores"]}


def test_declaration_comes_first() -> None:
    change = repaired(["Vector Stores"], [{"name": "vector stores"}])
    assert change.node == {"tags": ["vector stores"]}


@pytest.mark.parametrize(
    "tags", [["Vector Stores"], ["Vectorstores"], ["Vector+Stores"], ["other", 7], None, "x"]
)
def test_anything_else_changes_nothing(tags: object) -> None:
    assert repaired(tags) is None

"""Methods in capitals are those that OpenAPI writes in small letters."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen.reading.document import parse
from vcgen.reading.methods import in_small_letters

GET: dict[str, Any] = {"responses": {}}


@pytest.mark.parametrize("around", [("paths", "/a"), ("components", "pathItems", "A"), ("A",), ()])
@pytest.mark.parametrize("method", ["GET", "Get", "QUERY"])
def test_method_of_a_path_item_is_in_small_letters(around: tuple[str, ...], method: str) -> None:
    tree: Any = {"summary": "s", method: GET, "parameters": []}
    meant: Any = {"summary": "s", method.lower(): GET, "parameters": []}
    for key in reversed(around):
        tree, meant = {key: tree}, {key: meant}
    found, repairs = in_small_letters(tree)
    assert found == meant
    assert [*found] == [*meant]
    assert [one.name for one in repairs] == ["methods"]
    assert in_small_letters(found) == (found, ())


@pytest.mark.parametrize(
    "item",
    [
        {"GET": GET, "get": GET},
        {"GET": {"type": "string"}},
        {"additionalOperations": {"GET": GET}},
        {"X-GET": GET},
        7,
    ],
)
def test_anything_else_stays(item: Any) -> None:
    tree = {"paths": {"/a": item}, "components": 7}
    assert in_small_letters(tree) == (tree, ())
    assert in_small_letters(tree)[0] is tree


def test_documents_are_read_so() -> None:
    document = parse("paths:\n  /a:\n    POST: {responses: {}}\n", "spec.yaml")
    assert document.tree == {"paths": {"/a": {"post": GET}}}
    assert [one.pointer for one in document.repairs] == ["#/paths/~1a/post"]

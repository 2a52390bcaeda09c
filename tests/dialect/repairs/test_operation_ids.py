"""An operationId that several operations share is none."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.operation_ids import operation_ids


def _document(*operations: tuple[str, str, dict[str, Any]]) -> DocumentView:
    paths: dict[str, Any] = {}
    for method, path, operation in operations:
        paths.setdefault(path, {})[method] = operation
    return DocumentView({"openapi": "3.1.0", "paths": paths})


def _change(document: DocumentView, node: dict[str, Any]) -> Any:
    place = Place(document, Kind.OPERATION, "#/paths/~1a/get")
    change = operation_ids(node, place)
    assert change is None or operation_ids(change.node, place) is None
    return change


def test_operations_of_one_tag_lose_what_they_share() -> None:
    shared = {"operationId": "multi", "tags": ["a"], "summary": "s"}
    document = _document(("get", "/a", shared), ("post", "/a", shared))
    change = _change(document, shared)
    assert change.node == {"tags": ["a"], "summary": "s"}
    assert '"multi"' in change.repairs[0]


def test_operations_of_different_tags_keep_it() -> None:
    one, other = {"operationId": "list", "tags": ["a"]}, {"operationId": "list", "tags": ["b"]}
    assert _change(_document(("get", "/a", one), ("get", "/b", other)), one) is None


def test_operations_without_tags_are_of_one() -> None:
    shared = {"operationId": "list"}
    document = _document(("get", "/a", shared), ("get", "/b", dict(shared)))
    assert _change(document, shared).node == {}


def test_an_operation_alone_keeps_it() -> None:
    own = {"operationId": "list"}
    document = _document(("get", "/a", own), ("get", "/b", {"summary": "list"}))
    assert _change(document, own) is None

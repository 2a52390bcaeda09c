"""An operationId that several operations share stays, with what tells them apart."""

from typing import Any

from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.operation_ids import operation_ids


def _document(*operations: tuple[str, str, dict[str, Any]]) -> DocumentView:
    paths: dict[str, Any] = {}
    for method, path, operation in operations:
        paths.setdefault(path, {})[method] = operation
    return DocumentView({"openapi": "3.1.0", "paths": paths})


def _change(document: DocumentView, node: dict[str, Any], at: str = "#/paths/~1a/get") -> Any:
    place = Place(document, Kind.OPERATION, at)
    change = operation_ids(node, place)
    assert change is None or operation_ids(change.node, place) is None
    return change


def test_the_method_tells_operations_of_one_path_apart() -> None:
    shared = {"operationId": "multi", "tags": ["a"], "summary": "s"}
    document = _document(("get", "/a", shared), ("post", "/a", shared))
    assert _change(document, shared) is None
    change = _change(document, shared, "#/paths/~1a/post")
    assert change.node == {**shared, "operationId": "multi_post"}
    assert '"multi"' in change.repairs[0]


def test_the_shortest_path_keeps_it_wherever_it_stands() -> None:
    shared = {"operationId": "get", "tags": ["a"]}
    document = _document(("get", "/global-a/{x}", shared), ("get", "/a/{x}", dict(shared)))
    assert _change(document, shared, "#/paths/~1a~1{x}/get") is None
    change = _change(document, shared, "#/paths/~1global-a~1{x}/get")
    assert change.node["operationId"] == "get_global_a"


def test_those_that_are_different_by_the_same_are_told_by_all_of_their_paths() -> None:
    shared = {"operationId": "get"}
    places = (("get", "/a", shared), ("get", "/a/b", dict(shared)), ("post", "/a/b", dict(shared)))
    document = _document(*places)
    found = {
        _change(document, shared, f"#/paths/~1a~1b/{method}").node["operationId"]
        for method in ("get", "post")
    }
    assert found == {"get_a_b_get", "get_a_b_post"}


def test_what_would_be_long_is_bounded() -> None:
    shared = {"operationId": "get" * 15}
    document = _document(("get", "/a", shared), ("get", f"/a/{'b' * 40}", dict(shared)))
    change = _change(document, shared, f"#/paths/~1a~1{'b' * 40}/get")
    assert len(change.node["operationId"]) <= 60


def test_operations_of_different_tags_keep_it() -> None:
    one, other = {"operationId": "list", "tags": ["a"]}, {"operationId": "list", "tags": ["b"]}
    assert _change(_document(("get", "/a", one), ("get", "/b", other)), one) is None


def test_operations_without_tags_are_of_one() -> None:
    shared = {"operationId": "list"}
    document = _document(("get", "/a", shared), ("get", "/b", dict(shared)))
    assert _change(document, shared) is None
    assert _change(document, shared, "#/paths/~1b/get").node == {"operationId": "list_b"}


def test_an_operation_alone_keeps_it() -> None:
    own = {"operationId": "list"}
    document = _document(("get", "/a", own), ("get", "/b", {"summary": "list"}))
    assert _change(document, own) is None

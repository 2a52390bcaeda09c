"""The operations of tasks are marked, and what a task comes to is looked up."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.tasks import tasks
from vcgen.text.pointers import pointer_to

BEGUN = {"202": {"description": "The task."}}
CLONE = {"201": {"description": "The clone."}, "400": {"description": "No."}}
TREE = {
    "paths": {
        "/vm?action=clone": {"post": {"responses": CLONE}},
        "/vm?action=clone&vmw-task=true": {"post": {"responses": BEGUN}},
        "/vm/{vm}": {"delete": {"responses": {"204": {"description": "Gone."}}}},
        "/vm/{vm}?vmw-task=true": {"delete": {"responses": BEGUN}},
    }
}


def marked(path: str, method: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return what the pass adds to an operation, and see that it does so once."""
    place = Place(DocumentView(TREE), Kind.OPERATION, pointer_to(["paths", path, method]))
    change = tasks(node, place)
    if change is None:
        return {}
    assert tasks(change.node, place) is None
    assert change.repairs == ()
    return {key: value for key, value in change.node.items() if key not in node}


@pytest.mark.parametrize(
    ("path", "method", "result"),
    [
        ("/vm?action=clone&vmw-task=true", "post", CLONE["201"]),
        ("/vm/{vm}?vmw-task=true", "delete", {"description": "Gone."}),
    ],
)
def test_what_begins_a_task_comes_to_what_it_would_answer_without_one(
    path: str, method: str, result: dict[str, Any]
) -> None:
    found = marked(path, method, {"responses": BEGUN})
    assert found == {"x-vcgen-task": "start", "x-vcgen-result": result}


@pytest.mark.parametrize(
    ("path", "operation_id"), [("/report?vmw-task=true", "get"), ("/report", "create$Task")]
)
def test_what_is_there_only_as_a_task_has_no_result(path: str, operation_id: str) -> None:
    node = {"operationId": operation_id, "responses": BEGUN}
    assert marked(path, "post", node) == {"x-vcgen-task": "start"}


@pytest.mark.parametrize("prefix", ["/api", "/rest", ""])
def test_the_operations_of_a_task_are_known(prefix: str) -> None:
    path = f"{prefix}/cis/tasks/{{task}}"
    assert marked(path, "get", {}) == {"x-vcgen-task": "get"}
    assert marked(f"{path}?action=cancel", "post", {}) == {"x-vcgen-task": "cancel"}
    assert marked(f"{path}?action=other", "post", {}) == {}
    assert marked(path, "delete", {}) == {}


def test_what_the_document_says_stands() -> None:
    node = {"responses": BEGUN, "x-vcgen-task": False}
    assert marked("/vm/{vm}?vmw-task=true", "delete", node) == {}
    other = {"description": "Another one."}
    node = {"responses": BEGUN, "x-vcgen-result": other}
    assert marked("/vm/{vm}?vmw-task=true", "delete", node) == {"x-vcgen-task": "start"}


def test_other_operations_stay() -> None:
    assert marked("/vm?action=clone", "post", {"responses": CLONE}) == {}
    assert marked("/vm?vmw-task=true", "post", {"responses": CLONE}) == {}

"""Security that a document leaves out is added to it, and told where it is reached."""

from copy import deepcopy
from typing import Any

import pytest
from vcgen import slicing
from vcgen.dialect import DocumentView, Kind, Place, get
from vcgen.dialect.vsphere.session_security import add_security, session_security
from vcgen.errors import SpecError

TOKEN = {"type": "apiKey", "in": "header", "name": "vmware-api-session-id"}
BASIC = {"type": "http", "scheme": "basic"}
SCHEMES = {"key": TOKEN, "password": BASIC}
BARE = {"content": {"application/json": {"schema": {"type": "string"}}}}
WRAPPED = {
    "content": {"application/json": {"schema": {"properties": {"value": {"type": "string"}}}}}
}


def operation(*statuses: str, **more: Any) -> dict[str, Any]:
    """Return an operation with these replies."""
    return {"responses": {status: {"description": ""} for status in statuses}, **more}


def document(schemes: dict[str, Any], **root: Any) -> dict[str, Any]:
    """Return a document with sessions, one operation that refuses strangers, and one that may."""
    paths = {
        "/api/session": {
            "post": operation("401") | {"responses": {"201": BARE, "401": {"description": ""}}},
            "delete": operation("204", "401"),
        },
        "/api/vm": {"get": operation("200", "403")},
        "/api/public": {"get": operation("200")},
    }
    tree = {"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": paths, **root}
    return {**tree, "components": {"securitySchemes": schemes}} if schemes else tree


def secured(tree: dict[str, Any]) -> Any:
    """Return the document after the pass, and see that it does so once."""
    before = deepcopy(tree)
    after = add_security(tree)
    assert tree == before
    assert add_security(after) == after
    return after


def requirements(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the security of each operation that has its own."""
    return {
        f"{method} {path}": node["security"]
        for path, item in tree["paths"].items()
        for method, node in item.items()
        if "security" in node
    }


def repairs(tree: dict[str, Any], *patterns: str) -> list[tuple[str, str]]:
    """Return what the pass tells of a slice of the document."""
    dialect = get("vsphere")
    part = slicing.slice_document(dialect.prepare(tree), patterns, dialect=dialect)
    assert "x-vcgen-repair" not in str(part.tree)
    return [(one.pointer, one.message) for one in part.repairs if one.name == "session_security"]


def test_document_without_schemes_gets_the_token_and_the_password() -> None:
    tree = secured(document({}))
    assert tree["security"] == [{"session_id": []}]
    schemes = tree["components"]["securitySchemes"]
    assert {**TOKEN, **schemes["session_id"]} == schemes["session_id"]
    assert {**BASIC, **schemes["basic_auth"]} == schemes["basic_auth"]
    assert requirements(tree) == {"post /api/session": [{"basic_auth": []}]}


def test_login_may_answer_in_an_envelope() -> None:
    path = "/rest/com/vmware/cis/session"
    paths = {
        path: {"post": {"responses": {"200": WRAPPED}}},
        f"{path}?~action=get": {"post": {"responses": {"200": WRAPPED}}},
    }
    tree = secured(document({}, paths=paths))
    assert requirements(tree) == {f"post {path}": [{"basic_auth": []}]}


def test_each_scheme_that_was_added_is_told_once_where_it_is_reached() -> None:
    vm, login = "GET /api/vm", "POST /api/session"
    token, password = (f"#/components/securitySchemes/{n}" for n in ("session_id", "basic_auth"))
    tree = document({})
    assert [pointer for pointer, _ in repairs(tree, vm, "GET /api/public")] == [token]
    assert [pointer for pointer, _ in repairs(tree, login)] == [password]
    assert {pointer for pointer, _ in repairs(tree, vm, login)} == {token, password}


def test_strict_refuses_what_was_added() -> None:
    dialect = get("vsphere")
    tree = dialect.prepare(document({}))
    with pytest.raises(SpecError, match="declares no security"):
        slicing.slice_document(tree, ["GET /api/vm"], dialect=dialect, strict=True)


def test_declared_schemes_are_required_of_what_refuses_strangers() -> None:
    tree = secured(document(SCHEMES))
    assert "security" not in tree
    assert tree["components"]["securitySchemes"] == SCHEMES
    assert requirements(tree) == {
        "post /api/session": [{"password": []}],
        "delete /api/session": [{"key": []}],
        "get /api/vm": [{"key": []}],
    }


def test_each_operation_that_was_changed_tells_of_it() -> None:
    found = repairs(document(SCHEMES), "*")
    assert [pointer.rpartition("/")[2] for pointer, _ in found] == ["post", "delete", "get"]
    assert "password added" in found[0][1]
    assert "key added" in found[1][1]
    assert repairs(document(SCHEMES), "GET /api/public") == []


def test_login_takes_the_token_where_no_password_is_declared() -> None:
    tree = secured(document({"key": TOKEN}))
    assert requirements(tree)["post /api/session"] == [{"key": []}]


@pytest.mark.parametrize("security", [[], [{"key": []}], [{}]])
def test_what_an_operation_says_stands(security: list[Any]) -> None:
    paths = {"/api/vm": {"get": operation("401", security=security)}}
    tree = document(SCHEMES, paths=paths)
    assert secured(tree) == tree


@pytest.mark.parametrize(
    "tree",
    [
        document(SCHEMES, security=[{"key": []}]),
        document({}, security=[]),
        document({"other": {"type": "apiKey", "in": "header", "name": "x-key"}}),
        document({"basic": BASIC}),
        document({"broken": None}),  # type: ignore[dict-item]
    ],
)
def test_other_documents_stay(tree: dict[str, Any]) -> None:
    assert add_security(tree) is tree


def test_odd_paths_do_no_harm() -> None:
    tree = {"openapi": "3.0.0", "paths": {"/a": None, "/b": {"get": None, "summary": ""}}}
    assert secured(tree)["paths"] == tree["paths"]


def test_node_without_a_mark_stays() -> None:
    place = Place(DocumentView({}), Kind.OPERATION, "#/paths/~1a/get")
    assert session_security(operation("200"), place) is None

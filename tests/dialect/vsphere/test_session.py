"""Session operations and the token's scheme are marked."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.session import session
from vcgen.text.pointers import pointer_to

TOKEN = {"type": "apiKey", "name": "vmware-api-session-id", "in": "header"}


def login(**changes: Any) -> dict[str, Any]:
    """Return an operation that answers a token."""
    content = {"application/json": {"schema": {"type": "string", "format": "password"}}}
    responses = {"401": {"description": ""}, "201": {"description": "", "content": content}}
    return {"security": [{"basic_auth": []}], "responses": responses, **changes}


def mark(method: str, post: dict[str, Any], path: str = "/session", **root: Any) -> Any:
    """Return the mark that an operation of the session's path gets."""
    item = {"post": post, "delete": {"responses": {}}, "get": login()}
    schemes = {"basic_auth": {"type": "http", "scheme": "Basic"}, "token": TOKEN}
    components = {"securitySchemes": schemes, "schemas": {"Token": {"type": "string"}}}
    document = {"openapi": "3.0.3", "paths": {path: item}, "components": components, **root}
    place = Place(DocumentView(document), Kind.OPERATION, pointer_to(["paths", path, method]))
    change = session(item[method], place)
    if change is None:
        return None
    assert change.repairs == ()
    assert session(change.node, place) is None
    return change.node["x-vcgen-session"]


def test_operation_that_takes_a_password_and_answers_a_string_creates_a_session() -> None:
    assert mark("post", login()) == "create"
    assert mark("post", login(), "/api/session") == "create"


def test_deleting_on_the_same_path_ends_it() -> None:
    assert mark("delete", login()) == "delete"


def test_reading_it_is_not_marked() -> None:
    assert mark("get", login()) is None


def test_security_of_the_whole_document_counts() -> None:
    operation = login()
    del operation["security"]
    assert mark("post", operation, security=[{"basic_auth": []}]) == "create"
    assert mark("post", operation) is None


def test_token_may_come_in_an_envelope() -> None:
    envelope = {"type": "object", "properties": {"value": {"type": "string"}}}
    content = {"application/json": {"schema": envelope}}
    operation = login(responses={"200": {"content": content}})
    path = "/rest/com/vmware/cis/session"
    assert mark("post", operation, path) == "create"
    assert mark("delete", operation, path) == "delete"


def test_object_is_no_token() -> None:
    schema = {"type": "object", "properties": {"value": {"type": "object"}}}
    content = {"application/json": {"schema": schema}}
    assert mark("post", login(responses={"200": {"content": content}})) is None


def test_token_is_found_behind_a_reference() -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Token"}}}
    assert mark("post", login(responses={"200": {"content": content}})) == "create"


@pytest.mark.parametrize(
    "changes",
    [
        {"security": []},
        {"security": [{}]},
        {"security": [{"token": []}]},
        {"security": [{"basic_auth": []}, {"token": []}]},
        {"security": [{"basic_auth": [], "token": []}]},
        {"security": [{"unknown": []}]},
        {"responses": {"204": {"description": ""}}},
        {"responses": {"401": {"content": {"text/plain": {"schema": {"type": "string"}}}}}},
    ],
)
def test_other_operations_create_no_session(changes: dict[str, Any]) -> None:
    assert mark("post", login(**changes)) is None
    assert mark("delete", login(**changes)) is None


@pytest.mark.parametrize("path", ["/sessions", "/session/{id}", "/session?action=get"])
def test_other_paths_are_no_session(path: str) -> None:
    assert mark("post", login(), path) is None


def scheme(node: dict[str, Any]) -> Any:
    """Return what the pass makes of a security scheme."""
    view = DocumentView({"openapi": "3.0.3"})
    place = Place(view, Kind.SECURITY_SCHEME, "#/components/securitySchemes/a")
    change = session(node, place)
    return None if change is None else change.node


def test_scheme_of_the_tokens_header_is_named() -> None:
    named = {**TOKEN, "x-vcgen-name": "session_id"}
    assert scheme(TOKEN) == named
    assert scheme(named) is None


def test_other_schemes_are_not_named() -> None:
    assert scheme({**TOKEN, "name": "x-api-key"}) is None
    assert scheme({**TOKEN, "in": "query"}) is None
    assert scheme({"type": "http", "scheme": "basic"}) is None

"""Login out of the box: the session is in another document than the operations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support import Outcome, run
from vendor_clients import Server, generated

TOKEN = {"type": "apiKey", "in": "header", "name": "vmware-api-session-id"}
REFUSED = {"description": "Nobody."}
SWAGGER = {
    "swagger": "2.0",
    "host": "<vcenter>",
    "schemes": ["https", "http"],
    "consumes": ["application/json"],
    "produces": ["application/json"],
    "securityDefinitions": {"session_id": TOKEN, "basic_auth": {"type": "basic"}},
}
# A name by which the vendor is known, as each of its documents has some.
FAULT = {"VapiStdErrorsUnauthenticated": {"type": "object"}}
OPENAPI = {"openapi": "3.0.0", "components": {"schemas": FAULT}}
STRINGS = {"type": "array", "items": {"type": "string"}}


def described(form: str, title: str, paths: dict[str, Any]) -> dict[str, Any]:
    """Return a document as the vendor writes it, in one of its forms."""
    head = SWAGGER if form == "swagger" else OPENAPI
    return {**head, "info": {"title": title, "version": "2.0.0"}, "paths": paths}


def reply(form: str, schema: dict[str, Any], *, is_rest: bool) -> dict[str, Any]:
    """Return a reply, in the envelope of `/rest` if it is of that."""
    whole = {"type": "object", "properties": {"value": schema}} if is_rest else schema
    if form == "swagger":
        return {"description": "", "schema": whole}
    return {"description": "", "content": {"application/json": {"schema": whole}}}


def operation(tag: str, name: str, **responses: dict[str, Any]) -> dict[str, Any]:
    """Return an operation that strangers are refused; it declares no security, as the vendor."""
    replies = {status.removeprefix("s"): one for status, one in responses.items()}
    return {"tags": [tag], "operationId": name, "responses": {**replies, "401": REFUSED}}


def inventory(form: str, *, is_rest: bool) -> dict[str, Any]:
    """Return the document of an operation that needs a session."""
    path = "/rest/vcenter/host" if is_rest else "/api/vcenter/host"
    listed = operation("host", "list", s200=reply(form, STRINGS, is_rest=is_rest))
    return described(form, "vcenter", {path: {"get": listed}})


def sessions(form: str, *, is_rest: bool) -> dict[str, Any]:
    """Return the document of the operations that open and end one."""
    token = reply(form, {"type": "string", "format": "password"}, is_rest=is_rest)
    tag = "com/vmware/cis/session" if is_rest else "session"
    opened = operation(tag, "create", **{"s200" if is_rest else "s201": token})
    ended = operation(tag, "delete", **{"s200" if is_rest else "s204": {"description": ""}})
    path = "/rest/com/vmware/cis/session" if is_rest else "/api/session"
    title = "cis" if is_rest else "session"
    return described(form, title, {path: {"post": opened, "delete": ended}})


@pytest.fixture(params=[(a, b) for a in ("swagger", "openapi") for b in ("swagger", "openapi")])
def forms(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The forms of the document of the operations and of that of the sessions."""
    found: tuple[str, str] = request.param
    return found


@pytest.mark.parametrize("is_rest", [True, False])
def test_client_of_two_documents_logs_in_calls_and_logs_out(
    tmp_path: Path, forms: tuple[str, str], is_rest: bool
) -> None:
    (tmp_path / "vcenter.json").write_text(json.dumps(inventory(forms[0], is_rest=is_rest)))
    (tmp_path / "session.json").write_text(json.dumps(sessions(forms[1], is_rest=is_rest)))
    name = f"login_{forms[0]}_{forms[1]}_{is_rest}".lower()
    module = generated(["vcenter.json", "session.json"], ["*"], tmp_path, tmp_path, name)
    path = "/rest/com/vmware/cis/session" if is_rest else "/api/session"
    server = Server(path, is_rest)
    http = httpx2.Client(transport=httpx2.MockTransport(server))
    with module.Client.login("vc.example.com", "user", "password", http=http) as client:
        resource = client.rest_host if is_rest else client.host
        assert resource.list() == []
    host = "/rest/vcenter/host" if is_rest else "/api/vcenter/host"
    assert server.trace == [f"POST {path}", f"GET {host}", f"DELETE {path}"]


def test_of_two_kinds_of_session_the_client_opens_one(tmp_path: Path) -> None:
    for name, tree in {
        "vcenter": inventory("openapi", is_rest=True),
        "cis": sessions("openapi", is_rest=True),
        "session": sessions("swagger", is_rest=False),
    }.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(tree))
    for order in (["session", "cis"], ["cis", "session"]):
        specs = [f"{one}.json" for one in ("vcenter", *order)]
        module = generated(specs, ["*"], tmp_path, tmp_path, f"two_kinds_{order[0]}")
        server = Server("/api/session", False)
        http = httpx2.Client(transport=httpx2.MockTransport(server))
        module.Client.login("vc.example.com", "user", "password", http=http).close()
        assert server.trace == ["POST /api/session", "DELETE /api/session"]


# What `init` says


@pytest.fixture
def vcgen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Run the command beside the documents."""
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/vcenter.json").write_text(json.dumps(inventory("openapi", is_rest=False)))
    return lambda *arguments: run(arguments, capsys)


def test_init_names_the_document_that_is_missing(vcgen: Callable[..., Outcome]) -> None:
    done = vcgen("init", "specs/vcenter.json")
    assert done.code == 0
    assert done.err == (
        "these operations need a session; those that open one are in another document\n"
        "to let the client log in, add that document to `spec`, and its operations to "
        "`operations`: session.json of the same release\n"
    )


def test_init_names_the_file_where_it_lies_beside(vcgen: Callable[..., Outcome]) -> None:
    Path("specs/cis.json").write_text(json.dumps(sessions("swagger", is_rest=True)))
    done = vcgen("init", "specs/vcenter.json")
    assert done.err.endswith(
        "add that document to `spec`, and its operations to `operations`: specs/cis.json\n"
    )


def test_init_names_the_operations_that_are_not_selected(vcgen: Callable[..., Outcome]) -> None:
    Path("specs/session.json").write_text(json.dumps(sessions("swagger", is_rest=False)))
    both = ("init", "specs/vcenter.json", "--also", "specs/session.json")
    done = vcgen(*both, "-O", "GET /api/vcenter/host")
    assert done.err == (
        "these operations need a session\n"
        "to let the client log in, add to `operations`: "
        '"POST /api/session", "DELETE /api/session"\n'
    )
    assert vcgen(*both, "--output", "generated/second").err == ""


# The documents as they were published


@pytest.mark.parametrize(
    ("specs", "operations", "is_rest"),
    [
        (["7.0.3/vcenter", "7.0.3-swagger2/session"], ["GET */compute/policies", "session"], False),
        (
            ["7.0.3-swagger2/vcenter", "7.0.3-swagger2/session"],
            ["GET /api/*/host", "session"],
            False,
        ),
        (["7.0.3/vcenter", "7.0.3/cis"], ["GET /rest/vcenter/host", "*/session"], True),
        (["7.0.3-swagger2/vcenter", "7.0.3-swagger2/cis"], ["GET /rest/*/host", "*/session"], True),
    ],
)
def test_published_documents_log_in(
    shared: Path, tmp_path: Path, specs: list[str], operations: list[str], is_rest: bool
) -> None:
    files = [f"vsphere-{one}.json" for one in specs]
    name = "published_" + re.sub(r"\W", "_", "_".join(specs))
    module = generated(files, operations, shared / "specs", tmp_path, name)
    path = "/rest/com/vmware/cis/session" if is_rest else "/api/session"
    server = Server(path, is_rest)
    http = httpx2.Client(transport=httpx2.MockTransport(server))
    module.Client.login("vc.example.com", "user", "password", http=http).close()
    assert server.trace == [f"POST {path}", f"DELETE {path}"]

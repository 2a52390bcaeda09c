"""A client of a document before 9.0, which says nothing of security, logs in and out."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from support import importable, selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig

PATH = "/rest/com/vmware/cis/session"
DOCUMENT = f"""
openapi: 3.0.0
info: {{title: Sessions, version: "1"}}
paths:
  {PATH}:
    post:
      tags: [session]
      operationId: create
      responses:
        "200":
          description: The token.
          content:
            application/json: {{schema: {{$ref: "#/components/schemas/cis.session_resp"}}}}
        "401":
          description: Not you.
          content:
            application/json:
              schema: {{$ref: "#/components/schemas/vapi.std.errors.unauthenticated"}}
    delete:
      tags: [session]
      operationId: delete
      responses:
        "200":
          description: Gone.
          content: {{application/json: {{}}}}
  {PATH}?~action=get:
    post:
      tags: [session]
      operationId: get
      responses:
        "200":
          description: Who it is.
          content:
            application/json: {{schema: {{$ref: "#/components/schemas/cis.session_resp"}}}}
components:
  schemas:
    cis.session_resp:
      type: object
      properties: {{value: {{type: string}}}}
      required: [value]
    vapi.std.errors.unauthenticated:
      type: object
      properties:
        messages:
          type: array
          items:
            type: object
            properties: {{default_message: {{type: string}}}}
            required: [default_message]
      required: [messages]
"""


@pytest.fixture
def package(tmp_path: Path) -> Iterator[ModuleType]:
    """Return the client of the document."""
    name = "client_of_sessions"
    (tmp_path / "spec.yaml").write_text(DOCUMENT, encoding="utf-8")
    files = pipeline.generate(selected(ClientConfig("spec.yaml", name), tmp_path))
    write_files(tmp_path / name, files)
    with importable(tmp_path):
        yield importlib.import_module(name)


def server(request: httpx2.Request) -> httpx2.Response:
    """Answer as a server of that time: in envelopes, and with nothing where nothing is said."""
    if request.headers.get("Authorization") == "Basic dTpw":
        return httpx2.Response(200, json={"value": "the-token"})
    if request.headers.get("vmware-api-session-id") != "the-token":
        message = {"id": "a", "default_message": "This method requires authentication."}
        kind = "com.vmware.vapi.std.errors.unauthenticated"
        return httpx2.Response(401, json={"type": kind, "value": {"messages": [message]}})
    if request.method == "DELETE":
        return httpx2.Response(200)
    return httpx2.Response(200, json={"value": "u"})


@pytest.fixture
def seen() -> list[tuple[str, str]]:
    """What the server was asked."""
    return []


@pytest.fixture
def http(seen: list[tuple[str, str]]) -> Iterator[httpx2.Client]:
    """An HTTP client that talks to the server without a network."""

    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append((request.method, request.url.raw_path.decode()))
        return server(request)

    with httpx2.Client(transport=httpx2.MockTransport(respond)) as client:
        yield client


def test_session_begins_with_the_password_and_ends(
    package: Any, http: httpx2.Client, seen: list[tuple[str, str]]
) -> None:
    with package.Client.login("vc.example.com", "u", "p", http=http) as client:
        assert client.rest_session.get() == "u"
    assert seen == [("POST", PATH), ("POST", f"{PATH}?~action=get"), ("DELETE", PATH)]


def test_refused_login_is_unauthenticated(package: Any, http: httpx2.Client) -> None:
    with pytest.raises(package.Unauthenticated, match="requires authentication"):
        package.Client.login("vc.example.com", "u", "wrong", http=http)

"""What a generated client records itself: HAR 1.2, for its owner alone, and without secrets."""

from __future__ import annotations

import asyncio
import importlib
import json
import stat
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from learning_support import corrected
from support import importable, selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.learning import corrections, learn, read_har

SECRET = "5ec4e7"
SPEC = """\
openapi: 3.0.3
info: {title: Users, version: "1"}
servers: [{url: /api}]
security: [{key: [], token: []}]
paths:
  /session:
    post:
      tags: [session]
      operationId: session_create
      responses:
        "201":
          description: T.
          content: {application/json: {schema: {type: string, format: password}}}
  /token/{name}:
    get:
      tags: [session]
      operationId: session_token
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: T.
          content: {application/json: {schema: {$ref: "#/components/schemas/Token"}}}
  /users/{user}:
    put:
      tags: [users]
      operationId: users_put
      parameters: [{name: user, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}
      responses:
        "200":
          description: The user.
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: api_key}
    token: {type: apiKey, in: header, name: X-Token}
  schemas:
    Token: {type: object, properties: {value: {type: string, format: password}}}
    User:
      type: object
      required: [name, mail]
      properties:
        name: {type: string}
        mail: {type: string}
        word: {type: string, format: password}
        keys: {type: object, properties: {private: {type: string, format: password}}}
"""
USER = {"name": "o", "word": f"{SECRET}-word", "keys": {"private": f"{SECRET}-private"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the document and its client."""
    folder = tmp_path_factory.mktemp("recording")
    (folder / "spec.yaml").write_text(SPEC)
    client = ClientConfig("spec.yaml", "recorded_users", recording=True)
    write_files(folder / "recorded_users", dict(pipeline.generate(selected(client, folder))))
    return folder


@pytest.fixture(scope="module")
def users(folder: Path) -> ModuleType:
    """The client, imported."""
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("recorded_users")
    finally:
        sys.path.remove(str(folder))


def answer(request: httpx2.Request) -> httpx2.Response:
    """Answer as a server that keeps and tells secrets."""
    cookie = {"Set-Cookie": f"s={SECRET}-cookie"}
    if request.url.path == "/api/session":
        return httpx2.Response(201, json=f"{SECRET}-session", headers=cookie)
    if request.url.path.startswith("/api/token/"):
        return httpx2.Response(200, json={"value": f"{SECRET}-token"})
    return httpx2.Response(200, json=[USER, {"name": "p"}], headers=cookie)


CREDENTIALS = {"key": f"{SECRET}-key", "token": f"{SECRET}-header"}


def use(users: ModuleType, http: Any) -> None:
    """Make a call of each kind."""
    client = users.Client("x.example.com", http=http, **CREDENTIALS)
    assert client.session.create() == f"{SECRET}-session"
    assert client.session.token("me").value == f"{SECRET}-token"
    user = users.User(name="o", mail="m", word=f"{SECRET}-sent")
    assert client.users.put("u1", user)[0].word == f"{SECRET}-word"


def entries(file: Path) -> list[dict[str, Any]]:
    """Return the entries of a recording."""
    found: list[dict[str, Any]] = json.loads(file.read_text())["log"]["entries"]
    return found


def test_recording_holds_bodies_and_no_secret(users: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"
    file.write_text("old")
    file.chmod(0o644)
    with users.record_traffic(file, transport=httpx2.MockTransport(answer)) as http:
        use(users, http)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET not in file.read_text()
    session, token, put = entries(file)
    assert session["request"]["url"] == "https://x.example.com/api/session?api_key=%2A%2A%2A"
    assert "text" not in session["response"]["content"]
    assert "text" not in token["response"]["content"]
    assert json.loads(put["request"]["postData"]["text"]) == {
        "name": "o",
        "mail": "m",
        "word": "***",
    }
    assert json.loads(put["response"]["content"]["text"]) == [
        {"name": "o", "word": "***", "keys": {"private": "***"}},
        {"name": "p"},
    ]
    assert [one["response"]["status"] for one in (session, token, put)] == [201, 200, 200]


def test_asynchronous_client_records_the_same(users: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"

    async def call() -> None:
        transport = httpx2.MockTransport(answer)
        async with users.record_traffic_async(file, transport=transport) as http:
            client = users.AsyncClient("x.example.com", http=http, **CREDENTIALS)
            await client.users.put("u1", users.User(name="o", mail="m"))

    asyncio.run(call())
    (put,) = entries(file)
    assert len(json.loads(put["response"]["content"]["text"])) == 2
    assert SECRET not in file.read_text()


def test_calls_of_a_method_of_its_own_are_secret_too(tmp_path: Path) -> None:
    head, tail = SPEC.split("    post:\n", 1)
    operation, rest = tail.split("  /token", 1)
    indented = operation.replace("\n      ", "\n          ").rstrip()
    renewing = f"    additionalOperations:\n      M-RENEW:\n    {indented}\n"
    spec = f"{head}{renewing}  /token{rest}".replace("3.0.3", "3.2.0")
    (tmp_path / "spec.yaml").write_text(spec)
    client = ClientConfig("spec.yaml", "renewing", recording=True)
    write_files(tmp_path / "renewing", dict(pipeline.generate(selected(client, tmp_path))))
    with importable(tmp_path):
        package: Any = importlib.import_module("renewing")
        file = tmp_path / "calls.har"
        with package.record_traffic(file, transport=httpx2.MockTransport(answer)) as http:
            sending = package.Client("x.example.com", http=http, **CREDENTIALS)
            assert sending.session.create() == f"{SECRET}-session"
    (renewed,) = entries(file)
    assert renewed["request"]["method"] == "M-RENEW"
    assert SECRET not in file.read_text()


def test_recording_is_bounded(users: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"
    with users.record_traffic(file, 1500, transport=httpx2.MockTransport(answer)) as http:
        for _ in range(4):
            use(users, http)
    assert file.stat().st_size < 2000
    log = json.loads(file.read_text())["log"]
    assert 0 < len(log["entries"]) < 12
    assert log["comment"] == f"{12 - len(log['entries'])} exchanges left out"


def test_recording_of_a_block_that_fails_is_whole(users: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"
    with (
        pytest.raises(ZeroDivisionError),
        users.record_traffic(file, transport=httpx2.MockTransport(answer)) as http,
    ):
        use(users, http)
        _ = 1 / 0
    assert len(entries(file)) == 3


def test_recording_is_learned_from(users: ModuleType, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"
    with users.record_traffic(file, transport=httpx2.MockTransport(answer)) as http:
        use(users, http)
    client = ClientConfig("spec.yaml", "recorded_users", recording=True)
    found = corrections(learn(selected(client, folder), read_har(file)))
    assert [one.message for one in found.corrections] == [
        "a required property is missing: User.mail"
    ]
    corrected(folder, client, found)
    assert SECRET not in (folder / "learned.yaml").read_text()


def test_package_records_only_where_that_is_wanted(folder: Path) -> None:
    plain = pipeline.generate(selected(ClientConfig("spec.yaml", "plain"), folder))
    assert "recording.py" not in plain
    assert "record_traffic" not in "".join(plain.values())
    one = ClientConfig("spec.yaml", "one", flavours=("sync",), recording=True)
    text = pipeline.generate(selected(one, folder))["recording.py"]
    assert "def record_traffic(" in text
    assert "async" not in text

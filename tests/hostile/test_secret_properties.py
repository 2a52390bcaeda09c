"""Secret properties: in what is sent, and in no `repr`, exception or deviation."""

from __future__ import annotations

import asyncio
import copy
import importlib
import json
import pickle
import shutil
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from support import importable

SECRET = "5ec4e7"
GOLDEN = Path(__file__).parents[1] / "golden" / "secret_properties"
WHOLE = {
    "name": "a",
    "password": SECRET,
    "old-password": SECRET,
    "pin": f"{SECRET}0",
    "recovery": [SECRET],
    "tokens": {"a": SECRET},
    "either": SECRET,
    "login": {"user": "u"},
    "keys": {"kind": "k", "other": SECRET, "admin": {"name": "n", "root": SECRET}},
}


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("accounts")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        shutil.copy(GOLDEN / "spec.yaml", folder)
        generate(folder, "spec.yaml", "accounts_client")
    with importable(folder):
        yield importlib.import_module("accounts_client")


def generate(folder: Path, spec: str, name: str) -> None:
    from vcgen.cli import main

    with pytest.raises(SystemExit) as caught:
        output = str(folder / name)
        main(["generate", "--spec", str(folder / spec), "-O", "*", "--output", output])
    assert caught.value.code == 0


def answered(package: ModuleType, flavour: str, status: int, body: object, **options: Any) -> Any:
    """Create an account, and return what the server answers; what was sent is the second."""
    sent: list[bytes] = []
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        headers = {"Content-Type": "application/json"}
        return httpx2.Response(status, content=content, headers=headers)

    transport: Any = httpx2.MockTransport(answer)
    account = package.Account(name="a", password=SECRET, tokens={"a": SECRET})
    if flavour == "sync":
        http = httpx2.Client(transport=transport)
        client = package.Client("h.test", http=http, **options)
        return client.accounts.create(account), sent
    other = httpx2.AsyncClient(transport=transport)
    asynchronous = package.AsyncClient("h.test", http=other, **options)
    return asyncio.run(asynchronous.accounts.create(account)), sent


def shown(value: Any) -> str:
    """Return all that shows a value."""
    return f"{value} {value!r} {[value]!r} {value.__rich_repr__()}"


@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_secrets_are_sent_and_read_and_not_shown(accounts: ModuleType, flavour: str) -> None:
    body = {**WHOLE, "pin": 1}
    value, sent = answered(accounts, flavour, 201, body)
    assert json.loads(sent[0]) == {"name": "a", "password": SECRET, "tokens": {"a": SECRET}}
    assert value.password == value.either == value.recovery[0] == SECRET
    assert value.keys.additional_properties == {"other": SECRET}
    assert value.keys.admin.root == SECRET
    assert SECRET not in shown(value)
    assert "name='a', password='***', old_password='***', pin='***'" in repr(value)
    assert "Login(user='u')" in repr(value)
    for other in (
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),
    ):
        assert other == value
        assert SECRET not in shown(other)


def test_absence_is_shown(accounts: ModuleType) -> None:
    assert repr(accounts.Refusal()) == "Refusal(code=None, given=None)"
    assert repr(accounts.Refusal(given="")) == "Refusal(code=None, given='***')"
    account = accounts.Account(name="a", password=SECRET)
    account.keys = accounts.Keys(admin=account)
    assert SECRET not in shown(account)


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("is_strict", [True, False])
def test_no_secret_in_a_deviation(
    accounts: ModuleType, flavour: str, is_strict: bool, caplog: pytest.LogCaptureFixture
) -> None:
    body = {**WHOLE, "name": None, "password": [SECRET], "either": {"a": SECRET}}
    if is_strict:
        with pytest.raises(accounts.UnexpectedResponse) as caught:
            answered(accounts, flavour, 201, body, strict=True)
        assert SECRET not in f"{caught.value} {caught.value.args[:4]!r}"
        return
    with accounts.recorded_deviations() as deviations:
        value, _ = answered(accounts, flavour, 201, body)
    assert {one.path for one in deviations} >= {"$.password", "$.pin", "$.either"}
    assert value.keys.admin.root == SECRET
    assert SECRET not in f"{deviations} {shown(value)} {caplog.text}"
    assert value.password == json.dumps([SECRET])


ERRORS: list[object] = [
    {"code": 1, "given": SECRET},
    {"code": "x", "given": SECRET, "password": SECRET},
    {"password": [SECRET, SECRET], "code": 1},
    {"a": {"tokens": {"x": SECRET, "y": SECRET}}, "b": 1},
    {"pin": SECRET, "old-password": None},
    {"a": [{"root": 'q"' + SECRET}], "b": 1},
    b'{"a": 1, "password": "' + SECRET.encode(),
    b'{"a": 1, "password": ["' + SECRET.encode(),
    b'{"password" : 5ec4e7, "a": ',
]


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize("body", ERRORS, ids=str)
def test_no_secret_in_an_error(
    accounts: ModuleType, flavour: str, status: int, body: object
) -> None:
    with pytest.raises(accounts.ApiError) as caught:
        answered(accounts, flavour, status, body)
    assert SECRET not in f"{caught.value} {caught.value.error!r} {caught.value.message}"
    assert SECRET.encode() in caught.value.body


def test_package_without_secrets_has_no_code_for_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (GOLDEN / "spec.yaml").read_text(encoding="utf-8").replace("format: password", "")
    (tmp_path / "spec.yaml").write_text(text.replace(", }", "}"), encoding="utf-8")
    generate(tmp_path, "spec.yaml", "plain_client")
    for file in (tmp_path / "plain_client").rglob("*.py"):
        assert not {"hides", "SECRETS", "***"} & {*file.read_text(encoding="utf-8").split("(")}


SWAGGER = """
swagger: "2.0"
info: {title: T, version: "1"}
paths:
  /a:
    put:
      operationId: put
      tags: [things]
      parameters: [{name: body, in: body, schema: {$ref: "#/definitions/A"}}]
      responses: {"204": {description: d}}
definitions:
  A: {type: object, properties: {name: {type: string}, pw: {type: string, format: password}}}
"""
VSPHERE = """
openapi: 3.0.0
info: {title: T, version: "1"}
paths:
  /a:
    put:
      operationId: put
      tags: [things]
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Vapi.Std.A"}}}
      responses: {"204": {description: d}}
components:
  schemas:
    Vapi.Std.A:
      type: object
      properties:
        password: {type: string}
        client_secret: {type: string}
        sso_admin_password: {type: string}
        access_token: {type: string}
        name: {type: string}
        password_expires: {type: string}
"""


@pytest.mark.parametrize(
    ("document", "hidden"),
    [
        (SWAGGER, {"pw"}),
        (VSPHERE, {"password", "client_secret", "sso_admin_password", "access_token"}),
    ],
    ids=["swagger", "vsphere"],
)
def test_secrets_of_other_documents(document: str, hidden: set[str], tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(document, encoding="utf-8")
    name = f"secrets_of_{len(hidden)}"
    generate(tmp_path, "spec.yaml", name)
    with importable(tmp_path):
        package = importlib.import_module(name)
    made = [getattr(package, one) for one in package.__all__]
    (model,) = [one for one in made if "name" in getattr(one, "__struct_fields__", ())]
    value = model(**dict.fromkeys(model.__struct_fields__, SECRET))
    assert {key for key, one in value.__rich_repr__() if one == "***"} == hidden
    assert repr(value).count(SECRET) == len(model.__struct_fields__) - len(hidden)


ARGUMENTS = """
openapi: 3.1.1
info: {title: T, version: "1"}
paths:
  /a/{code}:
    post:
      operationId: create
      tags: [things]
      parameters:
        - {name: code, in: path, required: true, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: pin, in: query, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: X-Key, in: header, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: sid, in: cookie, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: page, in: query, schema: {type: number}}
      requestBody:
        content: {text/plain: {schema: {$ref: "#/components/schemas/Secret"}}}
      responses: {"204": {description: d}}
components: {schemas: {Secret: {type: string, format: password}}}
"""


@pytest.fixture(scope="module")
def arguments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("arguments")
    (folder / "spec.yaml").write_text(ARGUMENTS, encoding="utf-8")
    generate(folder, "spec.yaml", "arguments_client")
    with importable(folder):
        yield importlib.import_module("arguments_client")


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (204, {"x_key": f"{SECRET}\n"}),
        (204, {"page": float("nan")}),
        (404, {}),
        (302, {}),
        (0, {}),
    ],
)
def test_no_secret_argument_in_the_frames_of_a_call(
    arguments: ModuleType, flavour: str, status: int, wrong: dict[str, Any]
) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        if not status:
            raise httpx2.ReadTimeout("it takes too long", request=request)
        return httpx2.Response(status)

    names = ("code", "pin", "x_key", "sid", "body")
    given: dict[str, Any] = {**{name: f"{SECRET}-{name}" for name in names}, **wrong}
    transport: Any = httpx2.MockTransport(answer)
    with pytest.raises((arguments.ClientError, ValueError)) as caught:
        if flavour == "sync":
            http = httpx2.Client(transport=transport)
            arguments.Client("h.test", http=http, retries=0).things.create(**given)
        else:
            other = httpx2.AsyncClient(transport=transport)
            client = arguments.AsyncClient("h.test", http=other, retries=0)
            asyncio.run(client.things.create(**given))
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [f"{one.locals}" for one in told.stack if one.filename != __file__]
    assert any("draft" in one or "call" in one for one in ours)
    # A path shows what it names: the URL of an exception is whole but for its query.
    shown_by_url = f"{SECRET}-code"
    assert SECRET not in "".join(ours).replace(shown_by_url, "")
    assert SECRET not in f"{caught.value} {caught.value!r}".replace(shown_by_url, "")
    if not wrong:
        assert f"pin={SECRET}-pin" in str(sent[0].url)
        assert sent[0].content == f"{SECRET}-body".encode()

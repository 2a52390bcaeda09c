"""Secret arguments of what takes long: waiters, iterators of pages, tasks. No frame shows them."""

from __future__ import annotations

import asyncio
import importlib
import traceback
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx2
import pytest
from support import importable

SECRET = "5ec4e7"
LONG = """
openapi: 3.1.1
info: {title: T, version: "1"}
paths:
  /a:
    post:
      operationId: poll
      tags: [things]
      parameters: &parameters
        - {name: call, in: query, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: begun, in: header, schema: {$ref: "#/components/schemas/Secret"}}
        - {name: page, in: query, schema: {type: integer}}
      requestBody: &body
        content: {text/plain: {schema: {$ref: "#/components/schemas/Secret"}}}
      responses:
        "200":
          description: d
          content: {application/json: {schema: {$ref: "#/components/schemas/P"}}}
  /b:
    post:
      operationId: start_b
      tags: [things]
      parameters: *parameters
      requestBody: *body
      responses:
        "202": {description: d, headers: {Location: {schema: {type: string, format: uri}}}}
components:
  schemas:
    Secret: {type: string, format: password}
    P: {type: object, properties: {status: {type: string}, items: {type: array, items: {}}}}
"""
LONG_CONFIG = """
[[clients]]
spec = "spec.yaml"
output = "long_client"
operations = ["*"]
pages = [{ operation = "poll", items = "items", page = "page", first = 0 }]
waiters = [{ name = "ready", operation = "poll", interval = 0.01, success = [
    { property = "status", values = ["A"] },
] }]
"""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    from vcgen.cli import main

    folder = tmp_path_factory.mktemp("long")
    (folder / "spec.yaml").write_text(LONG, encoding="utf-8")
    (folder / "vcgen.toml").write_text(LONG_CONFIG, encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["generate", "--config", str(folder / "vcgen.toml")])
    assert caught.value.code == 0
    with importable(folder):
        yield importlib.import_module("long_client")


@pytest.mark.parametrize("status", [404, 0])
@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(
    "name", ["poll", "wait_until_ready", "iterate_poll", "start_b", "start_b.wait"]
)
def test_no_secret_argument_in_the_frames_of_what_takes_long(
    long: ModuleType, name: str, flavour: str, status: int
) -> None:
    """A waiter, an iterator of pages and a task that fail, at once or as they go on."""
    sent: list[httpx2.Request] = []
    name, _, then = name.partition(".")
    begins = 0 if name == "start_b" and not then else 1

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        if len(sent) > begins:
            if not status:
                raise httpx2.ReadTimeout("it takes too long", request=request)
            return httpx2.Response(status)
        if request.url.path == "/b":
            return httpx2.Response(202, headers={"Location": "https://h.test/tasks/1"})
        return httpx2.Response(200, json={"status": "B", "items": [1]})

    given: dict[str, Any] = {one: f"{SECRET}-{one}" for one in ("call", "begun", "body")}
    patience = {"timeout": 0.05} if name == "wait_until_ready" else {}
    transport: Any = httpx2.MockTransport(answer)

    async def asynchronously() -> None:
        http = httpx2.AsyncClient(transport=transport)
        things = long.AsyncClient("h.test", http=http, retries=0).things
        if name == "iterate_poll":
            async for _ in things.iterate_poll(**given):
                pass
            return
        found = await getattr(things, name)(**given, **patience)
        await (found.wait(interval=0.01, timeout=0.05) if then else things.poll(**given))

    def synchronously() -> None:
        http = httpx2.Client(transport=transport)
        things = long.Client("h.test", http=http, retries=0).things
        if name == "iterate_poll":
            list(things.iterate_poll(**given))
        found = getattr(things, name)(**given, **patience)
        found.wait(interval=0.01, timeout=0.05) if then else things.poll(**given)

    with pytest.raises(long.ClientError) as caught:
        synchronously() if flavour == "sync" else asyncio.run(asynchronously())
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [f"{one.locals}" for one in told.stack if one.filename != __file__]
    assert len(ours) >= 2
    assert SECRET not in f"{ours} {caught.value} {caught.value!r}"
    assert sent[0].content == f"{SECRET}-body".encode()
    assert sent[0].url.params["call"] == f"{SECRET}-call"

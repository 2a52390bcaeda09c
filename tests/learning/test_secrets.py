"""Nothing secret of a browser's traffic is in what is learned of it, nor in what is printed.

A browser records all that it sends and receives: credentials in headers, cookies, the URL and the
body, and passwords in the replies.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import run

RECORDED = Path(__file__).parent / "recorded" / "chromium.har"
SECRET = "5ec4e7"
# All that shows in a report of traffic: what is right, wrong, undeclared and unknown.
SPEC = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: /api}]
security: [{key: []}, {token: []}, {login: []}, {cookie: []}]
paths:
  /disks:
    get:
      operationId: disks_list
      responses:
        "200":
          description: All.
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Disk"}}}
  /disks/{disk}:
    parameters: [{name: disk, in: path, required: true, schema: {type: string}}]
    get:
      operationId: disks_get
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {$ref: "#/components/schemas/Disk"}}}
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: api_key}
    cookie: {type: apiKey, in: cookie, name: session}
    token: {type: http, scheme: bearer}
    login: {type: http, scheme: basic}
  schemas:
    Disk:
      type: object
      required: [name, size]
      properties:
        name: {type: string}
        size: {type: integer}
        state: {type: string, enum: ["ON", "OFF"]}
        word: {type: string, format: password}
        listed: {type: string, format: password, enum: [none]}
        number: {type: integer, format: password}
        secrets:
          type: object
          additionalProperties: {type: string, format: password, enum: [none]}
        words: {type: array, items: {type: string, format: password, enum: [none]}}
        parts: {allOf: [{type: string, enum: [none]}, {format: password}]}
        either: {oneOf: [{type: string, format: password, enum: [none]}, {type: object}]}
"""
CONFIG = '[[clients]]\nspec = "spec.yaml"\noperations = ["disks_*"]\noutput = "generated/disks"\n'
NUMBER = 5474723  # a secret that is a number
DISK = {
    "name": "d1",
    "state": "LOST",
    "word": f"{SECRET}-word",
    "listed": f"{SECRET}-listed",
    "number": f"{SECRET}-number",
    "secrets": {"a": f"{SECRET}-map"},
    "words": [f"{SECRET}-item"],
    "parts": f"{SECRET}-part",
    "either": f"{SECRET}-alternative",
    "unknown": {"word": f"{SECRET}-unknown", "number": NUMBER},
}


def _with_secrets(recorded: dict[str, Any]) -> Iterator[str]:
    """Put secrets wherever a browser has them, and yield them."""
    for index, one in enumerate(recorded["log"]["entries"]):
        request, response = one["request"], one["response"]
        names = ("basic", "bearer", "cookie", "query", "body", "set-cookie", "reply")
        basic, bearer, cookie, query, body, set_cookie, reply = (
            f"{SECRET}-{name}-{index}" for name in names
        )
        coded = base64.b64encode(f"user:{basic}".encode()).decode()
        request["headers"] += [
            {"name": "Authorization", "value": f"Basic {coded}"},
            {"name": "Authorization", "value": f"Bearer {bearer}"},
            {"name": "Cookie", "value": f"session={cookie}"},
        ]
        request["cookies"].append({"name": "session", "value": cookie})
        request["queryString"].append({"name": "api_key", "value": query})
        request["url"] += f"{'&' if '?' in request['url'] else '?'}api_key={query}"
        text = json.dumps({"password": body})
        request["postData"] = {"mimeType": "application/json", "text": text}
        response["headers"].append({"name": "Set-Cookie", "value": f"session={set_cookie}"})
        response["cookies"].append({"name": "session", "value": set_cookie})
        if "/disks" in request["url"] and response["status"] == 200:
            disk = {**DISK, "word": reply}
            value = disk if "/disks/" in request["url"] else [disk]
            response["content"].update(text=json.dumps(value), mimeType="application/json")
            response["content"].pop("encoding", None)
        else:
            response["content"].update(text=json.dumps({"password": reply}), encoding="")
        yield from (coded, basic, bearer, cookie, query, body, set_cookie, reply)


@pytest.mark.parametrize("more", [(), ("--properties",)])
def test_nothing_secret_is_learned_from_a_browser(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    recorded = json.loads(RECORDED.read_text())
    secrets = [*_with_secrets(recorded), SECRET, str(NUMBER)]
    Path("calls.har").write_text(json.dumps(recorded))
    Path("spec.yaml").write_text(SPEC)
    Path("vcgen.toml").write_text(CONFIG)
    outcome = run(["learn", "calls.har", *more], capsys)
    written = Path("specs/learned.yaml").read_text()
    texts = [outcome.out, outcome.err, written, Path("vcgen.toml").read_text()]
    assert [one for one in secrets if any(one in text for text in texts)] == []
    # It is not that nothing was learned.
    assert "another type: Disk.number" in written
    assert "Disk.properties.number.format" not in written  # or it would be shown from now on
    assert "LOST" in written
    assert "@=='size'" in written
    assert "listed" in outcome.out + written

"""The examples of responses in published documents lose nothing when they are read and written."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import msgspec
import pytest
from support import importable, selected, write_files
from test_recorded_replies import lost
from vcgen import ir, pipeline
from vcgen.config import ClientConfig
from vcgen.reading import document

pytestmark = pytest.mark.slow

UNDECLARED = "it has a property that its schema does not declare, of a class that is only read"
NANOSECONDS = "it has nanoseconds, and a datetime has microseconds"
FLUX = "a duration of Flux (`1h`) is not one of ISO 8601; the client keeps the text"
# How each of them shows.
SEEN = {UNDECLARED: "found None", NANOSECONDS: "found '2022-", FLUX: "expected IsoDuration"}
# By document: how many examples there are, and which of them do not come back whole, with why.
RATES: dict[str, tuple[int, dict[str, str]]] = {
    "docker.yaml": (8, {"GET /networks": UNDECLARED}),
    "iceberg.yaml": (1, {}),
    "influx-oss.json": (
        31,
        {
            "POST /query/ast": UNDECLARED,
            "PATCH /buckets/{bucketID}": NANOSECONDS,
            "GET /orgs": UNDECLARED,
            "POST /orgs": UNDECLARED,
            "GET /tasks/{taskID}/runs/{runID}": UNDECLARED,
            "POST /tasks/{taskID}/runs/{runID}/retry": UNDECLARED,
            "POST /tasks/{taskID}/owners": UNDECLARED,
            "GET /tasks": FLUX,  # two examples
        },
    ),
    "powerstore.json": (2, {}),
}


@dataclass(frozen=True)
class Example:
    """A response as a document shows it.

    Attributes:
        operation: `GET /path`.
        status: Its status.
        body: Its JSON body.
    """

    operation: str
    status: int
    body: Any


def examples(tree: Any) -> Iterator[Example]:
    """Yield the JSON examples of the successes of a document."""
    for path, item in tree["paths"].items():
        for method, operation in item.items():
            for status, response in _responses(operation):
                for body in _bodies(response, tree):
                    yield Example(f"{method.upper()} {path}", int(status), body)


def _responses(operation: Any) -> list[tuple[str, Any]]:
    found = operation.get("responses", {}) if isinstance(operation, dict) else {}
    return [pair for pair in found.items() if pair[0].isdecimal() and pair[0][0] == "2"]


def _bodies(response: Any, tree: Any) -> Iterator[Any]:
    """Yield what is shown of a response, in the terms of 3.0 and of Swagger 2.0."""
    media = response.get("content", {}).items()
    shown = [(name, value) for name, value in response.get("examples", {}).items()]
    shown += [(name, one["example"]) for name, one in media if "example" in one]
    for name, one in media:
        referred = (_followed(value, tree) for value in one.get("examples", {}).values())
        shown += [(name, each["value"]) for each in referred if "value" in each]
    yield from (value for name, value in shown if "json" in name)


def _followed(value: Any, tree: Any) -> Any:
    for key in value.get("$ref", "").split("/")[1:]:
        tree = tree[key]
    return tree if "$ref" in value else value


@pytest.mark.parametrize("name", RATES)
def test_examples_lose_nothing(name: str, shared: Path, tmp_path: Path) -> None:
    spec = shared / "specs" / "others" / name
    tree = document.read(str(spec)).tree
    found = list(examples(tree))
    client = ClientConfig(name, "documented", tuple({one.operation for one in found}))
    source = selected(client, spec.parent)
    package = pipeline.build(source)
    folder = tmp_path / f"documented_{spec.stem.replace('-', '_')}"
    write_files(folder, pipeline.generate(source))
    with importable(tmp_path):
        module = importlib.import_module(folder.name)
        results = [_survived(one, module, package) for one in found]
    count, reasons = RATES[name]
    wrong = {one.operation: told for one, told in zip(found, results, strict=True) if told}
    assert (len(found), wrong.keys()) == (count, reasons.keys()), wrong
    for operation, told in wrong.items():
        assert SEEN[reasons[operation]] in told


def _survived(example: Example, module: ModuleType, package: ir.Package) -> str:
    """Return what an example loses, "" if nothing."""
    resource, operation = next(
        (resource, operation)
        for resource in package.resources
        for operation in resource.operations
        if operation.key == example.operation
    )
    respond = httpx2.MockTransport(lambda _: httpx2.Response(example.status, json=example.body))
    http = httpx2.Client(transport=respond)
    with http, module.Client(base_url="http://test", http=http) as client:
        call = getattr(getattr(client, resource.attribute), operation.name)
        parameters = inspect.signature(call).parameters.values()
        given = ["x" for one in parameters if one.default is inspect.Parameter.empty]
        with module.recorded_deviations() as deviations:
            value = call(*given)
    written = json.loads(msgspec.json.encode(value))
    return "; ".join([*map(str, deviations), *lost(example.body, written)])

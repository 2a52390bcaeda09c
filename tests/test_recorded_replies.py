"""Replies recorded from real servers decode with the client of the 7.0.3 documents, nothing lost.

The published OpenAPI document of vCenter 7.0.3 has the `/rest` form of what was recorded, that in
Swagger 2.0 has `/api` too: each reply is tried with every document that declares its operation.
"""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import msgspec
import pytest
from support import importable, selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.dialect import get
from vcgen.runtime.models.durations import decode_duration
from vcgen.text import method_names, naming

SUCCESSES = [f"{number:02}" for number in [*range(1, 28), 40]]
REST = ["01", "02", "05", "10"]
LISTS = ["02", "04", "05", "07", "08", "16", "18", "22", "24", "25", "26", "27"]
API_ERRORS = ["28", "29", "30", "31", "35"]
REST_ERRORS = {
    "33": "InvalidArgument",
    "34": "ServiceUnavailable",
    "38": "NotFound",
    "39": "NotFound",
}

VCENTER = "vsphere-7.0.3-swagger2/vcenter.json"
VCENTER_3 = "vsphere-7.0.3/vcenter.json"
SESSION = "vsphere-7.0.3-swagger2/session.json"
CIS = ["vsphere-7.0.3-swagger2/cis.json", "vsphere-7.0.3/cis.json"]

OPERATIONS = {
    "17": "GET /api/vcenter/vm/{vm}/hardware/disk/{disk}",  # recorded from list and get
    "36": "POST /rest/com/vmware/cis/session",
    "37": "POST /api/session",  # recorded without HTTP
    "39": "GET /rest/vcenter/vm/{vm}",  # recorded from an address that no document has
}

Packages = Callable[[str], ModuleType]


class Recorded:
    """A recorded reply, and the operation that it answers."""

    def __init__(self, shared: Path, number: str) -> None:
        found = sorted((shared / "payloads").glob(f"{number}_*.json"))
        if not found:
            pytest.skip(f"the recorded reply {number} is not here: ../shared/payloads is missing")
        payload = json.loads(found[0].read_text(encoding="utf-8"))
        path = payload["path"].partition(" ")[0].partition("?names=")[0]
        self.operation = OPERATIONS.get(number, f"{payload['method']} {path}")
        self.status: int = payload["http_status"]
        self.body: Any = payload["body"]

    @property
    def is_rest(self) -> bool:
        return " /rest/" in self.operation

    def respond(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(self.status, json=self.body)

    def replay(self, package: ModuleType, document: dict[str, Any]) -> Any:
        """Return what the operation answers to the recorded reply."""
        http = httpx2.Client(transport=httpx2.MockTransport(self.respond))
        method, path = self.operation.split(" ")
        node = document["paths"][path][method.lower()]
        tag = f"rest/{node['tags'][0]}" if self.is_rest else node["tags"][0]
        roots = get("vsphere").roots
        with http, package.Client(base_url="http://vc.example.com", http=http) as client:
            resource = getattr(client, naming.resource_attribute(tag, roots))
            call = getattr(resource, method_names.method_name(node["operationId"], node["tags"][0]))
            parameters = inspect.signature(call).parameters.values()
            return call(*("x" for one in parameters if one.default is inspect.Parameter.empty))


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packages]:
    """Return a function that generates and imports the client of a document, once."""
    made: dict[str, ModuleType] = {}
    folder = tmp_path_factory.mktemp("recorded")
    shared = Path(__file__).parents[2] / "shared"

    def package(document: str) -> ModuleType:
        if document not in made:
            name = f"recorded_{len(made)}"
            _write(shared / "specs" / document, folder / name, wanted(shared, document))
            importlib.invalidate_caches()
            made[document] = importlib.import_module(name)
        return made[document]

    with importable(folder):
        yield package


def wanted(shared: Path, document: str) -> tuple[str, ...]:
    """Return the operations of a document that a reply was recorded of."""
    paths = read(shared, document)["paths"]
    numbers = [*SUCCESSES, *API_ERRORS, *REST_ERRORS, "32", "36", "37"]
    operations = dict.fromkeys(Recorded(shared, number).operation for number in numbers)
    split = {operation: operation.split(" ") for operation in operations}
    return tuple(o for o, (method, path) in split.items() if method.lower() in paths.get(path, {}))


def _write(spec: Path, folder: Path, operations: tuple[str, ...]) -> None:
    client = ClientConfig(spec.name, folder.name, operations)
    write_files(folder, pipeline.generate(selected(client, spec.parent)))


@cache
def read(shared: Path, document: str) -> dict[str, Any]:
    """Return a document as it is; nobody changes it."""
    text = (shared / "specs" / document).read_text(encoding="utf-8")
    tree: dict[str, Any] = json.loads(text)
    return tree


def lost(recorded: Any, found: Any, place: str = "") -> Iterator[str]:
    """Yield what was recorded, and is not found; null and absent are the same."""
    if isinstance(recorded, dict) and isinstance(found, dict):
        for key, value in recorded.items():
            yield from lost(value, found.get(key), f"{place}/{key}")
    elif isinstance(recorded, list) and isinstance(found, list) and len(recorded) == len(found):
        for index, (one, other) in enumerate(zip(recorded, found, strict=True)):
            yield from lost(one, other, f"{place}/{index}")
    elif recorded != found and not _is_same_time(recorded, found):
        yield f"{place}: recorded {recorded!r}, found {found!r}"


def _is_same_time(one: Any, other: Any) -> bool:
    for parse in (datetime.fromisoformat, decode_duration):
        with suppress(TypeError, ValueError, AttributeError):
            return bool(parse(one) == parse(other))
    return False


@pytest.mark.parametrize(
    ("document", "number"),
    [(SESSION if number == "40" else VCENTER, number) for number in SUCCESSES]
    + [(VCENTER_3, number) for number in REST],
)
def test_recorded_success_loses_nothing(
    packages: Packages, shared: Path, document: str, number: str
) -> None:
    recorded = Recorded(shared, number)
    answer = recorded.replay(packages(document), read(shared, document))
    body = recorded.body["value"] if recorded.is_rest else recorded.body
    assert list(lost(body, json.loads(msgspec.json.encode(answer)))) == []
    # What has no type loses nothing, and says nothing.
    assert not any(isinstance(one, dict) for one in [answer, *(answer if number in LISTS else [])])


def test_recorded_errors_inside_of_a_success_lose_nothing(packages: Packages, shared: Path) -> None:
    recorded = Recorded(shared, "32")
    # What recorded it wrote booleans as 0 and 1.
    recorded.body["succeeded"] = bool(recorded.body["succeeded"])
    answer = recorded.replay(packages(VCENTER), read(shared, VCENTER))
    assert list(lost(recorded.body, json.loads(msgspec.json.encode(answer)))) == []
    # The document says of it no more than that it is an object.
    assert answer.error.errors[0].error["error_type"] == "UNABLE_TO_ALLOCATE_RESOURCE"


def raised(packages: Packages, shared: Path, document: str, recorded: Recorded) -> Any:
    """Return the exception that a recorded error becomes."""
    package = packages(document)
    with pytest.raises(package.ApiError) as caught:
        recorded.replay(package, read(shared, document))
    return caught.value


def check(error: Any, recorded: Recorded, body: dict[str, Any]) -> None:
    """See that an exception has all of the recorded error, and says what it says."""
    assert error.status_code == recorded.status
    assert list(lost(body, json.loads(msgspec.json.encode(error.error)))) == []
    text = str(error)
    assert all(message["default_message"] in text for message in body["messages"])


@pytest.mark.parametrize("number", API_ERRORS)
def test_recorded_error(packages: Packages, shared: Path, number: str) -> None:
    recorded = Recorded(shared, number)
    error = raised(packages, shared, VCENTER, recorded)
    assert type(error).__name__ == naming.pascal(recorded.body["error_type"].lower())
    check(error, recorded, recorded.body)


@pytest.mark.parametrize("document", [VCENTER, VCENTER_3])
@pytest.mark.parametrize("number", list(REST_ERRORS))
def test_recorded_error_of_rest(
    packages: Packages, shared: Path, document: str, number: str
) -> None:
    recorded = Recorded(shared, number)
    error = raised(packages, shared, document, recorded)
    assert type(error).__name__ == REST_ERRORS[number]
    check(error, recorded, recorded.body["value"])


@pytest.mark.parametrize("document", CIS)
def test_recorded_refusal_of_a_login_under_rest(
    packages: Packages, shared: Path, document: str
) -> None:
    recorded = Recorded(shared, "36")
    error = raised(packages, shared, document, recorded)
    assert type(error).__name__ == "Unauthenticated"
    check(error, recorded, recorded.body["value"])


def test_recorded_challenge(packages: Packages, shared: Path) -> None:
    recorded = Recorded(shared, "37")
    error = raised(packages, shared, SESSION, recorded)
    assert type(error).__name__ == "Unauthenticated"
    assert error.error.challenge == recorded.body["challenge"]
    check(error, recorded, recorded.body)

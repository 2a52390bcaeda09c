"""The verdicts against the truth, for documents that are changed at random.

A caller that uses everything of the old client is type-checked against the new one, and the old
client talks to a server of the new document in samples of all that either may send. What is called
safe and fails is a bug of ours; so is what is called breaking for callers and does not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import changes_pairs
import httpx2
import pytest
from changes_caller import caller_of
from changes_documents import ROOT, Tree
from changes_server import Server
from corpus_files import Node
from corpus_files import document as document_at
from corpus_operations import Operation, operations
from corpus_oracle import REPLY, REQUEST, Oracle
from corpus_package import Method, Package
from corpus_sampler import EndlessError, samples
from corpus_wire import plain

from generator import comparing, pipeline, rendering
from generator.changes import What
from generator.comparing import Report
from generator.config import ClientConfig
from generator.errors import SpecError
from generator.opening import open_document

pytestmark = pytest.mark.slow

_COUNT = 160
_TRIES = 6 * _COUNT
# The cases of changes are imported as `before` and `after`.
OLD, NEW = "truth_old", "truth_new"
_CLIENT = ClientConfig("", "api", roots=(ROOT,))
_MOST_CAUTIOUS = 0.1


@dataclass(frozen=True)
class Pair:
    """Two documents, a folder for each with the client, and what changed."""

    name: str
    folder: Path
    report: Report

    def spec(self, side: str) -> Path:
        """Return the document of a side."""
        return self.folder / side / self.name / "spec.json"

    @property
    def told(self) -> list[tuple[Any, ...]]:
        """What changed, for a message."""
        return [
            (one.label, str(one.kind), str(one.what), one.cases, one.old, one.new, one.verdict)
            for one in self.report.changes
        ]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Pairs of documents between which something changed but words."""
    folder = tmp_path_factory.mktemp("truth")
    command = [sys.executable, changes_pairs.__file__, str(_TRIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    trees = map(json.loads, done.stdout.splitlines())
    names = (f"case{index}" for index in count())
    tried = (_pair(*pair, folder, name) for pair, name in zip(trees, names, strict=False))
    found = list(islice(filter(None, tried), _COUNT))
    sys.path.insert(0, str(folder))
    yield found
    sys.path.remove(str(folder))


def _pair(old: Tree, new: Tree, folder: Path, name: str) -> Pair | None:
    places = [folder / side / name for side in (OLD, NEW)]
    for place, tree in zip(places, (old, new), strict=True):
        place.mkdir(parents=True, exist_ok=True)
        (place / "spec.json").write_text(json.dumps(tree), encoding="utf-8")
    try:
        opened = (open_document(str(place / "spec.json")) for place in places)
        report = comparing.compare(_CLIENT, *opened)
    except SpecError:
        return None
    if {one.what for one in report.changes} <= {What.DOCUMENTATION}:
        return None
    for place, source in zip(places, (report.old, report.new), strict=True):
        if source is None:
            return None
        _write(place, source, caller_of(report.comparison))
    return Pair(name, folder, report)


def _write(place: Path, source: pipeline.Source, caller: str) -> None:
    for path, text in rendering.render(pipeline.build(source)).items():
        (place / "api").mkdir(exist_ok=True)
        (place / "api" / path).write_text(text, encoding="utf-8")
    for package in (place, place.parent):
        (package / "__init__.py").touch()
    (place / "caller.py").write_text(caller, encoding="utf-8")


def test_callers_break_where_mypy_says_so(pairs: list[Pair]) -> None:
    assert len(pairs) == _COUNT
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", OLD, NEW]
    done = subprocess.run(command, cwd=pairs[0].folder, capture_output=True, text=True)
    places = (line.partition(": error: ") for line in done.stdout.splitlines())
    wrong = {place.partition(":")[0]: message for place, kind, message in places if kind}
    assert [place for place in wrong if not place.startswith(f"{NEW}/")] == []
    for pair in pairs:
        message = wrong.get(f"{NEW}/{pair.name}/caller.py", "")
        is_breaking = any(one.verdict.callers for one in pair.report.changes)
        assert is_breaking is bool(message), (pair.name, message, pair.told)


def test_the_wire_breaks_wherever_the_old_client_fails(pairs: list[Pair]) -> None:
    cautious = 0
    for pair in pairs:
        try:
            problems = list(_problems(pair))
        except (EndlessError, RecursionError):  # of the samples
            continue
        is_breaking = any(one.verdict.wire for one in pair.report.changes)
        assert is_breaking or not problems, (pair.name, problems[:3], pair.told)
        cautious += is_breaking and not problems
    assert cautious <= _MOST_CAUTIOUS * len(pairs)


def _problems(pair: Pair) -> Iterator[str]:
    """Yield what fails between the old client and a server of the new document."""
    package = Package(pair.folder, f"{OLD}.{pair.name}.api")
    old, new = (document_at(pair.spec(side)) for side in (OLD, NEW))
    there = {one.key: one for one in operations(new)}
    methods = {method.key: method for method in package.methods()}
    for operation in operations(old):
        given = list(_arguments(operation, Oracle(old)))
        replies = list(_replies(there.get(operation.key), new))
        calls = chain(((one, replies[0]) for one in given), ((given[0], one) for one in replies))
        for values, reply in calls if given and replies else ():
            server = Server(pair.spec(NEW), reply)
            yield from _called(package, methods[operation.key], values, server)
            yield from server.problems


def _called(
    package: Package, method: Method, values: Mapping[tuple[str, str], Any], server: Server
) -> Iterator[str]:
    arguments = {
        method.arguments[place]: package.decoded(
            json.dumps(value).encode(), method.types[method.arguments[place]]
        )
        for place, value in values.items()
    }
    with httpx2.Client(transport=httpx2.MockTransport(server)) as http:
        try:
            method.on(package.module.Client(base_url="https://server.test", http=http))(**arguments)
        except package.module.ClientError as error:
            yield f"{type(error).__name__}: {error}"


def _arguments(operation: Operation, oracle: Oracle) -> Iterator[dict[tuple[str, str], Any]]:
    """Yield samples of all arguments, then one without those that may be left out."""

    def valid(schema: Node, place: str, name: str) -> list[Any]:
        found = [value for _, value, wrong in samples(schema, oracle, REQUEST, name) if not wrong]
        return list(map(plain, found)) if place == "header" else found

    every = {
        (one.place, one.name): valid(one.schema, one.place, one.name)
        for one in operation.parameters
    }
    needed = {(one.place, one.name) for one in operation.parameters if one.required}
    for schema in filter(None, operation.bodies.values()):
        every["body", "body"] = valid(schema, "body", "body")
        needed |= {("body", "body")} if operation.body_required else set()
    if all(every[place] for place in needed):
        some = {place: values for place, values in every.items() if values}
        for index in range(max(map(len, some.values()), default=1)):
            yield {place: values[index % len(values)] for place, values in some.items()}
        yield {place: every[place][0] for place in every if place in needed}


def _replies(operation: Operation | None, document: Node) -> Iterator[dict[str, Any]]:
    """Yield samples of what a server of the new document answers when all is well."""
    if operation is None:
        yield {"status": 204}  # which nobody is answered, for nothing is there
        return
    for status, contents in operation.replies.items():
        if not status.startswith("2"):
            continue
        if not contents:
            yield {"status": int(status)}
        for media_type, schema in contents.items():
            found = samples(schema, Oracle(document), REPLY, "reply") if schema else ()
            for value in (value for _, value, wrong in found if not wrong):
                yield {"status": int(status), "json": value, "media_type": media_type}

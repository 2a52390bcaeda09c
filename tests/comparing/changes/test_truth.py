"""The verdicts against the truth, for documents that are changed at random.

A caller that uses everything of the old client is type-checked against the new one, and the old
client talks to a server of the new document in samples of all that either may send. What is called
safe and fails is a bug of ours; so is what is called breaking for callers and does not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import changes_pairs
import httpx2
import pytest
from changes_caller import caller_of
from changes_documents import ROOT
from changes_mutations import Mutation
from changes_samples import (
    FULL,
    argument_samples,
    credentials_for,
    decoded_arguments,
    preferred,
    reply_samples,
)
from changes_server import NotAskedError, Server
from changes_standing import places_of_keys, url_of, wanted_by
from corpus_files import document as document_at
from corpus_files import made
from corpus_operations import Operation, operations
from corpus_oracle import REPLY, Oracle
from corpus_package import Method, Package
from corpus_sampler import EndlessError, samples
from support import importable, open_document
from vcgen import comparing, pipeline
from vcgen.comparing.changes import Kind, What
from vcgen.comparing.report import Report
from vcgen.config import ClientConfig
from vcgen.errors import SpecError
from vcgen.writing import rendering

pytestmark = pytest.mark.slow

_KINDS = 120
# How many pairs are tried: those of CI, and as many as take a quarter of an hour.
_COUNTS = [200, pytest.param(1_000, marks=pytest.mark.exhaustive)]
# The cases of changes are imported as `before` and `after`.
OLD, NEW = "truth_old", "truth_new"
# The bodies of the clients' own functions are checked elsewhere.
MYPY = f"[mypy-{OLD}.*.api.*,{NEW}.*.api.*]\nignore_errors = True\n[mypy]\n"
_CLIENT = ClientConfig("", "api", roots=(ROOT,))
# What may break the wire though nothing fails that is tried here: see docs/breaking-changes.md.
CAUTIOUS = {
    (Kind.FIELD, What.REMOVED),
    (Kind.FIELD, What.TYPE),
    (Kind.BODY, What.TYPE),
    (Kind.REPLY, What.TYPE),
    (Kind.ALTERNATIVE, What.TAG),
    (Kind.ALTERNATIVE, What.REMOVED),
    (Kind.PARAMETER, What.CONSTRAINTS),
    (Kind.FIELD, What.CONSTRAINTS),
    (Kind.CLASS, What.CONSTRAINTS),
    (Kind.BODY, What.CONSTRAINTS),
    (Kind.PARAMETER, What.REQUIRED),
    (Kind.PARAMETER, What.TYPE),
    (Kind.CLIENT, What.LOCATION),
    (Kind.CLIENT, What.SECURITY),
    (Kind.PARAMETER, What.LOCATION),
}
# What breaks callers though a type checker does not see it.
UNSEEN = {
    *((Kind.PARAMETER, What.ORDER), (Kind.ERROR, What.TYPE), (Kind.ERROR, What.RENAMED)),
    *((Kind.CLIENT, What.LOCATION), (Kind.FIELD, What.ABSENT)),
    *((Kind.OPERATION, What.LOCATION), (Kind.CLIENT, What.TYPE)),
}
# Most of it are limits, in each place that has them, beyond which no sample is.
_MOST_CAUTIOUS = 0.25
# The samples do not reach what changed: it is deep within, or its document takes no such value. A
# document is changed several times, so that one operation without samples counts for each of them.
_MOST_UNREACHED = 0.05


@dataclass(frozen=True)
class Pair:
    """Two documents, a folder for each with the client, and what changed."""

    name: str
    folder: Path
    report: Report
    kinds: list[str]

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


@pytest.fixture(scope="module", params=_COUNTS)
def pairs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Pair]]:
    """Pairs of documents between which something changed but words."""
    folder = tmp_path_factory.mktemp("truth")
    command = [sys.executable, changes_pairs.__file__, str(5 * request.param)]
    # Sets are drawn from in their order: the same pairs come only where that is the same.
    shared = str(Path(__file__).parents[2])
    options = {"PYTHONHASHSEED": "0", **os.environ, "PYTHONPATH": shared}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=options) as printing:
        assert printing.stdout
        trees = map(json.loads, printing.stdout)
        names = (f"case{index}" for index in count())
        mutations = zip(trees, names, strict=False)
        tried = (_pair(Mutation(*tree), folder, name) for tree, name in mutations)
        found = list(islice(filter(None, tried), request.param))
        printing.kill()
    with importable(folder):
        yield found


@pytest.fixture(scope="module")
def checking(pairs: list[Pair]) -> Iterator[subprocess.Popen[str]]:
    """A run of mypy over all callers, beside whatever else is tested."""
    folder = pairs[0].folder
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", OLD, NEW]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def _pair(mutation: Mutation, folder: Path, name: str) -> Pair | None:
    """Return two documents between which something changed but words, if clients can be made."""
    try:
        pair = compared(mutation, folder, name, _CLIENT)
    except SpecError:
        return None
    whats = set() if pair is None else {one.what for one in pair.report.changes}
    return None if whats <= {What.DOCUMENTATION} else pair


def compared(mutation: Mutation, folder: Path, name: str, client: ClientConfig) -> Pair | None:
    """Write two documents, their clients, and the code of a caller of the old one.

    Returns:
        What changed; None if a client does not have all operations.

    Raises:
        SpecError: A document cannot be read.
    """
    places = [folder / side / name for side in (OLD, NEW)]
    for place, tree in zip(places, (mutation.before, mutation.after), strict=True):
        place.mkdir(parents=True, exist_ok=True)
        (place / "spec.json").write_text(json.dumps(tree), encoding="utf-8")
    report = comparing.compare(client, *(open_document(str(one / "spec.json")) for one in places))
    if report.uncompared or report.old is None or report.new is None:
        return None  # what cannot be built on a side is nothing that a client can be tried against
    for place, source in zip(places, (report.old, report.new), strict=True):
        write_client(place, source, caller_of(report.comparison))
    return Pair(name, folder, report, mutation.kinds)


def write_client(place: Path, source: pipeline.Selection, caller: str) -> None:
    """Write a client without layout, and the code of a caller beside it."""
    for path, text in rendering.render(pipeline.build(source)).items():
        (place / "api").mkdir(exist_ok=True)
        (place / "api" / path).write_text(text, encoding="utf-8")
    for package in (place, place.parent):
        (package / "__init__.py").touch()
    (place / "caller.py").write_text(caller, encoding="utf-8")


def test_changes_are_of_many_kinds(pairs: list[Pair]) -> None:
    assert len(pairs) >= 200
    kinds = {kind for pair in pairs for kind in pair.kinds}
    assert len(kinds) >= (_KINDS if len(pairs) >= 1_000 else _KINDS // 2)


@pytest.mark.usefixtures("checking")
def test_the_wire_breaks_wherever_the_old_client_fails(pairs: list[Pair]) -> None:
    breaking = cautious = 0
    unreached: list[object] = []
    for pair in pairs:
        try:
            problems = list(problems_of(pair))
            others = list(problems_of(pair, strict=False)) if _is_forgiven(pair.report) else []
        except (EndlessError, RecursionError):  # of the samples
            continue
        wrong = [one for one in pair.report.changes if one.verdict.wire]
        assert wrong or not problems, (pair.name, problems[:3], pair.told)
        assert not others, (pair.name, others[:3], pair.told)
        breaking += bool(wrong)
        if wrong and not problems:
            is_cautious = any((one.kind, one.what) in CAUTIOUS for one in wrong)
            cautious += is_cautious
            if not is_cautious:
                unreached.append((pair.name, pair.told))
    assert cautious <= _MOST_CAUTIOUS * breaking
    assert len(unreached) <= _MOST_UNREACHED * breaking, "\n".join(map(str, unreached))


def _is_forgiven(report: Report) -> bool:
    """Tell whether a client that reads leniently gets over all that breaks the wire."""
    wire = [one.verdict.wire for one in report.of_lenient.changes]
    return any(one.verdict.wire for one in report.changes) and not any(wire)


def test_an_exception_that_is_no_longer_caught_breaks_callers(pairs: list[Pair]) -> None:
    """What a type checker does not see is seen by code that catches what is raised."""
    tried = 0
    for pair in pairs:
        changed = [one for one in pair.report.changes if one.verdict.callers]
        told = {one.place for one in changed}
        renamed = {(one.place, one.name) for one in changed if one.what is What.RENAMED}
        for old, new in pair.report.comparison.methods:
            for failure in old.operation.failures:
                # The kind in a body decides, whatever a document says of the status.
                side, key = (OLD, old) if failure.is_kind else (NEW, new)
                body = _error_body(pair, side, key.operation.key, failure.status)
                raised = _raised(pair, new.operation.key, failure.status, body)
                if raised is None:
                    continue
                tried += 1
                is_caught = failure.exception in {one.__name__ for one in type(raised).__mro__}
                is_told = bool({old.name, failure.exception} & told)
                assert is_caught or is_told, (pair.name, failure, raised, pair.told)
                is_alarm = is_caught and (old.name, str(failure.status)) in renamed
                assert not is_alarm, (pair.name, failure, raised, pair.told)
    assert tried > len(pairs) / 2


def _error_body(pair: Pair, side: str, key: str, status: int | str) -> Any:
    """Return the body of an error as a document has it, None where it says nothing of it."""
    document = document_at(pair.spec(side))
    operation = next(one for one in operations(document) if one.name == key)
    kinds = (str(status), f"{str(status)[0]}XX", "default")
    declared = [operation.replies[kind] for kind in kinds if kind in operation.replies]
    for schema in declared[0].values() if declared else ():
        found = samples(schema or made({}), Oracle(document), REPLY, "error", *FULL)
        return next((value for _, value, wrong in found if not wrong), None)
    return None


def _raised(pair: Pair, key: str, status: int | str, body: Any) -> Exception | None:
    """Return what the new client raises for a status, None where it cannot be called."""
    package = Package(pair.folder, f"{NEW}.{pair.name}.api")
    document = document_at(pair.spec(NEW))
    operation = next(one for one in operations(document) if one.name == key)
    method = next(one for one in package.methods() if one.key == operation.key)
    values = next(iter(argument_samples(operation, Oracle(document))), None)
    arguments = None if values is None else decoded_arguments(package, method, values)
    if arguments is None or status == "default":
        return None
    code = status if isinstance(status, int) else int(f"{status[0]}99")
    reply = httpx2.Response(code, json=body)
    with httpx2.Client(transport=httpx2.MockTransport(lambda _: reply)) as http:
        options = {"http": http, "retries": 0, **package.credentials()}
        client = package.module.Client(base_url="https://server.test", **options)
        try:
            method.on(client)(**arguments)
        except package.module.ApiError as error:
            return error
    raise AssertionError(f"{status} raised nothing")


def test_callers_break_where_mypy_says_so(
    pairs: list[Pair], checking: subprocess.Popen[str]
) -> None:
    said, _ = checking.communicate()
    places = (line.partition(": error: ") for line in said.splitlines())
    wrong = {place.partition(":")[0]: message for place, kind, message in places if kind}
    assert {place: wrong[place] for place in wrong if not place.startswith(f"{NEW}/")} == {}
    for pair in pairs:
        message = wrong.get(f"{NEW}/{pair.name}/caller.py", "")
        breaking = {(one.kind, one.what) for one in pair.report.changes if one.verdict.callers}
        if not (breaking and breaking <= UNSEEN):
            assert bool(breaking) is bool(message), (pair.name, message, pair.told)


def test_cautious_cases_are_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "breaking-changes.md").read_text(encoding="utf-8")
    listed = text[text.index("## In doubt") :]
    for kind, what in (*CAUTIOUS, *UNSEEN):
        name = what if what is What.CONSTRAINTS else f"{kind} {what}"
        assert f"*{name}*" in listed


def problems_of(pair: Pair, *, strict: bool = True) -> Iterator[str]:
    """Yield what fails between the old client and a server of the new document."""
    package = Package(pair.folder, f"{OLD}.{pair.name}.api")
    old, new = (document_at(pair.spec(side)) for side in (OLD, NEW))
    # Whoever names the server knows where it is.
    base_url = urljoin(urljoin("https://server.test/", url_of(new)), url_of(old))
    there: dict[object, Operation] = {_key(one): one for one in operations(new)}
    named = {one.name: one for one in operations(new)}
    # Some have moved: whether they are there, the server says.
    for one, other in pair.report.comparison.methods:
        there[one.operation.key] = named[other.operation.key]
    methods = {method.key: method for method in package.methods()}
    known = [*places_of_keys(old)]
    for operation in operations(old):
        given = list(argument_samples(operation, Oracle(old)))
        found = there.get(_key(operation)) or there.get(operation.name)
        replies = list(reply_samples(found, new))
        first, *others = credentials_for(package, wanted_by(old, operation))
        calls = [(first, one, replies[0]) for one in given] if replies else []
        calls += [(first, given[0], one) for one in replies if given]
        # Every other way to prove who one is, once.
        calls += [(one, given[0], replies[0]) for one in others if given and replies]
        for credentials, values, reply in calls:
            read = preferred(operation.replies.get(str(reply["status"]), {}))
            server = Server(pair.spec(NEW), reply, known, values, asked=read)
            options = {"base_url": base_url, "strict": strict, **credentials}
            yield from _called(package, methods[operation.key], values, server, options)
            yield from server.problems


def _key(operation: Operation) -> object:
    """Return what identifies an operation, whatever its variables are called."""
    return operation.method, re.sub(r"\{[^{}]*\}", "{}", operation.path), operation.fixed


def _called(
    package: Package,
    method: Method,
    values: Mapping[tuple[str, str], Any],
    server: Server,
    options: Mapping[str, Any],
) -> Iterator[str]:
    arguments = decoded_arguments(package, method, values)
    if arguments is None:
        return
    with httpx2.Client(transport=httpx2.MockTransport(server)) as http:
        try:
            client = package.module.Client(http=http, retries=0, **options)
            method.on(client)(**arguments)
        except NotAskedError:
            server.problems.clear()  # another sample is what it asked for
        except package.module.ClientError as error:
            yield f"{type(error).__name__}: {error}"

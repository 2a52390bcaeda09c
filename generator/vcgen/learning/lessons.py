"""Lessons: traffic against the slice of a client gives what is wrong with its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen import pipeline, slicing
from vcgen.dialect import DocumentView
from vcgen.learning.evidence import Evidence, Finding, Kind, Problem
from vcgen.learning.exchanges import Exchange
from vcgen.learning.judging import Judge
from vcgen.learning.matching import Routes, parts_of, shown
from vcgen.learning.sampling import joined, sample
from vcgen.learning.telling import told
from vcgen.records import State, field
from vcgen.slicing import OperationKey
from vcgen.text.media_types import bare, is_json
from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import child, pointer_keys

# Requests of no operation that are listed: traffic of a browser has many kinds.
_MOST_UNKNOWN = 1000


class Lesson(State):
    """What traffic says of the document of a client.

    Attributes:
        source: What the client is generated from.
        problems: What is wrong, and what shows it.
        types: Which types of values were seen, by the pointer of their schema in the slice.
        exchanges: How many exchanges were judged.
        unknown: How often there were requests that no operation of the document is about.
        unreadable: How many replies declare JSON and are none.
    """

    source: pipeline.Selection
    problems: dict[Problem, Evidence] = field(default_factory=dict[Problem, Evidence])
    types: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    exchanges: int = 0
    unknown: Counter[str] = field(default_factory=Counter[str])
    unreadable: int = 0


def learn(
    source: pipeline.Selection, traffic: Iterable[Exchange], *, undeclared: bool = False
) -> Lesson:
    """Judge traffic.

    Args:
        source: What the client is generated from.
        traffic: What was recorded, of whatever hosts.
        undeclared: Whether properties, and bodies of success, that are not declared are to be.
    """
    student = _Student(source, undeclared)
    for exchange in traffic:
        student.take(exchange)
    return student.finished()


class _Student:
    def __init__(self, source: pipeline.Selection, undeclared: bool) -> None:
        whole = source.document.tree
        self._routes = Routes(slicing.operations(whole), _base(whole))
        self._chosen = {one.name: one for one in source.slice.operations}
        self._judge = Judge(DocumentView(source.slice.tree), undeclared)
        self._undeclared = undeclared
        self._lesson = Lesson(source, types=self._judge.types)
        self._hosts: set[str] = set()
        self._unknown: Counter[tuple[str, str]] = Counter()

    def take(self, exchange: Exchange) -> None:
        """Judge an exchange, if it is of the client."""
        host = parts_of(exchange.url).netloc
        key = self._routes.match(exchange.method, exchange.url)
        if key is None:
            called = host, shown(exchange.method, exchange.url)
            if called in self._unknown or len(self._unknown) < _MOST_UNKNOWN:
                self._unknown[called] += 1
            return
        self._hosts.add(host)
        if key.name not in self._chosen or 300 <= exchange.status <= 399:
            return
        self._lesson.exchanges += 1
        found: dict[Problem, list[str]] = {}
        for finding in self._findings(self._chosen[key.name], exchange):
            found.setdefault(finding.problem, []).append(finding.path)
        for problem, paths in found.items():
            evidence = self._lesson.problems.setdefault(problem, Evidence())
            evidence.add(key.name, (path for path in paths if path))

    def finished(self) -> Lesson:
        """Return what was learned."""
        for (host, called), count in self._unknown.items():
            # What goes to other hosts is none of this client's business.
            if host in self._hosts:
                self._lesson.unknown[called] += count
        return self._lesson

    def _findings(self, key: OperationKey, exchange: Exchange) -> Iterator[Finding]:
        pointer = _pointer(self._lesson.source.slice.tree, key)
        responses = self._judge.view.at(pointer_keys(pointer)).get("responses") or {}
        status = _declared(responses, exchange.status)
        if not status:
            problem = Problem(Kind.STATUS, pointer, str(exchange.status))
            yield Finding(problem, "")
            self._note(problem, exchange)
            return
        own = child(f"{pointer}/responses", status)
        reply, place = self._judge.resolved(own)
        content = reply.get("content") or {}
        if not exchange.body or not exchange.media_type:
            return
        declared = _media_type(content, exchange.media_type) or _read_as_json(content, exchange)
        if not declared:
            # The client reads no body where none is declared, and takes any of an error: what a
            # proxy says is no part of the API.
            if content and exchange.status < 400:
                problem = Problem(Kind.MEDIA_TYPE, place, exchange.media_type)
                yield Finding(problem, "")
                self._note(problem, exchange)
            elif self._undeclared and not content and place == own and exchange.status < 400:
                yield from self._left_out(place, exchange)
            return
        if "json" in declared.lower() or exchange.is_json:
            yield from self._judged(child(f"{place}/content", declared), content, exchange)

    def _left_out(self, place: str, exchange: Exchange) -> Iterator[Finding]:
        """Yield the JSON of a success of which the document declares no body.

        A reply that is shared is none: operations send what they like where it says nothing.
        """
        if not exchange.is_json:
            return
        for value in self._values(exchange):
            problem = Problem(Kind.MEDIA_TYPE, place, exchange.media_type)
            yield Finding(problem, "")
            self._sample(problem, value)

    def _judged(
        self, pointer: str, content: Mapping[str, Any], exchange: Exchange
    ) -> Iterator[Finding]:
        """Yield what is wrong about a body by the media type at a pointer."""
        if "schema" not in content[pointer_keys(pointer)[-1]]:
            return
        for value in self._values(exchange):
            for finding in self._judge.judge(value, f"{pointer}/schema"):
                yield finding
                if finding.problem.kind is Kind.UNDECLARED:
                    self._sample(finding.problem, *_reached(value, finding.path))

    def _note(self, problem: Problem, exchange: Exchange) -> None:
        """Keep one schema under which the body of an exchange is right."""
        if not (exchange.is_json and exchange.body):
            return
        for value in self._values(exchange):
            self._sample(problem, value)
            evidence = self._lesson.problems[problem]
            fitting = self._fitting(problem, value)
            known = fitting if evidence.like is None else evidence.like
            evidence.like = {one: None for one in known if one in fitting}

    def _values(self, exchange: Exchange) -> list[Any]:
        """Return the one value that a body is, or none, and count it, if it cannot be read."""
        try:
            return [exchange.value()]
        except ValueError:
            self._lesson.unreadable += 1
            return []

    def _fitting(self, problem: Problem, value: Any) -> dict[str, None]:
        """Return the `$ref` of the schemas of other replies under which a body is right.

        Where a kind of error is told by a property, it is that kind alone.
        """
        found: dict[str, None] = {}
        operation = "/".join(problem.pointer.split("/")[:4])
        for at in self._replies(operation, problem):
            judge = Judge(self._judge.view, undeclared=True)
            reference = judge.view.at(pointer_keys(at)).get("$ref")
            if reference is None:
                continue
            if kind := _told(judge, at, value):
                return {kind: None}
            if not judge.judge(value, at):
                found[str(reference)] = None
        return found

    def _replies(self, operation: str, problem: Problem) -> Iterator[str]:
        """Yield the schemas of the replies of an operation that mean the same as another."""
        responses = self._judge.view.at(pointer_keys(operation)).get("responses") or {}
        is_error = problem.kind is Kind.MEDIA_TYPE or str(problem.detail)[0] in "45"
        for key in responses:
            if is_error == (key[0] in "45") or key == "default":
                reply, place = self._judge.resolved(child(f"{operation}/responses", key))
                for kind, media in (reply.get("content") or {}).items():
                    if isinstance(media.get("schema"), Mapping):
                        yield f"{child(f'{place}/content', kind)}/schema"

    def _sample(self, problem: Problem, *values: Any) -> None:
        evidence = self._lesson.problems.setdefault(problem, Evidence())
        for value in values:
            found = sample(value)
            evidence.sample = found if evidence.sample is None else joined(evidence.sample, found)


def _base(tree: Mapping[str, Any]) -> str:
    """Return the path that the server of a document has in front of those of its operations."""
    servers = tree.get("servers")
    first = mapping(servers[0] if isinstance(servers, list) and servers else None)
    url = str(first.get("url", ""))
    for name, variable in mapping(first.get("variables")).items():
        if name != "host":
            url = url.replace(f"{{{name}}}", str(mapping(variable).get("default", "")))
    return parts_of(url).path.rstrip("/")


def _pointer(tree: Mapping[str, Any], key: OperationKey) -> str:
    """Return the pointer of an operation in its slice, whose paths all begin with a slash."""
    keys = pointer_keys(key.pointer)
    pointer = child("#/paths", keys[1] if keys[1] in tree["paths"] else key.path)
    for one in keys[2:]:
        pointer = child(pointer, one)
    return pointer


def _declared(responses: Mapping[str, Any], status: int) -> str:
    """Return the key of the reply that is declared for a status, or ""."""
    wanted = (str(status), f"{status // 100}XX", f"{status // 100}xx", "default")
    return next((key for key in wanted if key in responses), "")


def _media_type(content: Mapping[str, Any], kind: str) -> str:
    """Return the key of a media type in what is declared, or ""."""
    for key in content:
        plain = bare(key)
        if plain in (kind, "*/*") or (plain.endswith("/*") and kind.startswith(plain[:-1])):
            return key
    # A server may leave out what kind of JSON it is, or say more than is declared.
    return next((key for key in content if is_json(kind) and "json" in key.lower()), "")


def _read_as_json(content: Mapping[str, Any], exchange: Exchange) -> str:
    """Return the key of JSON where a body is such, whatever the server calls it.

    The client reads what the document declares: many servers call all that they send plain text.
    """
    declared = next((key for key in content if "json" in key.lower()), "")
    try:
        exchange.value()
    except ValueError:
        return ""
    return declared


def _told(judge: Judge, pointer: str, value: Any) -> str:
    """Return the `$ref` of the kind that a body says that it is of, or ""."""
    schema, _ = judge.resolved(pointer)
    schemas = (schema, *listed(mapping(schema).get("allOf")))
    return next((ref for one in schemas if (ref := told(judge.view, one, value))), "")


def _reached(value: Any, path: str) -> list[Any]:
    """Return the values in a body that a JSON path of a finding means."""
    found = [value]
    for step in path.replace("[*]", ".[*]").split(".")[1:]:
        found = [inner for one in found for inner in _inside(one, step)]
    return found


def _inside(value: Any, step: str) -> list[Any]:
    if step == "[*]":
        every = value.values() if isinstance(value, dict) else value
        return list(every) if isinstance(value, dict | list) else []
    return [value[step]] if isinstance(value, dict) and step in value else []

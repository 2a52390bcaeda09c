"""A server of the new document: it judges what it is sent, and answers what the document promises.

It knows nothing of the generator: operations, values and the wire are read as the corpus tests do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import corpus_wire as wire
import httpx2
from corpus_files import Node
from corpus_files import document as document_at
from corpus_operations import Operation, Parameter, operations
from corpus_oracle import REPLY, REQUEST, Oracle

# What every client may send.
_USUAL = frozenset(
    {"accept", "accept-encoding", "authorization", "connection", "content-length", "content-type"}
    | {"cookie", "host", "transfer-encoding", "user-agent"}
)


def url_of(document: Node) -> str:
    """Return the URL of the server that a document names first, with the defaults of its parts."""
    server = (document.get("servers") or [{"url": "/"}])[0]
    url = str(server["url"])
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return url


class Server:
    """Answers requests with what an exchange says, and notes what is wrong with them.

    Attributes:
        problems: What the document has against the requests that came.
        host: Where it is.
        count: How many came.
    """

    def __init__(self, file: Path, answer: Mapping[str, Any]) -> None:
        self.problems: list[str] = []
        self.count = 0
        document = document_at(file)
        self._operations = list(operations(document))
        self._oracle = Oracle(document)
        self._answer = answer
        # An operation that wants no credentials takes any that there are.
        schemes = (document.get("components") or {}).get("securitySchemes") or {}
        self._keys = {
            (scheme["in"], scheme["name"].lower())
            for scheme in schemes.values()
            if scheme["type"] == "apiKey"
        }
        self._servers = _own_servers(document)
        self._base = urlsplit(url_of(document).replace("{host}", "server.test"))
        self.host = self._base.hostname or "server.test"

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.count += 1
        found = self._operation(request)
        server = self._servers.get((found[0].method, found[0].path), "") if found else ""
        if server and not str(request.url).startswith(server):
            self.problems.append(f"it is at {server}")
        if found is None:
            self.problems.append(f"there is no {request.method} {request.url}")
            return httpx2.Response(404, text="nothing is here")
        self.problems += _Request(request, *found, self._oracle, self._keys).problems()
        return self._response(found[0])

    def _operation(self, request: httpx2.Request) -> tuple[Operation, str, str] | None:
        """Return the operation that is asked for, the path below the server, and the query."""
        target, _, query = request.url.raw_path.decode().partition("?")
        base, path = self._base.path.rstrip("/"), target
        is_here = target.startswith(f"{base}/")
        if self._base.hostname:
            is_here &= (self._base.scheme, self._base.hostname) == (
                request.url.scheme,
                request.url.host,
            )
        path = target.removeprefix(base)
        given = [(name, unquote(value)) for name, value in wire.pairs(query)]
        fitting = [
            one
            for one in self._operations
            if is_here
            and one.method == request.method
            and wire.segments(one.path, path) is not None
            and all(pair in given for pair in one.fixed)
        ]
        return (max(fitting, key=lambda one: len(one.fixed)), path, query) if fitting else None

    def _response(self, operation: Operation) -> httpx2.Response:
        """Return the answer of the exchange, which the document must promise."""
        status = self._answer["status"]
        kinds = (str(status), f"{status // 100}XX", "default")
        # Where no success is declared, any will do.
        successes = [kind for kind in operation.replies if kind.startswith("2")]
        undeclared = [] if successes or status >= 300 else [{}]
        declared = [operation.replies[kind] for kind in kinds if kind in operation.replies]
        replies = [*declared, *undeclared][0]
        content = str(self._answer.get("text", "")).encode()
        media_type = self._answer.get("media_type", "")
        if "json" in self._answer:
            content = json.dumps(self._answer["json"]).encode()
            media_type = media_type or "application/json"
            schema = replies[media_type]
            assert not schema or self._oracle.problems(schema, self._answer["json"], REPLY) == []
        assert (media_type in replies) or not (replies or media_type)
        headers = {"Content-Type": media_type} if media_type else {}
        return httpx2.Response(status, content=content, headers=headers)


def _own_servers(document: Node) -> dict[tuple[str, str], str]:
    """Return the servers of operations that have one of their own."""
    paths = document.value.get("paths", {})
    return {
        (method.upper(), path): servers[0]["url"]
        for path, item in paths.items()
        for method, operation in item.items()
        if isinstance(operation, dict)
        and (servers := operation.get("servers") or item.get("servers"))
    }


class _Request:
    """A request, judged by the operation that it asks for."""

    def __init__(
        self,
        request: httpx2.Request,
        operation: Operation,
        path: str,
        query: str,
        oracle: Oracle,
        keys: set[tuple[str, str]],
    ) -> None:
        self._request = request
        self._operation = operation
        self._oracle = oracle
        self._query = [pair for pair in wire.pairs(query) if not self._is_fixed(pair)]
        self._headers = {name.lower(): value for name, value in request.headers.items()}
        cookies = self._headers.get("cookie", "").split("; ")
        self._cookies = [(name, value) for name, _, value in (c.partition("=") for c in cookies)]
        self._segments = wire.segments(operation.path, path) or {}
        self._keys = keys

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        # What the path prescribes is there: else it was another operation. What is said to be in
        # the path, and is not, has no place.
        fixed = {("query", name) for name, _ in self._operation.fixed}
        for parameter in self._operation.parameters:
            is_lost = parameter.place == "path" and parameter.name not in self._segments
            if not is_lost and (parameter.place, parameter.name) not in fixed:
                yield from self._parameter(parameter)
        yield from self._strangers()
        yield from self._credentials()
        yield from self._body()

    def _is_fixed(self, pair: tuple[str, str]) -> bool:
        return (pair[0], unquote(pair[1])) in self._operation.fixed

    def _raw(self, place: str, name: str) -> list[str]:
        match place:
            case "path":
                return [self._segments[name]]
            case "query":
                return [value for key, value in self._query if key == name]
            case "header":
                return [self._headers[name.lower()]] if name.lower() in self._headers else []
            case _:
                return [value for key, value in self._cookies if key == name]

    def _parameter(self, parameter: Parameter) -> Iterator[str]:
        raw = self._raw(parameter.place, parameter.name)
        if len(raw) > 1 and not parameter.explode:
            yield f"{parameter.name}: it is there more than once"
        elif raw:
            value = _read(parameter, raw)
            problems = self._oracle.problems(parameter.schema, value, REQUEST)
            yield from (f"{parameter.name}: {problem}" for problem in problems)
        elif parameter.required and not self._takes_null(parameter.schema):
            yield f"{parameter.name}: it is missing"

    def _strangers(self) -> Iterator[str]:
        """Yield what is sent and not asked for."""
        known = {(one.place, one.name.lower()) for one in self._operation.parameters} | self._keys
        sent = [("query", name.lower()) for name, _ in self._query]
        sent += [("header", name) for name in self._headers if name not in _USUAL]
        sent += [("cookie", name.lower()) for name, _ in self._cookies if name]
        yield from (
            f"{name}: nobody wants this {place}"
            for place, name in sent
            if (place, name) not in known
        )

    def _credentials(self) -> Iterator[str]:
        wanted = self._operation.security or []
        if wanted and not any(all(map(self._has, alternative)) for alternative in wanted):
            yield "the credentials are missing"

    def _has(self, scheme: Mapping[str, Any]) -> bool:
        if scheme["type"] == "apiKey":
            return bool(self._raw(scheme["in"], scheme["name"]))
        kind = self._headers.get("authorization", "").partition(" ")[0].lower()
        return kind == scheme.get("scheme", "bearer")

    def _body(self) -> Iterator[str]:
        content, bodies = self._request.content, self._operation.bodies
        media_type = self._headers.get("content-type", "").partition(";")[0]
        if not content:
            if self._operation.body_required and not self._may_be_null():
                yield "the body is missing"
        elif media_type not in bodies:
            yield f"nobody wants a body of {media_type}"
        elif schema := bodies[media_type]:
            is_json = media_type.endswith("json")
            value = json.loads(content) if is_json else _form(schema, content.decode())
            yield from self._oracle.problems(schema, value, REQUEST)

    def _may_be_null(self) -> bool:
        return any(one and self._takes_null(one) for one in self._operation.bodies.values())

    def _takes_null(self, schema: Node) -> bool:
        return not self._oracle.problems(schema, None, REQUEST)


def _read(parameter: Parameter, raw: list[str]) -> Any:
    """Return the value that the texts of a parameter are."""
    schema = parameter.schema.resolved()
    if schema.get("type") != "array":
        return _scalar(schema, unquote(raw[0]))
    separator = {"pipeDelimited": "%7C|[|]", "spaceDelimited": "%20"}.get(parameter.style, ",")
    parts = raw if parameter.explode else re.split(separator, raw[0])
    return [_scalar(schema["items"].resolved(), unquote(part)) for part in parts]


def _form(schema: Node, text: str) -> dict[str, Any]:
    """Return the object that a form is, whose arrays are repeated fields or joined by commas."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text):
        found.setdefault(name, []).append(value)
    known = schema.resolved().get("properties") or {}
    single = {name for name, one in known.items() if one.get("type") not in {"array", None}}
    return {name: value[0] if name in single else value for name, value in found.items()}


def _scalar(schema: Node, text: str) -> Any:
    """Return what a text is: where no text is wanted, JSON."""
    if schema.get("type") in {"string", None}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text

"""A server of the new document: it judges what it is sent, and answers what the document promises.

It knows nothing of the generator: operations, values and the wire are read as the corpus tests do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import corpus_wire as wire
import httpx2
from changes_standing import Tree, allows, needed_by, places_of_keys, servers_of, url_of
from corpus_files import Node
from corpus_files import document as document_at
from corpus_operations import Operation, Parameter, operations
from corpus_oracle import REPLY, REQUEST, Oracle

# What every client may send.
_USUAL = frozenset(
    {"accept", "accept-encoding", "authorization", "connection", "content-length", "content-type"}
    | {"cookie", "host", "transfer-encoding", "user-agent"}
)

_FORM = "application/x-www-form-urlencoded"


class NotAskedError(Exception):
    """The client asked for something else than the answer of an exchange."""


class Server:
    """Answers requests with what an exchange says, and notes what is wrong with them.

    Attributes:
        problems: What the document has against the requests that came.
        host: Where it is.
        count: How many came.
    """

    def __init__(
        self,
        file: Path,
        answer: Mapping[str, Any],
        known: Iterable[tuple[str, str]] = (),
        meant: Mapping[tuple[str, str], Any] | None = None,
        *,
        asked: str | None = None,
    ) -> None:
        """Begin to answer.

        Args:
            file: The document.
            answer: The exchange.
            known: Where credentials may be, whether or not anybody asks for them there.
            meant: What the caller gave, by place and name.
            asked: The media type that the client reads, if it is there; then nothing else is
                answered. None for whatever the exchange says.
        """
        self.problems: list[str] = []
        self.count = 0
        self._meant = meant or {}
        self._asked = asked
        document = document_at(file)
        self._operations = list(operations(document))
        self._oracle = Oracle(document)
        self._answer = answer
        # An operation that wants no credentials takes any that there are.
        self._keys = {*places_of_keys(document), *known}
        self._document = document
        self._base = urlsplit(url_of(document).replace("{host}", "server.test"))
        self.host = self._base.hostname or "server.test"

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.count += 1
        found = self._operation(request)
        if found is None:
            self.problems.append(f"there is no {request.method} {request.url}")
            return httpx2.Response(404, text="nothing is here")
        operation, path, query = found
        wanted = needed_by(self._document, operation)
        judged = _Request(request, operation, path, query, self._oracle, self._keys, wanted)
        self.problems += [*judged.problems(), *judged.differences(self._meant)]
        return self._response(operation, request.headers.get("accept", "*/*"))

    def _operation(self, request: httpx2.Request) -> tuple[Operation, str, str] | None:
        """Return the operation that is asked for, the path below its server, and the query."""
        target, _, query = request.url.raw_path.decode().partition("?")
        given = [(name, unquote(value)) for name, value in wire.pairs(query)]
        fitting = [
            (one, path)
            for one in self._operations
            if one.method == request.method and all(pair in given for pair in one.fixed)
            for server in servers_of(self._document, one)
            if (path := _below(server, request.url, target)) is not None
            and wire.segments(one.path, path) is not None
        ]
        if not fitting:
            return None
        # What has fewer variables is meant where both are possible (OpenAPI 3.0, section 4.7.8.2).
        one, path = max(fitting, key=lambda pair: (len(pair[0].fixed), -pair[0].path.count("{")))
        return one, path, query

    def _response(self, operation: Operation, accepted: str) -> httpx2.Response:
        """Return the answer of the exchange, which the document must promise.

        Raises:
            NotAskedError: The client asked for another media type that is there.
        """
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
            media_type = media_type or "application/json"
            is_text = media_type.startswith("text/") and isinstance(self._answer["json"], str)
            content = (
                self._answer["json"] if is_text else json.dumps(self._answer["json"])
            ).encode()
            schema = replies[media_type]
            assert not schema or self._oracle.problems(schema, self._answer["json"], REPLY) == []
        assert (media_type in replies) or not (replies or media_type)
        others = [one for one in replies if _is_accepted(one, accepted)]
        others = [self._asked] if self._asked in others else others
        if self._asked is not None and others and media_type not in ("", *others):
            raise NotAskedError(media_type)
        headers = {"Content-Type": media_type} if media_type else {}
        return httpx2.Response(status, content=content, headers=headers)


def _is_accepted(media_type: str, accepted: str) -> bool:
    ranges = (one.partition(";")[0].strip() for one in accepted.split(","))
    return any(fnmatch(media_type, one) for one in ranges)


def _below(server: str, url: httpx2.URL, target: str) -> str | None:
    """Return the path below a server that a request is for, None where it is for another server.

    A server without a host is where the document is, which nobody has said.
    """
    base = urlsplit(server)
    prefix = base.path.rstrip("/")
    is_here = not base.hostname or (base.scheme, base.hostname) == (url.scheme, url.host)
    return target.removeprefix(prefix) if is_here and target.startswith(f"{prefix}/") else None


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
        wanted: list[list[tuple[Tree, frozenset[str]]]],
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
        self._wanted = wanted

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
        if parameter.style == "deepObject":
            raw = [_of_brackets(parameter, self._query)] * self._has_brackets(parameter)
        if len(raw) > 1 and not parameter.explode:
            yield f"{parameter.name}: it is there more than once"
        elif raw:
            value = _read(parameter, raw)
            problems = self._oracle.problems(parameter.schema, value, REQUEST)
            yield from (f"{parameter.name}: {problem}" for problem in problems)
        elif parameter.required and not self._takes_null(parameter.schema):
            yield f"{parameter.name}: it is missing"

    def _has_brackets(self, parameter: Parameter) -> bool:
        return any(key.startswith(f"{parameter.name}[") for key, _ in self._query)

    def _strangers(self) -> Iterator[str]:
        """Yield what is sent and not asked for."""
        known = {(one.place, one.name.lower()) for one in self._operation.parameters} | self._keys
        objects = {one.name for one in self._operation.parameters if one.style == "deepObject"}
        names = [name for name, _ in self._query if name.partition("[")[0] not in objects]
        sent = [("query", name.lower()) for name in names]
        sent += [("header", name) for name in self._headers if name not in _USUAL]
        sent += [("cookie", name.lower()) for name, _ in self._cookies if name]
        yield from (
            f"{name}: nobody wants this {place}"
            for place, name in sent
            if (place, name) not in known
        )

    def _credentials(self) -> Iterator[str]:
        taken = (all(self._has(*needed) for needed in one) for one in self._wanted)
        if self._wanted and not any(taken):
            yield "the credentials are missing"

    def _has(self, scheme: Tree, scopes: frozenset[str]) -> bool:
        if scheme["type"] == "apiKey":
            return bool(self._raw(scheme["in"], scheme["name"]))
        kind, _, token = self._headers.get("authorization", "").partition(" ")
        is_allowed = scheme["type"] == "http" or allows(token, scopes)
        return is_allowed and kind.lower() == scheme.get("scheme", "bearer")

    def _body(self) -> Iterator[str]:
        content, bodies = self._request.content, self._operation.bodies
        media_type = self._headers.get("content-type", "").partition(";")[0]
        if not content and not media_type:
            if self._operation.body_required and not self._may_be_null():
                yield "the body is missing"
        elif media_type not in bodies:
            yield f"nobody wants a body of {media_type}"
        elif schema := bodies[media_type]:
            value = self._body_value(media_type, schema)
            yield from self._oracle.problems(schema, value, REQUEST)

    def _body_value(self, media_type: str, schema: Node) -> Any:
        content = self._request.content
        if media_type.endswith("json"):
            return json.loads(content)
        if media_type == "multipart/form-data":
            return _parts(schema, content, self._headers["content-type"])
        text = content.decode()
        return _form(schema, text) if media_type == _FORM else text

    def differences(self, meant: Mapping[tuple[str, str], Any]) -> Iterator[str]:
        """Yield which lists arrive as others than they were sent: of one text, for many."""
        for name, raw_value in self._segments.items():
            value = meant.get(("path", name))
            if isinstance(value, str) and value != unquote(raw_value):
                yield f"{name}: it is another value"
        for one in self._operation.parameters:
            is_told = {"type", "items"} & one.schema.resolved().value.keys()
            raw = self._raw(one.place, one.name) if one.place == "query" and is_told else []
            if raw and not _is_as_long(meant.get((one.place, one.name)), _read(one, raw)):
                yield f"{one.name}: it is another list"
        media_type = self._headers.get("content-type", "").partition(";")[0]
        schema = self._operation.bodies.get(media_type)
        body = meant.get(("body", "body"))
        if schema and media_type == _FORM and isinstance(body, dict):
            value = self._body_value(media_type, schema)
            found = value if isinstance(value, dict) else {}
            names = (name for name in body if not _is_as_long(body[name], found.get(name, [])))
            yield from (f"{name}: it is another list" for name in names)

    def _may_be_null(self) -> bool:
        return any(one and self._takes_null(one) for one in self._operation.bodies.values())

    def _takes_null(self, schema: Node) -> bool:
        return not self._oracle.problems(schema, None, REQUEST)


def _read(parameter: Parameter, raw: list[str]) -> Any:
    """Return the value that the texts of a parameter are."""
    schema = parameter.schema.resolved()
    if parameter.style in {"json", "deepObject"}:
        return _json(unquote(raw[0]))
    is_list = schema.get("type") == "array" or (schema.get("type") is None and "items" in schema)
    if not is_list:
        return _scalar(schema, unquote(raw[0]))
    separator = {"pipeDelimited": "%7C|[|]", "spaceDelimited": "%20"}.get(parameter.style, ",")
    parts = raw if parameter.explode else re.split(separator, raw[0])
    items = schema["items"].resolved() if "items" in schema else schema
    return [_scalar(items, unquote(part)) for part in parts]


def _is_as_long(meant: Any, found: Any) -> bool:
    """Tell whether something is no list, or one of as many entries."""
    if not isinstance(meant, list):
        return True
    return isinstance(found, list) and len(found) == len(meant)


def _form(schema: Node, text: str) -> dict[str, Any]:
    """Return the object that a form is, whose fields are written as the document says."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    known = schema.resolved().get("properties") or {}
    encodings = schema.target(f"#{schema.pointer.removesuffix('/schema')}").get("encoding") or {}
    return {
        name: _field(values, known.get(name) or {}, encodings.get(name) or {})
        for name, values in found.items()
    }


def _of_brackets(parameter: Parameter, query: list[tuple[str, str]]) -> str:
    """Return the JSON of an object whose properties are named in brackets."""
    known = parameter.schema.resolved().get("properties") or {}
    found: dict[str, Any] = {}
    for key, value in query:
        if key.startswith(f"{parameter.name}["):
            name = key.removeprefix(f"{parameter.name}[").removesuffix("]")
            is_text = known.get(name, {}).get("type") == "string"
            found[name] = unquote(value) if is_text else _json(unquote(value))
    return quote(json.dumps(found))


def _parts(schema: Node, content: bytes, media_type: str) -> dict[str, Any]:
    """Return the object that a form of parts is; a file is no text, and a text is no file."""
    head = f"Content-Type: {media_type}\r\nMIME-Version: 1.0\r\n\r\n".encode()
    found: dict[str, list[Any]] = {}
    known = schema.resolved().get("properties") or {}
    for part in BytesParser(policy=HTTP).parsebytes(head + content).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        field = known.get(name) or {}
        kind = field.get("items", field) if field.get("type") == "array" else field
        payload = part.get_payload(decode=True)
        is_file = part.get_filename() is not None
        if is_file or kind.get("format") == "binary":
            is_right = is_file and kind.get("format") == "binary"
            value: Any = "a file" if is_right else {"is_file": is_file}
        else:
            value = payload.decode() if kind.get("type") == "string" else _json(payload.decode())
        found.setdefault(name, []).append(value)
    return {
        name: values if (known.get(name) or {}).get("type") == "array" else values[0]
        for name, values in found.items()
    }


def _field(values: list[str], schema: Mapping[str, Any], encoding: Mapping[str, Any]) -> Any:
    """Return the value of a field of a form (OpenAPI 3.0, section 4.7.15.1)."""
    kind = schema.get("type")
    is_styled = "style" in encoding or "explode" in encoding
    if not is_styled and encoding.get("contentType", "").endswith("json"):
        # Of a list, it is each of the items that has a media type.
        return [_json(value) for value in values] if kind == "array" else _json(values[0])
    if kind == "array":
        if encoding.get("explode", encoding.get("style", "form") == "form"):
            return values
        separators = {"pipeDelimited": "|", "spaceDelimited": " "}
        return values[0].split(separators.get(encoding.get("style", ""), ","))
    if kind == "object" and not is_styled:
        return _json(values[0])
    return values if kind is None else _json(values[0]) if kind != "string" else values[0]


def _json(text: str) -> Any:
    """Return what a text is: JSON, or itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _scalar(schema: Node, text: str) -> Any:
    """Return what a text is: where no text is wanted, JSON."""
    return text if schema.get("type") in {"string", "array", None} else _json(text)

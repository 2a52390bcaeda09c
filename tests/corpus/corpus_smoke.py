"""Every operation of a document, called through its client, with the document as judge."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import corpus_wire as wire
import httpx2
from corpus_files import SPECS, Node, made
from corpus_files import document as document_at
from corpus_operations import Operation, Parameter, operations
from corpus_oracle import REPLY, REQUEST, Oracle
from corpus_package import Method, Package, struct_of
from corpus_sampler import FULL, EndlessError, Sampler, samples
from corpus_types import untyped

FULL_BYTES = bytes(range(256))
# What the library below sends by itself.
_SENT_BY_HTTP = {"accept-encoding", "connection", "host", "user-agent"}


@dataclass(frozen=True)
class Mismatch:
    """Where a client does not do what its document says."""

    aspect: str
    operation: str
    detail: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.detail}"


@dataclass
class Findings:
    """What came of calling everything.

    Attributes:
        calls: How many calls were made.
        used: The classes whose values were sent, answered or raised.
        called: The resources and methods that were called, by both clients.
    """

    mismatches: list[Mismatch] = field(default_factory=list[Mismatch])
    unused: list[str] = field(default_factory=list[str])
    calls: int = 0
    samples: int = 0

    def of(self, aspect: str) -> list[Mismatch]:
        """Return those of one aspect, each once."""
        return list(dict.fromkeys(one for one in self.mismatches if one.aspect == aspect))


class _UndecodedError(Exception):
    """A value cannot be made by the judge alone."""


@dataclass
class _Answer:
    status: int = 200
    content: bytes = b""
    media_type: str = ""
    schema: Node | None = None

    @property
    def sent(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)

    def response(self) -> httpx2.Response:
        headers = {"Content-Type": self.media_type} if self.media_type else {}
        return httpx2.Response(self.status, content=self.content, headers=headers)


@dataclass
class _Sample:
    how: str
    value: Any


@dataclass
class _Given:
    """The values of a call: by place and name in the document."""

    how: str
    values: dict[tuple[str, str], Any]
    media_type: str = ""


class Smoke:
    """Calls the operations of one document through one package."""

    def __init__(self, document: Node, package: Package, without: Container[str] = ()) -> None:
        self.findings = Findings()
        self._document = document
        self._without = without
        self._package = package
        self._oracle = Oracle(document)
        self._answer = _Answer()
        self._sent: list[httpx2.Request] = []
        self._used: set[type] = set()
        self._sampled: dict[tuple[str, str], list[_Sample]] = {}
        self._held: set[tuple[str, Any]] = set()
        self._operation = ""
        credentials = package.credentials()
        tokens = {name: key for name, key in credentials.items() if isinstance(key, str)}
        users = {name: key for name, key in credentials.items() if not isinstance(key, str)}
        self._secrets = credentials
        http = httpx2.Client(transport=httpx2.MockTransport(self._serve))
        self._clients = [package.client(http, held) for held in (tokens, users)]
        self._async_http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._serve))
        self._async = [
            package.client(self._async_http, held, is_async=True) for held in (tokens, users)
        ]

    def run(self) -> Findings:
        """Call everything."""
        methods = {method.key: method for method in self._package.methods()}
        for operation in operations(self._document):
            self._operation = operation.name
            if operation.name in self._without:
                continue
            method = methods.pop(operation.key, None)
            if method is None:
                self._note("operations", "no method calls it")
                continue
            try:
                self._one(operation, method)
            except Exception as error:  # one operation must not hide the others
                self._note("calls", f"{type(error).__name__}: {str(error)[:300]}")
        for method in methods.values():
            self._operation = f"{method.resource}.{method.name}"
            self._note("operations", "the document has no such operation")
        self._raise_every_kind()
        self._note_unused()
        return self.findings

    def _note(self, aspect: str, detail: str) -> None:
        self.findings.mismatches.append(Mismatch(aspect, self._operation, detail))

    def _note_unused(self) -> None:
        with_values = {
            name: kind
            for name, kind in self._package.classes().items()
            if issubclass(kind, Enum | self._package.module.ApiError) or struct_of(kind)
        }
        structs = [one for kind in with_values.values() if (one := struct_of(kind))]
        bases = {base for kind in [*with_values.values(), *structs] for base in kind.__mro__[1:]}
        known = {*getattr(self._package.module.errors, "STATUSES", {}).values()}
        self.findings.unused = [
            name
            for name, kind in with_values.items()
            if kind not in bases and kind not in self._used and not name.startswith("_")
            # The exceptions of statuses that no operation needs to declare.
            and kind not in known
        ]

    def _serve(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self._sent.append(request)
        return self._answer.response()

    def _one(self, operation: Operation, method: Method) -> None:
        self._check_signature(operation, method)
        replies = [
            (status, answer)
            for status, contents in _successes(operation)
            for answer in self._answers(status, contents)
        ]
        self._answer = replies[0][1][0] if replies else _Answer()
        givens = list(self._givens(operation))
        for given in givens:
            self._call(operation, method, given)
        usual = givens[0]
        self._hold_both_ways(operation, method)
        asyncio.run(self._call_async(operation, method, usual))
        for status, (answer, meant, how) in replies:
            self._answer = answer
            self._reply(operation, method, usual, meant, f"{status} ({how})")
        for status, contents in _failures(operation):
            for answer, meant, how in self._answers(status, contents):
                self._answer = _of_its_kind(answer, meant, contents)
                self._answer.schema = _preferred(contents)[1]
                self._failure(operation, method, usual, meant, f"{status} ({how})")

    # What is sent

    def _check_signature(self, operation: Operation, method: Method) -> None:
        needed = {(one.place, one.name) for one in operation.parameters if one.required}
        needed |= {("body", "body")} if operation.bodies and operation.body_required else set()
        fixed = {("query", name) for name, _ in operation.fixed}
        missing = [one for one in needed - fixed if one not in method.arguments]
        if missing:
            self._note("requests", f"no argument for {missing}")
        # What can have one value alone need not be given.
        known = {(one.place, one.name) for one in operation.parameters if one.is_fixed}
        required = {method.arguments[one] for one in needed if one in method.arguments}
        filled_in = {method.arguments[one] for one in needed & known if one in method.arguments}
        if not required - filled_in <= method.required <= required:
            self._note(
                "requests", f"{sorted(method.required)} are required, not {sorted(required)}"
            )

    def _givens(self, operation: Operation) -> Iterator[_Given]:
        """Yield values for calls: with all that is optional, turn by turn, then without."""
        fixed = {name for name, _ in operation.fixed}
        parameters = [p for p in operation.parameters if p.place != "query" or p.name not in fixed]
        media_type, schema = _preferred_body(operation.bodies)
        pools = {(p.place, p.name): self._parameter_samples(p) for p in parameters}
        if media_type:
            pools["body", "body"] = self._body_samples(media_type, schema)
        needed = {(p.place, p.name) for p in parameters if p.required}
        needed |= {("body", "body")} if operation.body_required else set()
        turns = max((len(pool) for pool in pools.values()), default=1)
        for turn in range(turns):
            chosen = {key: pool[turn % len(pool)] for key, pool in pools.items() if pool}
            how = f"full {turn}"
            if ("body", "body") in chosen:
                how = f"{how}, body {chosen['body', 'body'].how}"
            yield _Given(how, {key: one.value for key, one in chosen.items()}, media_type)
        bare = {key: pool[-1].value for key, pool in pools.items() if pool and key in needed}
        yield _Given("bare", bare, media_type)

    def _parameter_samples(self, parameter: Parameter) -> list[_Sample]:
        found = self._samples(parameter.schema, REQUEST, parameter.name)
        if parameter.place in {"header", "cookie"}:
            found = [_Sample(one.how, wire.plain(one.value)) for one in found]
        if parameter.place == "path":
            found = [one for one in found if one.value not in ("", [], {}, None)]
        return [one for one in found if one.value is not None]

    def _body_samples(self, media_type: str, schema: Node | None) -> list[_Sample]:
        if (_is_json(media_type) and not _is_file(schema)) or "form" in media_type:
            found = self._samples(schema or made({}), REQUEST, "body")
            return [one for one in found if one.value is not None]
        if media_type.startswith("text/") and not _is_file(schema):
            return [_Sample("text", "é text")]
        return [_Sample("bytes", FULL_BYTES)]

    def _samples(self, schema: Node, direction: str, name: str) -> list[_Sample]:
        """Return samples that the document accepts; of a schema met before, two are enough."""
        key = (schema.resolved().uri, direction)
        if key in self._sampled:
            known = self._sampled[key]
            return [*known[:1], *known[1:][-1:]]
        found: list[_Sample] = []
        refused: list[str] = []
        for how, value, problems in samples(schema, self._oracle, direction, name):
            if problems:
                refused.append(f"{how}: {problems[0]}")
            else:
                found.append(_Sample(how, value))
        if not found:
            self._note("samples", f"no sample for {schema.uri}: {refused[:1]}")
        self._sampled[key] = found
        self.findings.samples += len(found)
        return found

    def _arguments(self, method: Method, given: _Given) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in given.values.items():
            argument = method.arguments.get(key)
            if argument is None:
                self._note("requests", f"{key[0]} parameter {key[1]} has no argument")
                continue
            type_ = method.types[argument]
            is_raw = isinstance(value, bytes) or (key[0] == "body" and "text/" in given.media_type)
            found[argument] = value if is_raw else self._typed(value, type_, key[1])
            self._use(found[argument])
        return found

    def _typed(self, value: Any, type_: Any, name: str) -> Any:
        try:
            return self._package.decoded(json.dumps(value).encode(), type_)
        except (ValueError, TypeError) as error:
            if isinstance(error, TypeError) and "ype union" in str(error):
                # msgspec alone does not tell these types apart; a reply shows whether the
                # client does.
                raise _UndecodedError(f"{name}: {error}") from None
            raise ValueError(f"argument {name} does not take {value!r:.200}: {error}") from None

    def _hold_both_ways(self, operation: Operation, method: Method) -> None:
        """Make a body with what is sent in one direction alone: the class has place for it."""
        wanted = [(operation.bodies, method.types.get(method.arguments.get(("body", "body"), "")))]
        if not operation.path.startswith("/rest/"):  # what is in its envelope has no schema
            wanted += [
                (operation.replies[key], method.returns)
                for key in operation.replies
                if key[0] == "2" and key != "204"
            ]
        for contents, type_ in wanted:
            is_body = contents is operation.bodies
            media_type, schema = _preferred_body(contents) if is_body else _preferred(contents)
            if type_ is None or not _is_json(media_type) or schema is None or _is_file(schema):
                continue
            if (schema.resolved().uri, type_) in self._held:
                continue
            self._held.add((schema.resolved().uri, type_))
            with suppress(EndlessError, _UndecodedError):
                meant = Sampler("", full=FULL, turn=0).sample(schema, "body")
                held = self._typed(meant, type_, "body")
                self._use(held)
                self._judge_value("requests", meant, held, "with what is not to be sent")
                for place in untyped(schema, held):
                    self._note("types", place)

    def _client(self, operation: Operation, clients: list[Any]) -> Any:
        needs_user = any(
            any(scheme["type"] == "basic" or scheme.get("scheme") == "basic" for scheme in together)
            for together in operation.security or []
        )
        only = all(
            any(scheme["type"] == "basic" or scheme.get("scheme") == "basic" for scheme in together)
            for together in operation.security or []
        )
        return clients[1 if needs_user and only else 0]

    def _call(self, operation: Operation, method: Method, given: _Given) -> None:
        arguments = self._arguments(method, given)
        self._sent.clear()
        self.findings.calls += 1
        result = method.on(self._client(operation, self._clients))(**arguments)
        self._use(_read(result))
        self._judge_sent(operation, given)

    async def _call_async(self, operation: Operation, method: Method, given: _Given) -> None:
        arguments = self._arguments(method, given)
        self._sent.clear()
        self.findings.calls += 1
        result = await method.on(self._client(operation, self._async))(**arguments)
        if hasattr(result, "aread"):
            await result.aread()
        self._judge_sent(operation, given)

    def _judge_sent(self, operation: Operation, given: _Given) -> None:
        if len(self._sent) != 1:
            self._note("requests", f"{len(self._sent)} requests were sent")
            return
        for problem in _sent_problems(operation, given, self._sent[0], self._secrets):
            self._note("requests", f"({given.how}) {problem}")
        self._judge_body(operation, given, self._sent[0])

    def _judge_body(self, operation: Operation, given: _Given, request: httpx2.Request) -> None:
        content = request.content
        if ("body", "body") not in given.values:
            if content:
                self._note("requests", f"({given.how}) a body that nobody gave: {content[:80]!r}")
            return
        meant = given.values["body", "body"]
        sent_as = request.headers.get("Content-Type", "")
        schema = operation.bodies[given.media_type]
        wanted = "application/json" if given.media_type == "*/*" else given.media_type
        if sent_as.partition(";")[0] != wanted.partition(";")[0] and not (
            "*" in wanted and not _is_json(wanted)
        ):
            self._note("requests", f"sent as {sent_as!r}, not {given.media_type!r}")
        elif _is_json(given.media_type) and not _is_file(schema):
            sent = json.loads(content)
            if not wire.same(meant, sent):
                where = wire.first_difference(meant, sent)
                self._note("requests", f"({given.how}) body: {where}")
            elif meant != sent and schema is not None:
                for problem in self._oracle.problems(schema, sent, REQUEST)[:2]:
                    self._note("requests", f"({given.how}) body: {problem}")
        else:
            for problem in _form_problems(given.media_type, sent_as, meant, schema, content):
                self._note("requests", f"({given.how}) body: {problem}")

    # What is answered

    def _answers(
        self, status: int, contents: Mapping[str, Node | None]
    ) -> Iterator[tuple[_Answer, Any, str]]:
        """Yield answers of a status, what each means, and how it was made."""
        media_type, schema = _preferred(contents)
        if not media_type or status in {204, 205}:
            yield _Answer(status), None, "empty"
        elif _is_json(media_type) and not _is_file(schema):
            sent_as = "application/json" if "*" in media_type else media_type
            for one in self._samples(schema or made({}), REPLY, "reply"):
                content = json.dumps(one.value).encode()
                how = one.how if schema else f"no schema, {one.how}"
                yield _Answer(status, content, sent_as), one.value, how
        elif media_type.startswith("text/") and not _is_file(schema):
            text = "é text"
            yield _Answer(status, text.encode(), f"{media_type}; charset=utf-8"), text, "text"
        else:
            yield _Answer(status, FULL_BYTES, media_type), FULL_BYTES, "bytes"

    def _reply(
        self, operation: Operation, method: Method, given: _Given, meant: Any, how: str
    ) -> None:
        arguments = self._arguments(method, given)
        self.findings.calls += 1
        try:
            result = _read(method.on(self._client(operation, self._clients))(**arguments))
        except Exception as error:
            problem = f"{type(error).__name__}: {str(error)[:300]} {self._answer.content[:250]!r}"
            self._note("replies", f"{how}: {problem}")
            return
        self._use(result)
        if result is None and "no schema" in how:
            return  # nothing is said of the body: that nothing is read of it is one reading
        meant = self._unwrapped(operation, meant)
        self._judge_value("replies", meant, result, how)

    def _unwrapped(self, operation: Operation, meant: Any) -> Any:
        """Return what is in the envelope of the legacy form, where a reply is one."""
        is_envelope = isinstance(meant, dict) and list(meant) == ["value"]
        return meant["value"] if operation.path.startswith("/rest/") and is_envelope else meant

    def _judge_value(self, aspect: str, meant: Any, result: Any, how: str) -> None:
        is_raw = isinstance(meant, bytes)
        found = result if is_raw else self._package.plain(result)
        if not wire.same(meant, found):
            self._note(aspect, f"{how}: {wire.first_difference(meant, found)}")

    def _failure(
        self,
        operation: Operation,
        method: Method,
        given: _Given,
        meant: Any,
        how: str,
        kind: str = "",
    ) -> None:
        arguments = self._arguments(method, given)
        self.findings.calls += 1
        module = self._package.module
        try:
            method.on(self._client(operation, self._clients))(**arguments)
        except module.ApiError as error:
            self._used.add(type(error))
            self._judge_failure(error, _error_in_envelope(operation, meant), how)
            if kind not in type(error).__name__:
                self._note("failures", f"{how}: became {type(error).__name__}")
        except Exception as error:
            self._note("failures", f"{how}: {type(error).__name__}: {str(error)[:300]}")
        else:
            self._note("failures", f"{how}: nothing was raised")

    def _raise_every_kind(self) -> None:
        """Answer one call with each kind of error that vSphere knows, declared there or not."""
        kinds = _error_kinds(self._document)
        if not kinds:
            return
        methods = {method.key: method for method in self._package.methods()}
        known = [one for one in operations(self._document) if one.key in methods]
        legacy = [one for one in known if one.path.startswith("/rest/")]
        for kind, exception in kinds.items():
            body: dict[str, Any] = {"messages": [], "error_type": kind}
            name = f"com.vmware.vapi.std.errors.{kind.lower()}"
            envelope = {"type": name, "value": {"messages": []}}
            for operation, sent in [
                *((one, body) for one in known[:1]),
                *((one, envelope) for one in legacy[:1]),
            ]:
                self._operation = operation.name
                usual = next(self._givens(operation))
                self._answer = _Answer(400, json.dumps(sent).encode(), "application/json")
                method = methods[operation.key]
                self._failure(operation, method, usual, sent, f"400 ({kind})", exception)

    def _judge_failure(self, error: Any, meant: Any, how: str) -> None:
        str(error)
        if error.status_code != self._answer.status:
            self._note("failures", f"{how}: the status became {error.status_code}")
        if meant in (None, {}) or isinstance(meant, bytes) or not _is_json(self._answer.media_type):
            return
        if error.error is None:
            self._note("failures", f"{how}: .error is None for {self._answer.content[:150]!r}")
            return
        self._use(error.error)
        if self._answer.schema and meant == self._answer.sent:
            for place in untyped(self._answer.schema, error.error):
                self._note("types", f"{how}: {place}")
        self._judge_value("failures", meant, error.error, how)

    def _use(self, value: Any) -> None:
        """Note the classes of a value and of all that it holds."""
        struct = struct_of(type(value))
        if struct or isinstance(value, Enum):
            self._used.add(type(value))
        if struct:
            for name in struct.__struct_fields__:
                self._use(getattr(value, name))
        elif isinstance(value, dict):
            for one in value.values():
                self._use(one)
        elif isinstance(value, list):
            for one in value:
                self._use(one)


def _read(result: Any) -> Any:
    return result.read() if hasattr(result, "aread") else result


def _is_file(schema: Node | None) -> bool:
    """Tell whether a body is a file, whatever its media type: `type: file`, or binary."""
    value = schema.resolved().value if schema is not None else {}
    return value.get("type") == "file" or value.get("format") == "binary"


def _is_json(media_type: str) -> bool:
    bare = media_type.partition(";")[0].strip().lower()
    return bare in {"application/json", "*/*"} or bare.endswith("+json")


def _preferred(contents: Mapping[str, Node | None]) -> tuple[str, Node | None]:
    def rank(media_type: str) -> tuple[bool, ...]:
        """Of JSON, one with a schema comes first, and a range last."""
        if not _is_json(media_type):
            return (True,)
        return False, contents[media_type] is None, "*" in media_type

    ordered = sorted(contents, key=rank)
    return (ordered[0], contents[ordered[0]]) if ordered else ("", None)


def _preferred_body(contents: Mapping[str, Node | None]) -> tuple[str, Node | None]:
    """Prefer a form with a file: neither JSON nor a plain form holds bytes as they are."""
    for media_type, schema in contents.items():
        whole = (schema or made({})).resolved()
        if media_type == "multipart/form-data" and any(
            _is_file(one) or ("items" in one.resolved() and _is_file(one.resolved()["items"]))
            for _, one in whole.children("properties")
        ):
            return media_type, schema
    return _preferred(contents)


def _status(key: str, unknown: int) -> int:
    return int(key) if key.isdigit() else unknown if key == "default" else int(key[0]) * 100 + 18


def _successes(operation: Operation) -> Iterator[tuple[int, Mapping[str, Node | None]]]:
    keys = [key for key in operation.replies if key.startswith("2")]
    for key in keys or [key for key in operation.replies if key == "default"]:
        yield _status(key, 200), operation.replies[key]


def _failures(operation: Operation) -> Iterator[tuple[int, Mapping[str, Node | None]]]:
    succeeds = any(key.startswith("2") for key in operation.replies)
    for key, contents in operation.replies.items():
        if key.startswith(("4", "5")) or (key == "default" and succeeds):
            yield _status(key, 520), contents


def _error_kinds(document: Node) -> dict[str, str]:
    """Return the kinds of error of vSphere, each with the word for it in a class name.

    The 9.1 document lists them; servers of any version send them, whatever their document lists.
    """
    named = document["components"].children("schemas") if "components" in document else ()
    names = [name for name, _ in (*named, *document.children("definitions"))]
    if not any(re.match(r"vapi\.?std\.?errors", name, re.IGNORECASE) for name in names):
        return {}
    base = document_at(SPECS / "vsphere-9.1.0" / "vcenter-slice.yaml")["components"]["schemas"]
    kinds = base["Vapi.Std.Errors.Error"]["discriminator"]["mapping"].value
    return {kind: "".join(map(str.capitalize, kind.split("_"))) for kind in kinds}


def _error_in_envelope(operation: Operation, meant: Any) -> Any:
    """Return the error inside the envelope of the legacy form: its `type` became the class."""
    is_envelope = isinstance(meant, dict) and meant.keys() <= {"type", "value"}
    return meant.get("value") if operation.path.startswith("/rest/") and is_envelope else meant


def _of_its_kind(answer: _Answer, meant: Any, contents: Mapping[str, Node | None]) -> _Answer:
    """Return an error answer whose `error_type` names the schema of its body.

    The documents before 9.0 let any kind go with any body; the servers do not.
    """
    schema = _preferred(contents)[1]
    if not (isinstance(meant, dict) and "error_type" in meant and schema):
        return answer
    last = re.split(r"[Ee]rrors\.?", schema.resolved().pointer)[-1]
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", last).upper()
    if not schema.resolved().get("discriminator") and "allOf" not in schema.resolved():
        meant["error_type"] = kind
        answer.content = json.dumps(meant).encode()
    return answer


def _sent_problems(
    operation: Operation, given: _Given, request: httpx2.Request, secrets: Mapping[str, Any]
) -> Iterator[str]:
    if request.method != operation.method:
        yield f"sent by {request.method}"
    raw = request.url.raw_path.decode()
    target, _, query = raw.removeprefix("/base").partition("?")
    found = wire.segments(operation.path.partition("#")[0], target)
    if found is None:
        yield f"{target} is no {operation.path}"
        return
    keys = [key for key in secrets.values() if isinstance(key, str)]
    yield from _parameter_problems(operation, given, request, found, query, keys)
    yield from _security_problems(operation, given, request, keys)


def _parameter_problems(
    operation: Operation,
    given: _Given,
    request: httpx2.Request,
    path: Mapping[str, str],
    query: str,
    keys: list[str],
) -> Iterator[str]:
    left = wire.pairs(query)
    for fixed in operation.fixed:
        if (fixed[0], wire.quoted(fixed[1])) in left:
            left.remove((fixed[0], wire.quoted(fixed[1])))
        else:
            yield f"{fixed[0]}={fixed[1]} is not in {query}"
    cookies = _cookies(request.headers.get("Cookie", ""))
    fixed_names = {name for name, _ in operation.fixed}
    for parameter in operation.parameters:
        name, place = parameter.name, parameter.place
        if place == "query" and name in fixed_names:
            continue
        meant = given.values.get((place, name))
        if place == "path":
            raw = [(name, path[name])]
        elif place == "header":
            raw = [(name, value)] if (value := request.headers.get(name)) is not None else []
        elif place == "cookie":
            raw = [pair for pair in cookies if pair[0] == name]
        else:
            raw = wire.taken(parameter, meant, left)
        if meant is None:
            is_key = (place, name) in _keys_of(operation) and {one for _, one in raw} <= {*keys}
            if raw and not is_key and name.lower() not in _SENT_BY_HTTP:
                yield f"{name} was not given, and {raw} was sent"
        else:
            yield from wire.differences(parameter, meant, raw)
    for place, name in _keys_of(operation):
        own = [(name, wire.quoted(key)) for key in keys if place == "query"]
        left = [pair for pair in left if pair not in own]
    if left:
        yield f"nobody gave {left}"


def _keys_of(operation: Operation) -> set[tuple[str, str]]:
    """Return the places and names of the keys that its security schemes send."""
    schemes = (one for together in operation.security or [] for one in together)
    return {(one["in"], one["name"]) for one in schemes if one["type"] == "apiKey"}


def _cookies(header: str) -> list[tuple[str, str]]:
    found = (part.strip().partition("=") for part in header.split(";") if part.strip())
    return [(name, value) for name, _, value in found]


def _security_problems(
    operation: Operation, given: _Given, request: httpx2.Request, keys: list[str]
) -> Iterator[str]:
    if operation.security is None:
        return
    alternatives = operation.security
    sent = [all(_is_proven(s, given, request, keys) for s in one) for one in alternatives]
    if alternatives and not any(sent):
        yield "no alternative of the security schemes was sent"
    if not alternatives and "Authorization" in request.headers:
        yield "credentials were sent where none are wanted"


def _is_proven(
    scheme: Mapping[str, Any], given: _Given, request: httpx2.Request, keys: list[str]
) -> bool:
    authorization = request.headers.get("Authorization", "")
    kind, how = scheme["type"], str(scheme.get("scheme") or "").lower()
    if kind == "basic" or how == "basic":
        return authorization.startswith("Basic ")
    if kind == "apiKey":
        place, name = scheme["in"], scheme["name"]
        if (place, name) in given.values:
            return True  # the caller gave it, as a parameter that is there, too
        cookies = dict(_cookies(request.headers.get("Cookie", "")))
        found = {"header": request.headers, "query": request.url.params, "cookie": cookies}
        return found[place].get(name) in keys
    prefix = how if kind == "http" and how != "bearer" else "Bearer"
    return authorization.removeprefix(f"{prefix} ") in keys


def _form_problems(
    media_type: str, sent_as: str, meant: Any, schema: Node | None, content: bytes
) -> Iterator[str]:
    if media_type == "application/x-www-form-urlencoded":
        found = wire.form(content)
        for name, value in meant.items():
            values = value if isinstance(value, list) else [value]
            if not wire.same(values, found.get(name, [])):
                yield f"{name}: {values!r} meant, {found.get(name)!r} sent"
    elif media_type == "multipart/form-data":
        yield from _part_problems(wire.parts(content, sent_as), meant, schema)
    else:
        wanted = meant.encode() if isinstance(meant, str) else meant
        if content != wanted:
            yield f"{wanted[:60]!r} meant, {content[:60]!r} sent"


def _part_problems(
    found: Mapping[str, list[tuple[str, bytes]]], meant: Mapping[str, Any], schema: Node | None
) -> Iterator[str]:
    whole = (schema or made({})).resolved()
    declared = dict(whole.children("properties"))
    for name, value in meant.items():
        values = value if isinstance(value, list) else [value]
        node = (declared[name] if name in declared else whole["additionalProperties"]).resolved()
        node = node["items"].resolved() if "items" in node else node
        sent = [content for _, content in found.get(name, [])]
        if node.get("format") == "binary":
            wanted: list[Any] = [base64.b64decode(one) for one in values]
        elif node.get("type") in {"object", None}:
            wanted, sent = values, [json.loads(one) for one in sent]
        else:
            wanted, sent = values, [one.decode() for one in sent]
        if not wire.same(wanted, sent):
            yield f"{name}: {wanted!r} meant, {sent!r} sent"
    for name in found.keys() - meant.keys():
        yield f"nobody gave {name}"

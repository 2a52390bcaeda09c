"""Faking: a server in process, for tests. Becomes a part of `testing.py`."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, get_type_hints
from urllib.parse import unquote

import httpx2
from msgspec import ValidationError, convert
from msgspec.json import decode, encode

from vcgen.runtime.errors import ApiError
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.checks import checked

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Probe:
    """Stands for an argument, to see what carries it."""

    name: str


@dataclass(frozen=True)
class FakeCall:
    """A call that was received.

    Attributes:
        arguments: The arguments that were given, by name, as values of their types.
        request: The request that carried them.
    """

    arguments: Mapping[str, Any]
    request: httpx2.Request


class FakeOperation(Generic[T]):
    """An operation of a fake server: its responses and its calls.

    The responses are sent in order; the last one is repeated.

    Attributes:
        calls: The calls so far.
    """

    def __init__(self, name: str, function: Callable[..., Call[T]]) -> None:
        self.name = name
        self.calls: list[FakeCall] = []
        self._parameters = inspect.signature(function).parameters
        self._types = get_type_hints(function)
        self._call = function(**{one: Probe(one) for one in self._parameters})
        self._answers: list[Callable[[FakeTransport, FakeCall], httpx2.Response]] = []

    def returns(self, *values: T) -> None:
        """Respond with values, in order."""
        self._answers += [functools.partial(self._returned, value) for value in values]

    def _returned(self, value: T, *_: Any) -> httpx2.Response:
        return self.success(value)

    def answers(self, function: Callable[..., T]) -> None:
        """Respond with what a function of the arguments returns."""

        def answer(_: FakeTransport, call: FakeCall) -> httpx2.Response:
            given: list[Any] = []
            named: dict[str, Any] = {}
            for name, parameter in self._parameters.items():
                if parameter.kind is parameter.KEYWORD_ONLY:
                    named[name] = call.arguments.get(name)
                else:
                    given.append(call.arguments[name])
            return self.success(function(*given, **named))

        self._answers.append(answer)

    def raises(
        self, exception: type[ApiError], body: object = None, *, status: int = 0
    ) -> None:
        """Respond with an error.

        Args:
            exception: The exception that the client raises.
            body: The body of the response; by default, the kind of the error.
            status: By default, the one that the API declares for it.

        Raises:
            ValueError: The API declares no status for it, and none is given.
        """
        raises = self._call.raises.items()
        declared = [key for key, one in raises if one is exception]
        found = status or next((one for one in declared if isinstance(one, int)), 0)
        if not found:
            kind = exception.__name__
            raise ValueError(f"{self.name} declares no {kind}: pass status=")
        self._answers.append(lambda fake, _: fake.fake_error(found, exception, body))

    def drops(self) -> None:
        """Drop the connection before the response."""

        def answer(_: FakeTransport, call: FakeCall) -> httpx2.Response:
            raise httpx2.ReadError("the connection was dropped", request=call.request)

        self._answers.append(answer)

    def rank(self, request: httpx2.Request) -> int:
        """Return how well a request fits: 0 if it does not."""
        fixed = [o for o in self._carriers("Query") if not isinstance(o.value, Probe)]
        sent = request.url.params.multi_items()
        if request.method != self._call.method or not self._in_path(request):
            return 0
        if not all((one.name, one.value) in sent for one in fixed):
            return 0
        literal = re.sub(r"\{[^{}]*\}", "", self._call.path)
        return 1 + len(literal) + 1000 * len(fixed)

    def answer(self, fake: FakeTransport, request: httpx2.Request) -> httpx2.Response:
        """Return the next response to a request.

        Raises:
            AssertionError: The request differs from the API document, or the operation
                has no response.
        """
        call = FakeCall(self._arguments(fake, request), request)
        self.calls.append(call)
        if not self._answers:
            raise AssertionError(f"{self.name} was called, but has no response")
        is_last = len(self._answers) == 1
        return (self._answers[0] if is_last else self._answers.pop(0))(fake, call)

    @property
    def is_told(self) -> bool:
        """Whether there is a response."""
        return bool(self._answers)

    def exception(self, status: int) -> type[ApiError]:
        """Return the exception that the API declares for a status."""
        return self._call.raises.get(status, ApiError)

    def _carriers(self, place: str) -> list[Any]:
        ends = (f"In{place}", f"Styled{place}")
        return [one for one in self._call.sends if type(one).__name__ in ends]

    def _in_path(self, request: httpx2.Request) -> re.Match[str] | None:
        parts = re.split(r"(\{[^{}]*\})", self._call.path)
        pattern = "".join("([^/]+)" if p[:1] == "{" else re.escape(p) for p in parts)
        path = request.url.raw_path.decode().partition("?")[0]
        return re.search(f"{pattern}$", path)

    def _arguments(self, fake: FakeTransport, call: httpx2.Request) -> dict[str, Any]:
        self._check_query(fake, call)
        found = {**self._body(call)}
        for carrier, texts in self._sent(call):
            if isinstance(carrier.value, Probe) and texts:
                found[carrier.value.name] = self._read(carrier, texts)
        for name, parameter in self._parameters.items():
            if parameter.default is parameter.empty and name not in found:
                raise AssertionError(f"{self.name} needs {name}, which was not sent")
        return found

    def _sent(self, request: httpx2.Request) -> Iterator[tuple[Any, list[str]]]:
        """Yield what carries an argument, and the texts that it carried."""
        names = re.findall(r"\{([^{}]*)\}", self._call.path)
        match = self._in_path(request)
        segments = dict(zip(names, match.groups() if match else (), strict=False))
        for one in self._carriers("Path"):
            yield one, [unquote(segments[one.name])]
        for one in self._carriers("Query"):
            yield one, request.url.params.get_list(one.name)
        for one in self._carriers("Header"):
            yield one, request.headers.get_list(one.name)

    def _check_query(self, fake: FakeTransport, request: httpx2.Request) -> None:
        known = {one.name for one in self._carriers("Query")} | fake.fake_secret_query
        strange = sorted({*request.url.params} - known)
        # What a style makes of an object has names of its own.
        if strange and not any(is_styled(one) for one in self._carriers("Query")):
            raise AssertionError(f"{self.name} has no query parameter {strange[0]}")

    def _read(self, carrier: Any, texts: list[str]) -> Any:
        """Return an argument as a value of its type; in a style, as it was sent."""
        if is_styled(carrier):
            return ",".join(texts)
        name, problem = carrier.value.name, ""
        for value in (texts[0], texts):
            try:
                return convert(value, self._types[name], strict=False, dec_hook=read_by)
            except ValidationError as error:
                problem = problem or str(error)
        raise AssertionError(f"{self.name}: {name}: {problem}")

    def _body(self, request: httpx2.Request) -> dict[str, Any]:
        """Return the body, by the name of its argument; a form as it was sent."""
        for one in self._call.sends:
            value = getattr(one, "value", None)
            if not (isinstance(value, Probe) and hasattr(one, "media_type")):
                continue
            if type(one).__name__ != "JsonBody":
                return {value.name: request.content}
            try:
                content: Any = decode(request.content, type=self._types[value.name])
            except ValueError as error:
                raise AssertionError(f"{self.name}: {value.name}: {error}") from error
            return {value.name: content}
        return {}

    def success(self, value: Any) -> httpx2.Response:
        """Return the response that a client reads as a value.

        Raises:
            TypeError: There is none.
        """
        for status, reader in self._call.returns.items():
            code = status if isinstance(status, int) else 200
            kind = type(reader).__name__
            if kind == "NoContent" and value is None:
                return httpx2.Response(code)
            if kind == "Text" and isinstance(value, str):
                return httpx2.Response(code, text=value)
            if kind in {"Json", "Enveloped"}:
                body = {"value": value} if kind == "Enveloped" else value
                content = encode(checked(body))
                response = httpx2.Response(code, headers=JSON, content=content)
                with suppress(ValueError):
                    reader.read(response)
                    return response
        raise TypeError(f"{self.name} has no response of type {type(value).__name__}")


def is_styled(carrier: Any) -> bool:
    """Return whether an argument has a style."""
    return type(carrier).__name__.startswith("Styled")


def read_by(type_: Any, value: Any) -> Any:
    """Return a value as a type that reads itself. Called by the decoder."""
    return type_.__decode__(value)


class FakeResource:
    """The operations of a fake server that belong together."""


class FakeTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport that responds instead of a network, sync and async."""

    def __init__(
        self,
        discriminators: tuple[str, ...] = (),
        kinds: Mapping[str, type[ApiError]] | None = None,
        fake_secret_query: tuple[str, ...] = (),
    ) -> None:
        self._discriminators = discriminators
        self._kinds = kinds or {}
        self.fake_secret_query = frozenset(fake_secret_query)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of the fake. Called by httpx2."""
        request.read()
        return self._respond(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of the fake. Called by httpx2."""
        await request.aread()
        return self._respond(request)

    def _respond(self, request: httpx2.Request) -> httpx2.Response:
        operations = self.fake_operations()
        best = max(operations, key=lambda one: one.rank(request))
        if not best.rank(request):
            place = f"{request.method} {request.url.path}"
            raise AssertionError(f"no operation of this client is {place}")
        return self.fake_respond(best, request)

    def fake_respond(
        self, operation: FakeOperation[Any], request: httpx2.Request
    ) -> httpx2.Response:
        """Return the response of an operation."""
        return operation.answer(self, request)

    def fake_operations(self) -> list[FakeOperation[Any]]:
        """Return the operations."""
        every = vars(self).values()
        found = [vars(one) for one in every if isinstance(one, FakeResource)]
        return [operation for one in found for operation in one.values()]

    def fake_error(
        self, status: int, exception: type[ApiError], body: object = None
    ) -> httpx2.Response:
        """Return an error as the server would send it."""
        kind = next((name for name, one in self._kinds.items() if one is exception), "")
        told = {name: kind for name in self._discriminators[:1] if kind}
        content = encode(checked(told if body is None else body))
        return httpx2.Response(status, headers=JSON, content=content)


class FakeSessions(FakeTransport):
    """A fake server that has sessions, which open, expire and end by themselves."""

    fake_session_header: ClassVar[str]
    fake_opening: ClassVar[str]
    fake_closing: ClassVar[str]

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self._open: set[str] = set()
        self._over: set[str] = set()
        self._most = 1000

    @property
    def open_sessions(self) -> int:
        """How many sessions there are."""
        return len(self._open)

    def expire_sessions(self) -> None:
        """End the sessions; the next requests with them are refused."""
        self._over |= self._open
        self._open.clear()

    def limit_sessions(self, most: int) -> None:
        """Refuse to open more than so many sessions at a time, with the status 503."""
        self._most = most

    def fake_respond(
        self, operation: FakeOperation[Any], request: httpx2.Request
    ) -> httpx2.Response:
        """Return the response of an operation."""
        token = request.headers.get(self.fake_session_header, "")
        if operation.name != self.fake_opening and token in self._over:
            return self.fake_error(401, operation.exception(401))
        is_ours = operation.name in {self.fake_opening, self.fake_closing}
        if operation.is_told or not is_ours:
            return operation.answer(self, request)
        if operation.name == self.fake_closing:
            self._open.discard(token)
            return operation.success(None)
        if len(self._open) >= self._most:
            return self.fake_error(503, operation.exception(503))
        token = f"session-{len(self._open) + len(self._over) + 1}"
        self._open.add(token)
        return operation.success(token)

"""Operations of a fake server: their responses and their calls."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Generic, ParamSpec, Protocol, TypeAlias, get_type_hints

import httpx2
from msgspec import Struct
from msgspec.json import encode

from vcgen.runtime.errors import ApiError
from vcgen.runtime.faking.breaking import broken_off
from vcgen.runtime.faking.limits import LIMITS, excesses
from vcgen.runtime.faking.reading import argument, takes
from vcgen.runtime.faking.requests import Sent, sent_in
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.checks import checked

P = ParamSpec("P")
# Makes the response of an operation that the test has given none.
Usual: TypeAlias = "Callable[[FakeOperation[..., Any]], httpx2.Response]"

JSON = {"Content-Type": "application/json"}
# The readers that read JSON, by their names: a client has those that it needs.
JSON_READERS = frozenset({"Anything", "Enveloped", "Json", "JsonText", "Untyped"})
NO_HEADERS: Mapping[str, str] = {}


class Probe(Struct, frozen=True):
    """Stands for an argument, to see what carries it."""

    name: str


class FakeCall(Struct, frozen=True):
    """A call that was received.

    Attributes:
        arguments: The arguments that were given, by name, as values of their types.
        request: The request that carried them.
    """

    arguments: Mapping[str, Any]
    request: httpx2.Request


class ErrorMaker(Protocol):
    """Makes the response for an error."""

    def __call__(
        self, status: int, exception: type[ApiError], body: object, /
    ) -> httpx2.Response: ...


class FakeOperation(Generic[P, T]):
    """An operation of a fake server: its responses and its calls.

    The responses are sent in order; the last one is repeated.

    Attributes:
        calls: The calls so far.
    """

    def __init__(
        self,
        name: str,
        function: Callable[P, Call[T]],
        read_body: Callable[[Any, Any, Sent], Any] | None = None,
    ) -> None:
        self.name = name
        self.calls: list[FakeCall] = []
        self._signature = inspect.signature(function)
        self._types = get_type_hints(function)
        probed: Any = function
        probes = {one: Probe(one) for one in self._signature.parameters}
        self._call: Call[T] = probed(**probes)
        self._read_body = read_body
        self._answers: list[Callable[[ErrorMaker, FakeCall], httpx2.Response]] = []
        self._answered = 0

    def returns(self, *values: T, headers: Mapping[str, str] = NO_HEADERS) -> None:
        """Respond with values, in order; each has the headers."""

        def answer(value: T, *_: Any) -> httpx2.Response:
            response = self.success(value)
            response.headers.update(headers)
            return response

        self._answers += [functools.partial(answer, value) for value in values]

    def answers(self, function: Callable[P, T]) -> None:
        """Respond with what a function returns: it takes the arguments of the call."""
        respond: Any = function

        def answer(_: ErrorMaker, call: FakeCall) -> httpx2.Response:
            given: list[Any] = []
            named: dict[str, Any] = {}
            for name, parameter in self._signature.parameters.items():
                if parameter.kind is parameter.KEYWORD_ONLY:
                    named[name] = call.arguments.get(name, parameter.default)
                else:
                    given.append(call.arguments[name])
            return self.success(respond(*given, **named))

        self._answers.append(answer)

    def raises(
        self,
        exception: type[ApiError],
        body: object = None,
        *,
        status: int = 0,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        """Respond with an error.

        Args:
            exception: The exception that the client raises.
            body: The body of the response; by default, the kind of the error.
            status: By default, the one that the API declares for it.
            headers: Headers of the response, such as `Retry-After`.

        Raises:
            ValueError: The API declares no status for it, and none is given.
        """
        raises = self._call.raises.items()
        declared = [key for key, one in raises if one is exception]
        found = status or next((one for one in declared if isinstance(one, int)), 0)
        if not found:
            kind = exception.__name__
            raise ValueError(f"{self.name} declares no {kind}: pass status=")

        def answer(make: ErrorMaker, _: FakeCall) -> httpx2.Response:
            response = make(found, exception, body)
            response.headers.update(headers)
            return response

        self._answers.append(answer)

    def drops(self) -> None:
        """Drop the connection before the response."""

        def answer(_: ErrorMaker, call: FakeCall) -> httpx2.Response:
            raise httpx2.ReadError("the connection was dropped", request=call.request)

        self._answers.append(answer)

    def breaks(self) -> None:
        """Drop the connection in the middle of the response that was added last.

        Raises:
            ValueError: There is no response yet.
        """
        if not self._answers:
            raise ValueError(f"{self.name} has no response yet that could break")
        whole = self._answers.pop()
        self._answers.append(lambda make, call: broken_off(whole(make, call)))

    def called_with(self, *args: P.args, **kwargs: P.kwargs) -> list[FakeCall]:
        """Return the calls that had these arguments, and no others."""
        given = self._signature.bind(*args, **kwargs).arguments
        known = {
            name: value
            for name, value in given.items()
            if value is not self._signature.parameters[name].default
        }
        return [one for one in self.calls if one.arguments == known]

    def rank(self, request: httpx2.Request) -> int:
        """Return how well a request fits: 0 if it does not."""
        fixed = [o for o in self._carriers("Query") if not isinstance(o.value, Probe)]
        queried = request.url.params.multi_items()
        if request.method != self._call.method:
            return 0
        sent = self._sent(request)
        if sent is None or not all((one.name, one.value) in queried for one in fixed):
            return 0
        variable = sum(map(len, sent.segments)) + 2 * len(sent.segments)
        return 1 + len(self._call.path) - variable + 1000 * len(fixed)

    def answer(
        self, make: ErrorMaker, request: httpx2.Request, usual: Usual | None = None
    ) -> httpx2.Response:
        """Return the next response to a request.

        Args:
            make: Makes the response for an error.
            request: The request.
            usual: Makes the response if the test has given none.

        Raises:
            AssertionError: The request differs from the API document, or the operation
                has no response.
        """
        call = FakeCall(self._arguments(request), request)
        self.calls.append(call)
        if not self._answers:
            if usual is None:
                raise AssertionError(f"{self.name} was called, but has no response")
            return usual(self)
        position = min(self._answered, len(self._answers) - 1)
        self._answered = position + 1
        return self._answers[position](make, call)

    @property
    def security(self) -> list[list[str]]:
        """The alternatives of schemes whose credentials it needs."""
        return [[*schemes] for schemes in self._call.security]

    def exception(self, status: int) -> type[ApiError]:
        """Return the exception that the API declares for a status."""
        return self._call.raises.get(status, ApiError)

    def _sent(self, request: httpx2.Request) -> Sent | None:
        styles = {
            one.name: getattr(one, "style", None) for one in self._carriers("Path")
        }
        long = [name for name, style in styles.items() if style and "/" in style.safe]
        return sent_in(request, self._call.path, long)

    def _carriers(self, place: str) -> list[Any]:
        ends = (f"In{place}", f"Styled{place}")
        return [one for one in self._call.sends if type(one).__name__ in ends]

    def _arguments(self, request: httpx2.Request) -> dict[str, Any]:
        """Return the arguments that a request carries.

        Raises:
            AssertionError: One differs from the API document, or is missing.
        """
        sent = self._sent(request)
        found: dict[str, Any] = {}
        for carrier in self._call.sends if sent else ():
            probe = getattr(carrier, "value", None)
            if sent and isinstance(probe, Probe):
                for value in self._argument(carrier, probe.name, sent):
                    found[probe.name] = value
        for name, parameter in self._signature.parameters.items():
            if parameter.default is parameter.empty and name not in found:
                raise AssertionError(f"{self.name} needs {name}, which was not sent")
        return found

    def _argument(self, carrier: Any, name: str, sent: Sent) -> list[Any]:
        """Return an argument in a list; an empty one if it was not sent."""
        type_ = self._types[name]
        try:
            if not hasattr(carrier, "media_type"):
                queried = {one.name for one in self._carriers("Query")}
                others = frozenset(queried - {carrier.name})
                found = argument(carrier, type_, sent, others)
            elif self._read_body and is_body_in(sent):
                found = [self._read_body(carrier, type_, sent)]
            else:
                found = []
        except ValueError as error:
            raise AssertionError(f"{self.name}: {name}: {error}") from error
        limits = LIMITS.get(f"{self.name}.{name}", {})
        for problem in (p for value in found for p in excesses(value, limits, name)):
            raise AssertionError(f"{self.name}: {problem}")
        return found

    def check_query(self, request: httpx2.Request, known: frozenset[str]) -> None:
        """Raise AssertionError if a parameter is unknown, also among others."""
        carriers = [(one, self._type_of(one)) for one in self._carriers("Query")]
        for name in sorted({*request.url.params} - known):
            if not any(takes(one, type_, name) for one, type_ in carriers):
                raise AssertionError(f"{self.name} has no query parameter {name}")

    def _type_of(self, carrier: Any) -> Any:
        is_probe = isinstance(carrier.value, Probe)
        return self._types[carrier.value.name] if is_probe else str

    def success(self, value: Any) -> httpx2.Response:
        """Return the response that a client reads as a value.

        Raises:
            TypeError: There is none.
        """
        made = list(self._successes(value))
        if not made:
            kind = type(value).__name__
            raise TypeError(f"{self.name} has no response of type {kind}")
        exact = (response for response, read in made if read == value)
        return next(exact, made[0][0])

    def _successes(self, value: Any) -> Iterator[tuple[httpx2.Response, Any]]:
        """Yield the responses for a value, and what a client reads of them."""
        for status, reader in self._call.returns.items():
            code = status if isinstance(status, int) else 200
            kind = type(reader).__name__
            if kind == "NoContent" and value is None:
                yield httpx2.Response(code), value
            elif kind == "Text" and isinstance(value, str):
                yield httpx2.Response(code, text=value), value
            elif kind in JSON_READERS:
                body = {"value": value} if kind == "Enveloped" else value
                content = encode(checked(body))
                response = httpx2.Response(code, headers=JSON, content=content)
                with suppress(ValueError):
                    yield response, reader.read(response)


def is_body_in(sent: Sent) -> bool:
    """Return whether a request has a body, be it an empty one."""
    return bool(sent.content) or "Content-Type" in sent.headers

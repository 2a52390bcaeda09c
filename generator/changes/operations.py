"""What changed of the operations: calls, arguments, bodies, replies, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator import ir
from generator.changes import rules
from generator.changes.change import Change, Kind, What
from generator.changes.comparison import Comparison, Subject, notes
from generator.changes.facts import facts
from generator.changes.pairing import pair_arguments
from generator.changes.types import without_none
from generator.changes.view import Method


def operation_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of every operation of either client."""
    paired = {one.name: other for one, other in both.methods}
    kept = {other.name for other in paired.values()}
    for method in both.old.methods:
        if other := paired.get(method.name):
            yield from _Operation(both, method, other).changes()
        else:
            yield _subject(method).ruled(What.REMOVED, method.operation.key, None)
    for method in both.new.methods:
        if method.name not in kept:
            yield _subject(method).ruled(What.ADDED, None, method.operation.key)


def _subject(method: Method) -> Subject:
    return Subject(Kind.OPERATION, method.name, "", method.operation.key)


class _Operation:
    """An operation of both clients."""

    def __init__(self, both: Comparison, old: Method, new: Method) -> None:
        self._both = both
        self._types = both.types
        self._place = old.name
        self._method = new.name
        self._addresses = both.old.address(old), both.new.address(new)
        self._old = old.operation
        self._new = new.operation
        self._arguments = list(pair_arguments(old, new))
        self._kinds = {error.name for error in both.new.package.errors.kinds}

    def changes(self) -> Iterator[Change]:
        """Yield what changed of it."""
        yield from self._call()
        yield from self._parameters()
        yield from self._body()
        yield from self._replies()
        yield from self._errors()

    def _call(self) -> Iterator[Change]:
        subject = Subject(Kind.OPERATION, self._place, "", self._old.key)
        if self._place != self._method:
            yield subject.ruled(What.RENAMED, self._place, self._method)
        if self._addresses[0] != self._addresses[1]:
            yield subject.ruled(What.LOCATION, self._old.key, self._new.key)
        if self._old.security != self._new.security:
            taken = {*map(frozenset, self._new.security)}
            sent = {*map(frozenset, self._old.security)}
            # An operation that wants no credentials takes any.
            case = "widened" if not taken or (sent and sent <= taken) else "narrowed"
            yield subject.ruled(
                What.SECURITY, _either(self._old.security), _either(self._new.security), case
            )
        yield from notes(subject, self._old, self._new)

    def _argument(self, one: ir.Parameter) -> Subject:
        kind = Kind.BODY if one.location == "body" else Kind.PARAMETER
        return Subject(kind, self._place, one.name, one.spec_name)

    def _parameters(self) -> Iterator[Change]:
        kept = [one for pair in self._arguments for one in pair]
        for one in self._old.parameters:
            if not _is_among(one, kept):
                yield self._argument(one).ruled(What.REMOVED, one.type.annotation, None)
        for one, other in self._arguments:
            yield from self._parameter(one, other)
        for one in self._new.parameters:
            if not _is_among(one, kept):
                case = rules.REQUIRED if one.required else rules.OPTIONAL
                yield self._argument(one).ruled(What.ADDED, None, one.type.annotation, case)
        yield from self._order()

    def _parameter(self, one: ir.Parameter, other: ir.Parameter) -> Iterator[Change]:
        subject = self._argument(one)
        if one.name != other.name:
            yield subject.ruled(What.RENAMED, one.name, other.name, "argument")
        # In a path it is a name within the document.
        is_named = one.location != "path" or other.location != "path"
        if one.spec_name != other.spec_name and is_named:
            yield subject.ruled(What.RENAMED, one.spec_name, other.spec_name, "on the wire")
        if one.location != other.location:
            yield subject.ruled(What.LOCATION, one.location, other.location)
        if one.style != other.style and one.location == other.location:
            yield subject.ruled(What.FORMAT, _styled(one.style), _styled(other.style))
        yield from self._value(subject, one, other)

    def _value(self, subject: Subject, one: ir.Parameter, other: ir.Parameter) -> Iterator[Change]:
        if one.required is not other.required:
            case = rules.NOW_REQUIRED if other.required else rules.NOW_OPTIONAL
            yield subject.ruled(What.REQUIRED, _needed(one), _needed(other), case)
        old, new = without_none(one.type), without_none(other.type)
        if not self._types.is_same(old, new):
            verdict = self._types.in_request(old, new)
            yield subject.change(What.TYPE, old.annotation, new.annotation, verdict)
        yield from facts(subject, one, other, rules.REQUEST)

    def _order(self) -> Iterator[Change]:
        """Yield whether arguments that may be passed by position have changed places."""
        names = {other.name: one.name for one, other in self._arguments}
        if self._old.body and self._new.body:
            names[self._new.body.argument.name] = self._old.body.argument.name
        old, new = self._old.required, self._new.required
        now = [names[one.name] for one in new if one.name in names]
        was = [one.name for one in old if one.name in now]
        now = [name for name in now if name in was]
        if was != now:
            subject = Subject(Kind.PARAMETER, self._place, ", ".join(was), self._old.key)
            yield subject.ruled(What.ORDER, ", ".join(was), ", ".join(now))

    def _body(self) -> Iterator[Change]:
        one, other = self._old.body, self._new.body
        if one is None and other is not None:
            case = rules.REQUIRED if other.argument.required else rules.OPTIONAL
            told = f"{other.argument.type.annotation} as {other.media_type}"
            yield self._argument(other.argument).ruled(What.ADDED, None, told, case)
        elif one is not None and other is None:
            told = f"{one.argument.type.annotation} as {one.media_type}"
            yield self._argument(one.argument).ruled(What.REMOVED, told, None)
        elif one is not None and other is not None:
            subject = self._argument(one.argument)
            if one.media_type != other.media_type or one.encodings != other.encodings:
                yield subject.ruled(What.FORMAT, one.media_type, other.media_type)
            yield from self._value(subject, one.argument, other.argument)

    def _replies(self) -> Iterator[Change]:
        old = {answer.status: answer for answer in self._old.returns}
        new = {answer.status: answer for answer in self._new.returns}
        for status, answer in old.items():
            if status not in new:
                yield self._reply(status).ruled(What.REMOVED, _told(answer), None)
            elif answer.reader != new[status].reader:
                yield self._reply(status).ruled(What.FORMAT, _read(answer), _read(new[status]))
            elif not self._types.is_same(answer.type, new[status].type):
                verdict = self._types.in_reply(answer.type, new[status].type)
                yield self._reply(status).change(
                    What.TYPE, answer.type.annotation, new[status].type.annotation, verdict
                )
        for status, answer in new.items():
            if status not in old:
                yield self._added(status, answer, old)
        yield from self._result()

    def _added(
        self, status: int | str, answer: ir.Answer, old: Mapping[int | str, ir.Answer]
    ) -> Change:
        subject = self._reply(status)
        expected = old.get(f"{str(status)[0]}XX") or old.get("default")
        if expected is None:
            return subject.ruled(What.ADDED, None, _told(answer))
        # The old client reads it as what it knows of the whole range.
        verdict = self._types.in_reply(expected.type, answer.type)
        return subject.change(What.ADDED, None, _told(answer), verdict)

    def _result(self) -> Iterator[Change]:
        """Yield whether callers are given another type because of statuses that came or went."""
        old, new = self._old, self._new
        statuses = ({answer.status for answer in one.returns} for one in (old, new))
        if len({*map(frozenset, statuses)}) > 1 and not self._types.is_same(old.result, new.result):
            subject = Subject(Kind.REPLY, self._place, "", old.key)
            verdict = self._types.for_callers(old.result, new.result)
            yield subject.change(What.TYPE, old.result.annotation, new.result.annotation, verdict)

    def _reply(self, status: int | str) -> Subject:
        return Subject(Kind.REPLY, self._place, str(status), self._old.key)

    def _errors(self) -> Iterator[Change]:
        old = {failure.status: failure for failure in self._old.failures}
        new = {failure.status: failure for failure in self._new.failures}
        for status, failure in old.items():
            subject = Subject(Kind.ERROR, self._place, str(status), self._old.key)
            if status not in new:
                yield subject.ruled(What.REMOVED, failure.exception, None)
                continue
            other = new[status]
            if failure.exception != other.exception:
                case = rules.KIND if failure.exception in self._kinds else ""
                yield subject.ruled(What.RENAMED, failure.exception, other.exception, case)
            if not self._types.is_same(failure.body, other.body):
                verdict = self._types.for_callers(failure.body, other.body)
                told = (failure.body.annotation, other.body.annotation)
                yield subject.change(What.TYPE, *told, verdict)
        for status, failure in new.items():
            if status not in old:
                subject = Subject(Kind.ERROR, self._place, str(status), self._old.key)
                yield subject.ruled(What.ADDED, None, failure.exception)


def _is_among(one: ir.Parameter, others: Sequence[ir.Parameter]) -> bool:
    return any(one is other for other in others)


def _either(security: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join(" and ".join(schemes) or "none" for schemes in security) or "none"


def _styled(style: ir.Style | None) -> str:
    return "as usual" if style is None else f"{style.name}{', explode' if style.explode else ''}"


def _needed(one: ir.Parameter) -> str:
    return rules.REQUIRED if one.required else rules.OPTIONAL


def _told(answer: ir.Answer) -> str:
    return answer.type.annotation


def _read(answer: ir.Answer) -> str:
    return answer.media_type or "no content"

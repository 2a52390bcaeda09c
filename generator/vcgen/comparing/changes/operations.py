"""What changed of the operations: calls, arguments, bodies, replies, errors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatch

from vcgen import ir
from vcgen.comparing.changes import rules
from vcgen.comparing.changes.change import Change, Kind, Verdict, What
from vcgen.comparing.changes.comparison import Comparison, Subject, deprecation, documented
from vcgen.comparing.changes.credentials import is_credential, security_changes
from vcgen.comparing.changes.failures import error_changes
from vcgen.comparing.changes.pairing import crossed, pair_arguments
from vcgen.comparing.changes.textual import reader_of, worst
from vcgen.comparing.changes.types import without_none
from vcgen.comparing.changes.values import absence, facts, presence
from vcgen.comparing.changes.view import Method, own_address, shown
from vcgen.records import replace
from vcgen.text.media_types import bare

_IN_QUERY, _ELSEWHERE = ir.Style("form", explode=True), ir.Style("simple")


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
        self._addresses = both.old.own_address(old), both.new.own_address(new)
        self._old = old.operation
        self._new = new.operation
        self._arguments = list(pair_arguments(old, new))
        self._crossed = list(crossed(self._arguments, old, new))

    def changes(self) -> Iterator[Change]:
        """Yield what changed of it."""
        yield from self._call()
        yield from self._parameters()
        yield from self._body()
        yield from self._replies()
        yield from error_changes(self._both, self._place, self._old, self._new)

    def _call(self) -> Iterator[Change]:
        subject = Subject(Kind.OPERATION, self._place, "", self._old.key)
        if self._place != self._method:
            yield subject.ruled(What.RENAMED, self._place, self._method)
        is_of_another = self._old.server != self._new.server
        is_there = is_of_another and self._addresses[0] == self._addresses[1]
        if self._is_moved() and not is_there:
            yield subject.ruled(What.LOCATION, self._old.key, self._new.key)
        if is_of_another:
            servers = (one.server or "that of the document" for one in (self._old, self._new))
            is_offered = self._old.server != "" and self._old.server in self._new.offered
            case = "server"
            if is_there or (is_offered and not self._is_moved()):
                case += ", at the same address" if is_there else ", the old one is there"
            yield subject.ruled(What.LOCATION, *servers, case)
        yield from security_changes(self._both, subject, self._old, self._new)
        yield from deprecation(subject, self._old, self._new)
        common = _exceptions(self._old) & _exceptions(self._new)
        yield from documented(subject, _doc(self._old, common), _doc(self._new, common))

    def _is_moved(self) -> bool:
        """Tell whether the operation has another address, its base path aside."""
        own = (own_address(one) for one in (self._old, self._new))
        return self._addresses[0] != self._addresses[1] and len({*own}) > 1

    def _argument(self, one: ir.Parameter) -> Subject:
        kind = Kind.BODY if one.location == "body" else Kind.PARAMETER
        return Subject(kind, self._place, one.name, one.spec_name)

    def _parameters(self) -> Iterator[Change]:
        kept = [one for pair in self._arguments for one in pair]
        for one in self._old.parameters:
            if not _is_among(one, kept):
                is_given = is_credential(one, self._new, self._both.new.package.client)
                cases = ["a credential now"] * is_given
                yield self._argument(one).ruled(What.REMOVED, shown(one.type), None, *cases)
        for one, other in self._arguments:
            yield from self._parameter(one, other)
        for one in self._new.parameters:
            if not _is_among(one, kept):
                case = rules.REQUIRED if one.required else rules.OPTIONAL
                if one.required and is_credential(one, self._old, self._both.old.package.client):
                    case = "a credential before"
                yield self._argument(one).ruled(What.ADDED, None, shown(one.type), case)
        yield from self._order()

    def _parameter(self, one: ir.Parameter, other: ir.Parameter) -> Iterator[Change]:
        subject = self._argument(one)
        if one.name != other.name:
            yield subject.ruled(What.RENAMED, one.name, other.name, "argument")
        # In a path it is a name within the document.
        is_named = one.location != "path" or other.location != "path"
        if _sent_as(one) != _sent_as(other) and is_named:
            yield subject.ruled(What.RENAMED, one.spec_name, other.spec_name, "on the wire")
        if one.location != other.location:
            yield subject.ruled(What.LOCATION, one.location, other.location)
        elif one in self._crossed:
            yield subject.ruled(What.LOCATION, self._old.path, self._new.path)
        if _style(one) != _style(other) and one.location == other.location:
            yield subject.ruled(What.FORMAT, _styled(one.style), _styled(other.style))
        elif one.location == other.location:
            yield from _escaping(subject, one.style, other.style)
        yield from self._value(subject, one, other)

    def _value(self, subject: Subject, one: ir.Parameter, other: ir.Parameter) -> Iterator[Change]:
        yield from presence(subject, one, other)
        yield from absence(subject, one, other, rules.REQUEST)
        old, new = self._types.given(without_none(one.type), without_none(other.type))
        if not self._types.is_same(old, new):
            reader = worst(map(reader_of, (one, other)))
            verdict = self._types.in_request(old, new, reader)
            yield subject.change(What.TYPE, shown(old), shown(new), verdict)
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
            told = f"{shown(other.argument.type)} in {_written(other)}"
            yield self._argument(other.argument).ruled(What.ADDED, None, told, case)
        elif one is not None and other is None:
            told = f"{shown(one.argument.type)} in {_written(one)}"
            yield self._argument(one.argument).ruled(What.REMOVED, told, None)
        elif one is not None and other is not None:
            subject = self._argument(one.argument)
            yield from self._format(subject, one, other)
            yield from self._value(subject, one.argument, other.argument)

    def _format(self, subject: Subject, one: ir.Body, other: ir.Body) -> Iterator[Change]:
        """Yield whether a body is written otherwise, and whether it can still be written so."""
        if _written(one) != _written(other):
            # How fields are written is known of the chosen media type alone.
            is_taken = _is_offered(one, other) and not one.encodings
            cases = ["still accepted"] * (is_taken and one.charset == other.charset)
            yield subject.ruled(What.FORMAT, _written(one), _written(other), *cases)
            return
        olds, news = ({e.spec_name: e for e in body.encodings} for body in (one, other))
        for name in self._shared_fields(one, other, [*olds, *news]):
            was, now = (_encoded(encodings.get(name)) for encodings in (olds, news))
            if was != now:
                cases = ["still accepted"] * _is_one_more(olds.get(name), news.get(name))
                yield subject.ruled(What.FORMAT, f"{name}: {was}", f"{name}: {now}", *cases)
            elif name in olds and name in news:
                yield from _escaping(subject, olds[name].style, news[name].style, name)

    def _shared_fields(self, one: ir.Body, other: ir.Body, names: Sequence[str]) -> list[str]:
        """Return which fields of a form both have; all of them where it is no class."""
        found = dict.fromkeys(names)
        for view, body in ((self._both.old, one), (self._both.new, other)):
            node = view.classes.get(without_none(body.argument.type).name)
            if isinstance(node, ir.Struct):
                known = view.fields(node)
                found = {name: None for name in found if name in known}
        return list(found)

    def _replies(self) -> Iterator[Change]:
        old = {answer.status: answer for answer in self._old.returns}
        new = {answer.status: answer for answer in self._new.returns}
        for status, answer in old.items():
            if status in new:
                yield from self._reply(self._status(status), answer, new[status])
            else:
                yield self._status(status).ruled(What.REMOVED, _read(answer), None)
        for status, answer in new.items():
            if status not in old:
                yield self._added(status, answer, old)
        if old.keys() != new.keys() and not self._types.is_same(self._old.result, self._new.result):
            subject = Subject(Kind.REPLY, self._place, "", self._old.key)
            told = (shown(self._old.result), shown(self._new.result))
            yield subject.change(What.TYPE, *told, self._result(), "of all statuses")

    def _reply(self, subject: Subject, one: ir.Answer, other: ir.Answer) -> Iterator[Change]:
        """Yield what changed of a status; callers see what all statuses together answer."""
        told = _read(one), _read(other)
        media_types = bare(one.media_type), bare(other.media_type)
        if one.reader == "NoContent" != other.reader:
            yield subject.change(What.FORMAT, *told, self._result(), "where nothing was read")
        elif one.reader == "Anything" != other.reader:
            yield subject.change(What.FORMAT, *told, self._result(), "where anything was read")
        elif one.reader != other.reader or (one.reader != "Json" and _differ(media_types)):
            # What is read otherwise and has the same name is another format in its place.
            is_there = _differ(media_types) and _is_offered(one, other)
            cases = ["still offered"] * is_there
            cases = cases or ["text, and no longer as JSON"] * _is_text(one, other)
            on_wire = rules.verdict(Kind.REPLY, What.FORMAT, *cases)
            verdict = rules.either(on_wire, self._result())
            yield subject.change(What.FORMAT, *told, verdict, *cases)
        else:
            if _differ(media_types):
                yield subject.ruled(What.FORMAT, *media_types, "JSON as before")
            if not self._types.is_same(one.type, other.type):
                verdict = rules.either(self._types.for_client(one.type, other.type), self._result())
                yield subject.change(What.TYPE, *told, verdict)

    def _added(
        self, status: int | str, answer: ir.Answer, old: Mapping[int | str, ir.Answer]
    ) -> Change:
        expected = old.get(f"{str(status)[0]}XX") or old.get("default")
        if expected is None:
            cases = ["of the only type that is known"] * self._is_read_by_shape(answer)
            return self._status(status).ruled(What.ADDED, None, _read(answer), *cases)
        if expected.reader == "NoContent":
            case = "in a range where nothing was read"
            return self._status(status).ruled(What.ADDED, None, _read(answer), case)
        # The old client reads it as what it knows of the whole range.
        verdict = self._types.for_client(expected.type, answer.type)
        case = "in a range that was declared"
        return self._status(status).change(What.ADDED, None, _read(answer), verdict, case)

    def _is_read_by_shape(self, answer: ir.Answer) -> bool:
        """Tell whether a lenient client reads a status that it does not know, by its body.

        It does if the body fits exactly one of the types that it knows; of one type, if it fits.
        """
        known = self._old.returns
        is_json = {one.reader for one in (answer, *known)} == {"Json"} and len(known) == 1
        return is_json and not self._types.for_client(known[0].type, answer.type).wire

    def _result(self) -> Verdict:
        """Return whether callers are given another type, of whatever status."""
        old, new = self._old.result, self._new.result
        if new == ir.NONE != old:
            # Even where None was one of the values, a type checker takes no result for one.
            return Verdict(False, True, "callers expect the old type")
        return self._types.for_callers(old, new)

    def _status(self, status: int | str) -> Subject:
        return Subject(Kind.REPLY, self._place, str(status), self._old.key)


def _is_among(one: ir.Parameter, others: Sequence[ir.Parameter]) -> bool:
    return any(one is other for other in others)


def _is_text(one: ir.Answer, other: ir.Answer) -> bool:
    """Tell whether a text was declared as JSON, and comes as it is: a lenient client reads both."""
    return one.carrier == "JsonText" and other.reader == "Text" and other.media_type[:5] == "text/"


def _is_offered(one: ir.Body | ir.Answer, other: ir.Body | ir.Answer) -> bool:
    """Tell whether the form of a body is still there: for what it was, or for what it is now."""
    mine = bare(one.media_type)
    known = {digest for media_type, digest in one.offered if fnmatch(mine, media_type)}
    known |= {digest for name, digest in other.offered if fnmatch(bare(other.media_type), name)}
    return any(fnmatch(mine, name) and digest in known for name, digest in other.offered)


def _style(one: ir.Parameter) -> ir.Style | None:
    """Return how a parameter is written, whether or not all of it is escaped."""
    if one.style is None or not one.style.safe:
        return one.style
    plain = replace(one.style, safe="")
    is_usual = plain == (_IN_QUERY if one.location in {"query", "cookie"} else _ELSEWHERE)
    return None if is_usual else plain


def _escaping(
    subject: Subject, old: ir.Style | None, new: ir.Style | None, name: str = ""
) -> Iterator[Change]:
    """Yield whether other characters are escaped, of a field of a form if it has a name."""
    before, after = (f"{name}: " * bool(name) + _escaped(style) for style in (old, new))
    if before != after:
        yield subject.ruled(What.FORMAT, before, after, "escaping")


def _escaped(style: ir.Style | None) -> str:
    return "reserved characters as they are" if style and style.safe else "all escaped"


def _styled(style: ir.Style | None) -> str:
    return "as usual" if style is None else f"{style.name}{', explode' if style.explode else ''}"


def _sent_as(one: ir.Parameter) -> str:
    """Return a parameter's name as HTTP compares it."""
    return one.spec_name.lower() if one.location == "header" else one.spec_name


def _differ(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1]


def _written(body: ir.Body) -> str:
    """Return how a body is written."""
    return bare(body.media_type) + (f" in {body.charset}" if body.charset else "")


def _encoded(encoding: ir.Encoding | None) -> str:
    """Return how a field of a form is written."""
    if encoding is None:
        return _styled(None)
    written = " or ".join(encoding.media_types) or _styled(encoding.style)
    needed = [one.spec_name for one in encoding.headers if one.value is None]
    return f"{written} with the header {' and '.join(needed)}" if needed else written


def _is_one_more(old: ir.Encoding | None, new: ir.Encoding | None) -> bool:
    """Tell whether a part may have more media types now, and is as before in all else."""
    if not (old and new and old.media_types):
        return False
    rest = replace(new, media_types=old.media_types)
    return rest == old and all(
        any(fnmatch(one, other) for other in new.media_types) for one in old.media_types
    )


def _read(answer: ir.Answer) -> str:
    """Return what a status answers; JSON goes without saying."""
    if answer.reader == "NoContent":
        return "nothing"
    if answer.reader in {"Json", "Anything"}:
        return shown(answer.type)
    form = "an envelope" if answer.reader == "Enveloped" else bare(answer.media_type)
    return f"{shown(answer.type)} in {form}"


def _raised(operation: ir.Operation) -> dict[str, str]:
    return {one.exception: one.doc for one in operation.raises_doc}


def _exceptions(operation: ir.Operation) -> set[str]:
    return {*_raised(operation), *(one.exception for one in operation.failures)}


def _doc(operation: ir.Operation, exceptions: Collection[str]) -> str:
    """Return what the document says of an operation, and of when it fails with an exception."""
    # Where it says nothing, we do.
    is_ours = operation.doc == f"Call {operation.method} {operation.path}."
    raised = _raised(operation)
    lines = [f"{name}: {raised[name]}" for name in sorted(exceptions) if name in raised]
    return "\n".join(["" if is_ours else operation.doc, *lines])

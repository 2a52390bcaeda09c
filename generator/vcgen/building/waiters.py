"""Waiters: what is declared of them is checked against the types, and becomes methods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.declared import Declared
from vcgen.building.located import located_operations
from vcgen.building.openapi import extension
from vcgen.building.properties import Properties
from vcgen.building.tables import Place, Table
from vcgen.building.unions import optional
from vcgen.errors import SpecError, did_you_mean
from vcgen.records import Record, replace

EXTENSION = "x-vcgen-waiters"

_KEYS = ("doc", "success", "failure", "retry", "interval", "max_interval", "timeout")
_MATCH_KEYS = ("property", "values", "status", "error", "after", "hint", "reason")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_INTERVAL, _LONGEST, _TIMEOUT = 2.0, 30.0, 600.0


def with_waiters(
    context: Context,
    resources: tuple[ir.Resource, ...],
    errors: ir.Errors,
    definitions: Iterable[ir.Definition],
) -> tuple[ir.Resource, ...]:
    """Return resources with the waiters that the configuration and the document declare."""
    maker = _Waiters(errors, Properties(definitions))
    found: dict[str, list[ir.Waiter]] = {}
    for declared in _declared(context):
        try:
            resource, operation = declared.target(resources)
            waiter = maker.waiter(declared, operation)
            others = found.setdefault(resource.attribute, [])
            taken = [*(one.name for one in resource.operations), *(one.name for one in others)]
            if waiter.name in taken:
                message = f"{resource.attribute}.{waiter.name} already exists"
                raise declared.table.problem("name", message, "choose another name")
            others.append(waiter)
        except SpecError as error:
            context.note(error)
    return tuple(replace(one, waiters=tuple(found.get(one.attribute, ()))) for one in resources)


class _Declared(Declared, Record):
    """What is declared of one waiter."""

    name: str


def _declared(context: Context) -> Iterator[_Declared]:
    for table in context.options.waiters:
        try:
            table.check_keys(("name", "operation", *_KEYS))
            yield _Declared(table.text("operation"), table, table.text("name"))
        except SpecError as error:
            context.note(error)
    for source in located_operations(context):
        declared: Any = extension(source.operation, EXTENSION)
        place = Place(f"{source.pointer}/{EXTENSION}")
        try:
            for name, table in _tables(declared, place):
                table.check_keys(_KEYS)
                yield _Declared(source.name, table, name)
        except SpecError as error:
            context.note(error)


def _tables(declared: Any, place: Place) -> Iterator[tuple[str, Table]]:
    hint = "write an object for each name, as `finished: {success: [...]}`"
    if not isinstance(declared, Mapping | None):
        raise place.problem("must be an object", hint)
    for name, values in (declared or {}).items():
        if not isinstance(values, Mapping):
            raise place.inside(name).problem("must be an object", hint)
        yield str(name), Table(values, place.inside(name))


class _Waiters:
    """Makes waiters of what is declared."""

    def __init__(self, errors: ir.Errors, properties: Properties) -> None:
        self._errors = errors
        self._properties = properties

    def waiter(self, declared: _Declared, operation: ir.Operation) -> ir.Waiter:
        """Return the waiter for an operation.

        Raises:
            SpecError: Something that is declared does not fit the document.
        """
        table = declared.table
        if not _NAME.fullmatch(declared.name):
            hint = "write it in snake_case: `finished` becomes `wait_until_finished`"
            raise table.problem("name", f'"{declared.name}" cannot be the name of a method', hint)
        success, failure, retry = (
            tuple(self._match(one, operation) for one in table.tables(key))
            for key in ("success", "failure", "retry")
        )
        if not success:
            hint = 'write `success = [{ property = "status", values = ["DONE"] }]`'
            raise table.problem("success", "does not name the response to wait for", hint)
        interval, longest = _pauses(table)
        return ir.Waiter(
            name=f"wait_until_{declared.name}",
            operation=operation,
            success=success,
            failure=failure,
            retry=retry,
            interval=interval,
            longest=longest,
            timeout=table.seconds("timeout", _TIMEOUT),
            result=_result(operation, success),
            doc=table.text("doc", "") or _doc(operation, success),
        )

    def _match(self, table: Table, operation: ir.Operation) -> ir.Match:
        table.check_keys(_MATCH_KEYS)
        exception, body = self._error(table)
        statuses = _statuses(table, operation, is_error=bool(exception))
        if statuses and statuses[0] >= 400 and not exception:
            exception, body = ir.ANY_ERROR, self._errors.body
        if not (exception or statuses or "property" in table):
            hint = "write at least one of `property`, `status` and `error`"
            raise table.place.problem("has no condition", hint)
        whole = body if exception else operation.result
        path, values = self._property(table, whole)
        reason = self._path(table, "reason", operation.result).path if "reason" in table else ()
        after, hint = table.seconds("after", 0), table.text("hint", "")
        return ir.Match(exception, statuses, path, values, after, hint, reason)

    def _error(self, table: Table) -> tuple[str, ir.Type]:
        """Return the exception that is meant, "" for none, and the type of its body."""
        if "error" not in table:
            return "", ir.NONE
        name = table.text("error")
        if name == ir.ANY_ERROR:
            return name, self._errors.body
        for one in self._errors.classes:
            if name in {one.name, one.spec_name, *one.kinds}:
                return one.name, one.body if one.bodies else self._errors.body
        classes = self._errors.classes
        known = [each for one in classes for each in (one.name, *one.kinds)]
        listed = ", ".join((ir.ANY_ERROR, *(one.name for one in classes)))
        hint = did_you_mean(name, known, f"the exceptions are: {listed}")
        raise table.problem("error", f'there is no error "{name}"', hint)

    def _property(
        self, table: Table, whole: ir.Type
    ) -> tuple[tuple[str, ...], tuple[ir.Value, ...] | None]:
        if "property" not in table:
            if "values" in table:
                raise table.problem("values", "need a property", 'write `property = "..."`')
            return (), None
        found = self._path(table, "property", whole)
        if "values" not in table:
            return found.path, None
        values = table.items("values")
        for value, place in values:
            self._properties.check_value(found.type, value, place)
        return found.path, tuple(value for value, _ in values)

    def _path(self, table: Table, key: str, whole: ir.Type) -> Any:
        return self._properties.find(whole, table.text(key), table.place.inside(key))


def _pauses(table: Table) -> tuple[float, float]:
    """Return the seconds of the first pause, and of the longest.

    Raises:
        SpecError: There would be none between two requests, or the first would be too long.
    """
    interval = table.seconds("interval", _INTERVAL)
    if not interval:
        message = "must be more than 0: there would be no pause between the requests"
        raise table.problem("interval", message, f"write `interval = {_INTERVAL:g}`")
    longest = table.seconds("max_interval", max(interval, _LONGEST))
    if longest < interval:
        message = f"is less than `interval`, which is {interval:g}"
        raise table.problem("max_interval", message, "write a shorter `interval`")
    return interval, longest


def _statuses(table: Table, operation: ir.Operation, *, is_error: bool) -> tuple[int, ...]:
    """Return the statuses that are meant; all of them are those of errors, or none."""
    found: list[int] = []
    declared = {str(answer.status).upper() for answer in operation.returns}
    for status, place in table.items("status"):
        if isinstance(status, bool) or not isinstance(status, int) or not 100 <= status < 600:
            raise place.problem("must be a status from 100 to 599", "write `status = 503`")
        if found and (status >= 400) != (found[0] >= 400):
            raise place.problem("mixes statuses of success and of errors", "write two conditions")
        if status >= 400:
            found.append(status)
        elif is_error:
            raise place.problem(f"no error has the status {status}", "leave it out, or `error`")
        elif declared & {str(status), f"{status // 100}XX", "DEFAULT"}:
            found.append(status)
        else:
            hint = f"the document declares {', '.join(sorted(declared))}"
            raise place.problem(f"the operation has no response {status}", hint)
    return tuple(found)


def _result(operation: ir.Operation, success: Iterable[ir.Match]) -> ir.Type:
    """Return the type of what ends it well: an error is no value."""
    are_errors = [bool(one.exception) for one in success]
    if all(are_errors):
        return ir.NONE
    return optional(operation.result) if any(are_errors) else operation.result


def _doc(operation: ir.Operation, success: Iterable[ir.Match]) -> str:
    told = ", or ".join(one.told for one in success)
    return f"Wait until {told}.\n\n`{operation.name}` is called repeatedly."

"""What to write instead: the new code for a change that breaks callers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from vcgen import ir
from vcgen.comparing.changes import Change, Comparison, Kind, What
from vcgen.comparing.changes.view import Method, View, shown

_CALLED = frozenset({Kind.OPERATION, Kind.PARAMETER, Kind.BODY, Kind.REPLY})


def instead(change: Change, both: Comparison) -> str:
    """Return a line of code for the new client, "" where nothing takes the old one's place."""
    if not change.verdict.callers:
        return ""
    return _KINDS[change.kind](change, both)


def _call(change: Change, both: Comparison) -> str:
    """Return a call of the method as it is now."""
    pairs = {one.name: (one, other) for one, other in both.methods}
    if change.place not in pairs:
        return ""
    _, new = pairs[change.place]
    if change.what is What.LOCATION and "server" in change.cases:
        return _served(new.operation)
    argument = _argument(change, new)
    call = f"client.{new.name}({', '.join(_arguments(new.operation, argument))})"
    if change.kind is Kind.REPLY and new.operation.result != ir.NONE:
        return f"result: {shown(new.operation.result)} = {call}"
    return call


def _served(operation: ir.Operation) -> str:
    """Return a client for which an operation is at another server than the document says."""
    if not operation.server:
        return "Client(base_url=url)"
    return f"Client(servers={{{json.dumps(operation.server)}: url}})"


def _argument(change: Change, new: Method) -> str:
    """Return the name of the argument that a change is about, as it is now."""
    if change.what is What.RENAMED and "argument" in change.cases:
        return change.new
    names = {one.name for one in new.operation.arguments}
    return change.name if change.name in names else ""


def _arguments(operation: ir.Operation, wanted: str) -> Iterator[str]:
    yield from (one.name for one in operation.required)
    for one in operation.optional:
        if one.name == wanted:
            yield f"{one.name}={one.name}"


def _derived(change: Change, both: Comparison) -> str:
    """Return a call of a waiter or an iterator, or of what begins a task, as it is now."""
    if change.kind is Kind.TASK:
        return _call(change, both)
    if change.what is What.TYPE:
        return f"value: {change.new}"
    return f"client.{change.new}" if change.what is What.RENAMED else ""


def _error(change: Change, _: Comparison) -> str:
    if change.what is What.RENAMED:
        return f"except {change.new}:"
    return f"body: {change.new} | None = error.error" if change.what is What.TYPE else ""


def _exception(change: Change, both: Comparison) -> str:
    if change.what is What.REMOVED:
        return "except ApiError:"
    if change.what is What.TAG:
        raised = dict(both.new.package.errors.kinds)
        names = (raised.get(kind, change.place) for kind in change.old.split(", "))
        return f"except {next(name for name in names if name != change.place)}:"
    return _error(change, both)


def _class(change: Change, both: Comparison) -> str:
    new = both.new
    if change.what is What.RENAMED:
        return f"{_import(new, change.new)}"
    if change.what is What.LOCATION:
        return f"{_import(new, both.classes.get(change.place, change.place))}"
    name = both.classes.get(change.place, change.place)
    if change.what is What.TYPE and name in new.classes:
        return f"value: {name}" if "base lost" in change.cases else _made(new, new.classes[name])
    return ""


def _made(view: View, node: ir.Definition) -> str:
    """Return how a value of a class is made."""
    if isinstance(node, ir.EnumClass):
        return f"{node.name}.{node.members[0].name}" if node.members else node.name
    if isinstance(node, ir.UnionClass):
        return f"value: {node.name}"
    needed = [one.name for one in view.fields(node).values() if not one.absence]
    return f"{node.name}({', '.join(f'{name}={name}' for name in needed)})"


def _import(view: View, name: str) -> str:
    path = view.modules.get(name, "").removesuffix(".py")
    module = ".".join([view.package.name, *filter(None, path.split("/"))])
    return f"from {module} import {name}"


def _field(change: Change, both: Comparison) -> str:
    name = change.new if change.what is What.RENAMED and "field" in change.cases else change.name
    class_ = both.classes.get(change.place, change.place)
    if change.what is What.REMOVED:
        node = both.new.classes.get(class_)
        is_made = any("in a request" in case for case in change.cases)
        return _made(both.new, node) if is_made and isinstance(node, ir.Struct) else ""
    if change.what in {What.ADDED, What.RENAMED} or change.cases[:1] == (
        "now required in a request",
    ):
        is_made = any("in a request" in case for case in change.cases)
        return f"{class_}({name}={name})" if is_made else f"value.{name}"
    if change.what is What.REQUIRED:
        return f"if value.{name} is not None:"
    if change.what is What.ABSENT:
        return f"{class_}({name}={name})"
    return f"{name}: {change.new}"


def _alternative(change: Change, _: Comparison) -> str:
    # A list or a map is told by its class alone.
    return f"isinstance(value, {change.new.partition('[')[0]})" if change.what is What.ADDED else ""


def _value(change: Change, both: Comparison) -> str:
    if change.what is not What.RENAMED:
        return ""
    return f"{both.classes.get(change.place, change.place)}.{change.new}"


def _client(change: Change, both: Comparison) -> str:
    client = both.new.package.client
    if change.what is What.LOCATION and "modules" in change.cases:
        name = next(iter(both.new.classes), "")
        return _import(both.new, name) if name else ""
    if change.what is What.LOCATION and "no default server" in change.cases:
        return 'Client("host")'
    if any("of the URL" in case for case in change.cases):
        return "" if change.what is What.REMOVED else f"Client({change.name}={change.name})"
    if "server of tokens" in change.cases:
        return ""
    if change.what is What.LOCATION:
        return f"Client(base_url={json.dumps(client.server.url.replace('{host}', 'host'))})"
    schemes = ", ".join(f"{one.name}={one.name}" for one in client.schemes)
    return f"Client({schemes})"


_KINDS: Mapping[Kind, Callable[[Change, Comparison], str]] = {
    **dict.fromkeys(_CALLED, _call),
    **dict.fromkeys((Kind.WAITER, Kind.ITERATOR, Kind.TASK), _derived),
    Kind.ERROR: _error,
    Kind.EXCEPTION: _exception,
    Kind.CLASS: _class,
    Kind.FIELD: _field,
    Kind.ALTERNATIVE: _alternative,
    Kind.VALUE: _value,
    Kind.CLIENT: _client,
}

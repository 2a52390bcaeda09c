"""Pairs: which operation and which argument of the new client is which of the old one.

Operations are the same where method and address are, wherever the address is written: in the path,
or partly in the server's URL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from vcgen import ir
from vcgen.comparing.changes.view import Method, View


def pair_methods(old: View, new: View) -> tuple[tuple[Method, Method], ...]:
    """Return the operations of both clients that are the same, in the order of the old one."""
    pairs = {
        one.name: (one, new.by_address[place])
        for place, one in old.by_address.items()
        if place in new.by_address
    }
    taken = {other.name for _, other in pairs.values()}
    # What moved to another address keeps its operationId, if that is one.
    moved = {
        identity: method
        for identity, method in _identified(new).items()
        if method.name not in taken
    }
    for identity, one in _identified(old).items():
        if one.name not in pairs and identity in moved:
            pairs[one.name] = (one, moved[identity])
    return tuple(pairs[one.name] for one in old.methods if one.name in pairs)


def _identified(view: View) -> dict[tuple[str, str], Method]:
    """Return the operations whose tag and operationId no other one has."""
    keys = {
        method.name: (method.resource.spec_name, method.operation.operation_id)
        for method in view.methods
        if method.operation.operation_id
    }
    count = Counter(keys.values())
    named = {method.name: method for method in view.methods}
    return {key: named[name] for name, key in keys.items() if count[key] == 1}


def pair_arguments(old: Method, new: Method) -> Iterator[tuple[ir.Parameter, ir.Parameter]]:
    """Yield the parameters of two operations that are the same, bodies aside.

    Those in a path are known by where they stand in it; the others by place and name, else by name,
    else by argument.
    """
    yield from zip(_in_path(old), _in_path(new), strict=False)
    ones, others = _beside_path(old), _beside_path(new)
    keys: tuple[Callable[[ir.Parameter], object], ...] = (
        lambda one: (one.location, one.spec_name),
        lambda one: one.spec_name,
        lambda one: one.name,
    )
    for key in keys:
        waiting = {key(other): other for other in reversed(others)}
        for one in list(ones):
            if other := waiting.pop(key(one), None):
                ones.remove(one)
                others.remove(other)
                yield one, other


def _in_path(method: Method) -> list[ir.Parameter]:
    operation = method.operation
    return sorted(
        operation.path_parameters, key=lambda one: operation.path.find(f"{{{one.spec_name}}}")
    )


def _beside_path(method: Method) -> list[ir.Parameter]:
    return [one for one in method.operation.parameters if one.location != "path"]

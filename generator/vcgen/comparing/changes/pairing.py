"""Pairs: which operation and which argument of the new client is which of the old one.

Operations are the same where method and address are, wherever the address is written: in the path,
or partly in the server's URL. What is left is the same where its operationId is, or its own path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from vcgen import ir
from vcgen.comparing.changes.view import Method, View, own_address

_Key = Callable[[Method], object]


def pair_methods(old: View, new: View) -> tuple[tuple[Method, Method], ...]:
    """Return the operations of both clients that are the same, in the order of the old one."""
    pairs: dict[str, tuple[Method, Method]] = {}
    taken: set[str] = set()
    keys: tuple[_Key, ...] = (_by_tag, _by_path)
    ways: list[tuple[Mapping[object, Method], Mapping[object, Method]]] = [
        (old.by_address, new.by_address),
        *((_identified(old, key), _identified(new, key)) for key in keys),
    ]
    for ones, others in ways:
        for key, one in ones.items():
            other = others.get(key)
            if other and one.name not in pairs and other.name not in taken:
                pairs[one.name] = (one, other)
                taken.add(other.name)
    return tuple(pairs[one.name] for one in old.methods if one.name in pairs)


def _by_tag(method: Method) -> object:
    operation_id = method.operation.operation_id
    return operation_id and (method.resource.spec_name, operation_id)


def _by_path(method: Method) -> object:
    return own_address(method.operation)


def _identified(view: View, key: _Key) -> dict[object, Method]:
    """Return the operations by a key that no other one has."""
    keys = {method.name: key(method) for method in view.methods if key(method)}
    count = Counter(keys.values())
    named = {method.name: method for method in view.methods}
    return {key: named[name] for name, key in keys.items() if count[key] == 1}


def pair_arguments(old: Method, new: Method) -> Iterator[tuple[ir.Parameter, ir.Parameter]]:
    """Yield the parameters of two operations that are the same, bodies aside.

    Those in a path are known by their names, else by where they stand in it, if as many are left;
    the others by place and name, else by name, else by argument.
    """
    ones, others = _in_path(old), _in_path(new)
    names = {one.spec_name for one in ones} & {other.spec_name for other in others}
    by_name = {other.spec_name: other for other in others}
    yield from ((one, by_name[one.spec_name]) for one in ones if one.spec_name in names)
    ones = [one for one in ones if one.spec_name not in names]
    others = [other for other in others if other.spec_name not in names]
    if len(ones) == len(others):
        yield from zip(ones, others, strict=True)
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


def crossed(
    pairs: Iterable[tuple[ir.Parameter, ir.Parameter]], old: Method, new: Method
) -> Iterator[ir.Parameter]:
    """Yield the parameters of a path that have changed places with others of the same path."""
    places = {one.spec_name: place for place, one in enumerate(_in_path(new))}
    both = {one.spec_name: other.spec_name for one, other in pairs if one.location == "path"}
    ones = [one for one in _in_path(old) if both.get(one.spec_name) in places]
    now = sorted(ones, key=lambda one: places[both[one.spec_name]])
    yield from (one for one, other in zip(ones, now, strict=True) if one is not other)


def _in_path(method: Method) -> list[ir.Parameter]:
    operation = method.operation
    return sorted(
        operation.path_parameters, key=lambda one: operation.path.find(f"{{{one.spec_name}}}")
    )


def _beside_path(method: Method) -> list[ir.Parameter]:
    return [one for one in method.operation.parameters if one.location != "path"]

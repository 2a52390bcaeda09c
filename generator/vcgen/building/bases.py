"""Bases: which part of an address is in the URL that callers pass, and which in the path."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen import ir
from vcgen.building.context import Context
from vcgen.records import replace

_HINT = "write the beginning of all addresses, or leave out `base_path`"


def with_base(
    context: Context, server: ir.Server, resources: Iterable[ir.Resource]
) -> tuple[ir.Server, tuple[ir.Resource, ...]]:
    """Return the server and the resources with the path of the server that the user chose.

    The addresses of the operations stay the same: what the server's path loses, or has more, its
    operations' paths have more, or lose. Those with a server for themselves are as they were.
    """
    base = context.options.base_path
    if base is None:
        return server, tuple(resources)
    old = ir.shown(server.path)
    if any(part.variable for part in server.path) or not _is_ended(server, old):
        context.refuse(
            "#/servers", "`base_path` is given, and the path of the server varies", _HINT
        )
        return server, tuple(resources)
    moved = tuple(
        replace(one, operations=tuple(_moved(context, each, old, base) for each in one.operations))
        for one in resources
    )
    path = (ir.UrlPart(base),) if base else ()
    return replace(server, path=path, whole=_ended(server.whole, old, base)), moved


def _is_ended(server: ir.Server, old: str) -> bool:
    """Tell whether the whole URL ends with the path as a text."""
    return not (server.whole and old) or server.whole[-1].text.endswith(old)


def _moved(context: Context, operation: ir.Operation, old: str, base: str) -> ir.Operation:
    """Return an operation with the part of its address that follows the base."""
    if operation.server:
        return operation
    address = f"{old}{operation.path}"
    if not address.startswith(f"{base}/"):
        message = f'the address {address} does not begin with "{base}", the `base_path`'
        context.refuse(context.pointer_of(operation.key), message, _HINT)
    return replace(operation, path=address.removeprefix(base))


def _ended(whole: tuple[ir.UrlPart, ...], old: str, base: str) -> tuple[ir.UrlPart, ...]:
    """Return the URL of a server with another path."""
    if not whole:
        return ()
    *others, last = whole
    kept = [*others, replace(last, text=last.text.removesuffix(old))] if old else whole
    return ir.joined((*kept, ir.UrlPart(base)))

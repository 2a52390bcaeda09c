"""A caller of a client, written from what the client is: it uses everything that there is of it."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen import ir
from vcgen.comparing.changes import Comparison
from vcgen.comparing.changes.view import Method

_HEAD = """\
from __future__ import annotations
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeAlias, TypeVar
from uuid import UUID
from msgspec import UnsetType
from .api import {names}
T_co = TypeVar("T_co", covariant=True)
class Items(Protocol[T_co]):  # a list, whatever its items are, and no bytes
    def __iter__(self) -> Iterator[T_co]: ...
    def reverse(self) -> None: ...
Json: TypeAlias = "bool | float | str | Items[Json] | Mapping[str, Json] | None"
"""
# A list of anything is not one of JSON for a type checker, for whoever has it may add to it.
_READ = {"list[Any]": "Items[Json]", "dict[str, Any]": "Mapping[str, Json]", "Any": "Json"}


def caller_of(both: Comparison) -> str:
    """Return code that is written against the old one of two clients."""
    package = both.old.package
    names = ", ".join(["Client", *package.public_errors, *package.public_models])
    lines = [_HEAD.format(names=names)]
    for index, block in enumerate(_blocks(both)):
        lines.append(block.replace("def _(", f"def use{index}("))
    return "\n".join(lines)


def _blocks(both: Comparison) -> Iterator[str]:
    yield _client(both.old.package.client)
    for method in both.old.methods:
        yield _call(method)
    for node in both.old.classes.values():
        is_sent = node.name in both.old_reach.sent
        is_read = not is_sent or node.name in both.old_reach.answered | both.old_reach.failing
        yield from _class(both, node, is_sent, is_read)
    errors = both.old.package.errors
    for error in (*errors.classes, ir.ErrorClass("ApiError", "", "", "", "")):
        type_ = error.annotation if error.bodies else errors.annotation
        yield f"def _(error: {error.name}) -> None:\n    body: {_used(type_)} = error.error\n"


def _client(client: ir.Client) -> str:
    """Return the construction of a client with all its credentials."""
    values = {True: "('user', 'password')", False: "'key'"}
    given = ["'server.test'", *(f"{one.name}={values[one.is_basic]}" for one in client.schemes)]
    return f"def _() -> Client:\n    return Client({', '.join(given)})\n"


def _call(method: Method) -> str:
    """Return calls with all arguments, with those alone that are required, and by their names."""
    operation = method.operation
    given = ", ".join(f"{one.name}_: {_written(one.type)}" for one in operation.arguments)
    by_place = [f"{one.name}_" for one in operation.required]
    by_name = [f"{one.name}={one.name}_" for one in operation.required]
    more = [f"{one.name}={one.name}_" for one in operation.optional]
    has_result = operation.result != ir.NONE
    result = f"result: {_used(_written(operation.result))} = " if has_result else ""
    return (
        f"def _(client: Client, {given}) -> None:\n"
        f"    {result}client.{method.name}({', '.join([*by_place, *more])})\n"
        f"    client.{method.name}({', '.join(by_name)})\n"
    )


def _class(both: Comparison, node: ir.Definition, is_sent: bool, is_read: bool) -> Iterator[str]:
    if isinstance(node, ir.Struct):
        fields = list(both.old.fields(node).values())
        if is_sent:
            yield _made(node, fields)
        if is_read:
            reads = [f"v{n}: {_read(f)} = value.{f.name}" for n, f in enumerate(fields)]
            yield f"def _(value: {node.name}) -> None:\n    " + "\n    ".join(reads or ["pass"])
        for base in both.old.lineage(node.name)[1:]:
            if base in both.old.classes:
                yield f"def _(value: {node.name}) -> {base}:\n    return value\n"
    elif isinstance(node, ir.EnumClass):
        yield from (f"{node.name}.{member.name}" for member in node.members)
        base = "int" if node.is_integer else "str"
        yield f"def _(value: {node.name}) -> {base}:\n    return value\n"
    else:
        if is_read:
            yield f"def _(value: {node.name}) -> {_written(node)}:\n    return value\n"
        for type_ in node.types if is_sent else ():
            yield f"def _(value: {_written(type_)}) -> {node.name}:\n    return value\n"


def _made(node: ir.Struct, fields: list[ir.Field]) -> str:
    given = ", ".join(f"{one.name}_: {_written(one.type)}" for one in fields)
    every = ", ".join(f"{one.name}={one.name}_" for one in fields)
    needed = ", ".join(f"{one.name}={one.name}_" for one in fields if one.required)
    return (
        f"def _({given}) -> {node.name}:\n"
        f"    {node.name}({needed})\n"
        f"    return {node.name}({every})\n"
    )


def _read(field: ir.Field) -> str:
    """Return the type of what is read of a field, which may be that nothing was there."""
    is_told = field.is_unset and not field.is_listed and field.type != ir.ANY
    annotation = field.type.or_unset if is_told else field.type.annotation
    return _used(annotation.replace("AwareDatetime", "datetime"))


def _used(annotation: str) -> str:
    """Return a type as code reads it, which takes for JSON what may be anything."""
    return " | ".join(_READ.get(part, part) for part in annotation.split(" | "))


def _written(type_: ir.Type | ir.UnionClass) -> str:
    return type_.annotation.replace("AwareDatetime", "datetime")

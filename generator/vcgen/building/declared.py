"""What is declared of an operation, and which operation it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from vcgen import ir
from vcgen.building.tables import Table
from vcgen.errors import did_you_mean
from vcgen.records import Record

T = TypeVar("T")


class Declared(Record):
    """A table about an operation.

    Attributes:
        operation: What it calls the operation: `GET /path`, or its operationId.
    """

    operation: str
    table: Table

    def target(self, resources: Iterable[ir.Resource]) -> tuple[ir.Resource, ir.Operation]:
        """Return the operation, and the resource that it belongs to.

        Raises:
            SpecError: There is none, or there are several.
        """
        every = ((one, each) for one in resources for each in one.operations)
        known = ((each.key, each.operation_id, (one, each)) for one, each in every)
        return named(self.table, self.operation, known)


def named(table: Table, name: str, operations: Iterable[tuple[str, str, T]]) -> T:
    """Return what has the name that `operation` of a table is.

    Args:
        table: The table.
        name: What it calls the operation.
        operations: The key, `GET /path`, and the operationId of each, and what to return for it.

    Raises:
        SpecError: There is none, or there are several.
    """
    every = list(operations)
    found = [(key, one) for key, operation_id, one in every if name in {key, operation_id}]
    if len(found) == 1:
        return found[0][1]
    if found:
        hint = f'write "{found[0][0]}"'
        raise table.problem("operation", f'several operations are "{name}"', hint)
    known = [each for key, other, _ in every for each in (key, other)]
    hint = did_you_mean(name, known, "name one of `operations`")
    raise table.problem("operation", f'no operation of this client is "{name}"', hint)

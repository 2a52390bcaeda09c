"""What is declared of an operation, and which operation it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vcgen import ir
from vcgen.building.tables import Table
from vcgen.errors import close_matches


@dataclass(frozen=True)
class Declared:
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
        every = [(one, each) for one in resources for each in one.operations]
        found = [each for each in every if self.operation in {each[1].key, each[1].operation_id}]
        if len(found) == 1:
            return found[0]
        message = f'no operation of this client is "{self.operation}"'
        names = [name for _, one in every for name in (one.key, one.operation_id)]
        near = close_matches(self.operation, names)
        hint = f'did you mean "{near[0]}"?' if near else "name one of `operations`"
        if found:
            message = f'several operations are "{self.operation}"'
            hint = f'write "{found[0][1].key}"'
        raise self.table.problem("operation", message, hint)

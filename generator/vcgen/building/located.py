"""The operations of a document, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from vcgen.building.context import Context
from vcgen.building.openapi import Operation, PathItem, extension
from vcgen.records import Record
from vcgen.text import marks
from vcgen.text.path_items import ADDITIONAL, IN_ORDER, METHODS
from vcgen.text.pointers import escaped


class LocatedOperation(Record, dict=True):
    """An operation of the document and where it stands."""

    method: str
    path: str
    item: PathItem
    operation: Operation

    @cached_property
    def pointer(self) -> str:
        """The JSON pointer of the operation."""
        within = "" if self.method in METHODS else f"/{ADDITIONAL}"
        return f"#/paths/{escaped(self.path)}{within}/{escaped(self.method)}"

    @property
    def tag(self) -> str:
        """The tag that the operation is filed under."""
        return (self.operation.tags or ["default"])[0]

    @property
    def resource(self) -> str:
        """What the resource is named after: the tag, unless the dialect says otherwise."""
        return extension(self.operation, marks.RESOURCE) or self.tag

    @property
    def name(self) -> str:
        """What the configuration calls it: `GET /path`."""
        return f"{self.verb} {self.path}"

    @property
    def verb(self) -> str:
        """The method as it is sent: it is case-sensitive (RFC 9110, section 9.1)."""
        return self.method.upper() if self.method in METHODS else self.method


def located_operations(context: Context) -> Iterator[LocatedOperation]:
    """Yield the operations in the order of the document."""
    for path, item in (context.document.paths or {}).items():
        for method in IN_ORDER:
            operation: Operation | None = getattr(item, method)
            if operation is not None:
                yield LocatedOperation(method, path, item, operation)
        for method, operation in (item.additionalOperations or {}).items():
            yield LocatedOperation(method, path, item, operation)

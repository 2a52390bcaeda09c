"""The operations of a document, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vcgen.building.context import Context
from vcgen.building.openapi import METHODS, Operation, PathItem, extension, pointer_part


@dataclass(frozen=True)
class LocatedOperation:
    """An operation of the document and where it stands."""

    method: str
    path: str
    item: PathItem
    operation: Operation

    @property
    def pointer(self) -> str:
        """The JSON pointer of the operation."""
        return f"#/paths/{pointer_part(self.path)}/{self.method}"

    @property
    def tag(self) -> str:
        """The tag that the operation is filed under."""
        return (self.operation.tags or ["default"])[0]

    @property
    def resource(self) -> str:
        """What the resource is named after: the tag, unless the dialect says otherwise."""
        return extension(self.operation, "x-vcgen-resource") or self.tag

    @property
    def name(self) -> str:
        """What the configuration calls it: `GET /path`."""
        return f"{self.method.upper()} {self.path}"


def located_operations(context: Context) -> Iterator[LocatedOperation]:
    """Yield the operations in the order of the document."""
    for path, item in (context.document.paths or {}).items():
        for method in METHODS:
            operation: Operation | None = getattr(item, method)
            if operation is not None:
                yield LocatedOperation(method, path, item, operation)

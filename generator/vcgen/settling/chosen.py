"""What is known of names before any is settled."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.records import Record, field, replace
from vcgen.text import naming


class Chosen(Record):
    """The names that the user chose.

    Attributes:
        roots: Leading words that names go without.
        schemas: Class for a schema, by its name in the document.
        tags: Attribute of the client for a tag.
        operations: Method for an operation, by `GET /path` or operationId.
        settled: Methods that were settled where the document was larger, by `GET /path`.
    """

    roots: tuple[str, ...]
    schemas: Mapping[str, str]
    tags: Mapping[str, str]
    operations: Mapping[str, str]
    settled: Mapping[str, str] = field(default_factory=dict[str, str])

    def beside(self, settled: Mapping[str, str]) -> Chosen:
        """Return the same names, and those methods that were settled before."""
        return replace(self, settled=settled)

    def attribute(self, resource: str) -> str:
        """Return the attribute of the client for a tag, or what a dialect has in its place."""
        return self.tags.get(resource) or naming.resource_attribute(resource, self.roots)

    def method(self, name: str, operation_id: str) -> str:
        """Return the method that is fixed for an operation, "" where none is."""
        chosen = self.operations.get(name) or self.operations.get(operation_id)
        return chosen or self.settled.get(name, "")

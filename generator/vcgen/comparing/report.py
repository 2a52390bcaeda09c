"""Reports: what changed for the operations of a client, and what could not be compared."""

from __future__ import annotations

from vcgen import pipeline
from vcgen.comparing.changes import Change, Comparison
from vcgen.errors import Diagnostic
from vcgen.records import Record, replace


class Others(Record):
    """How many operations that nobody asked for are different."""

    changed: int
    added: int
    removed: int


class Name(Record):
    """A name that callers use, of something that the new document would give another.

    Attributes:
        table: The table of the configuration that can keep it, as `Renames` has them.
        spec_name: What it is in the new document, and so the key in the table.
        kept: The name that callers use.
        afresh: The name that it would have without the entry.
    """

    table: str
    spec_name: str
    kept: str
    afresh: str


class Uncompared(Record):
    """An operation that cannot be compared, because a client of it cannot be generated.

    Attributes:
        operation: Its name.
        side: The document in which that is so: `old` or `new`.
        problems: Why.
    """

    operation: str
    side: str
    problems: tuple[Diagnostic, ...]


class Report(Record):
    """What changed for the operations of a client.

    Attributes:
        old: What the old client is generated from.
        new: What the new one is generated from, or None where no operation is left.
        comparison: The two clients side by side.
        changes: What is different.
        others: What is different elsewhere in the documents.
        kept: The names of the old client that the configuration keeps in an update.
        uncompared: What was asked for and cannot be compared.
    """

    old: pipeline.Selection | None
    new: pipeline.Selection | None
    comparison: Comparison
    changes: tuple[Change, ...]
    others: Others
    kept: tuple[Name, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()

    @property
    def documents(self) -> tuple[dict[str, str] | None, dict[str, str] | None]:
        """Title and version of the old document and of the new one, where each has operations."""
        return _described(self.old), _described(self.new)

    @property
    def of_lenient(self) -> Report:
        """The report for an old client that reads leniently."""
        found = tuple(replace(one, verdict=one.verdict.of_lenient) for one in self.changes)
        return replace(self, changes=found)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that break the wire or callers."""
        return tuple(one for one in self.changes if one.verdict.is_breaking)


def _described(source: pipeline.Selection | None) -> dict[str, str] | None:
    if source is None:
        return None
    info = source.slice.tree["info"]
    return {"title": str(info.get("title", "")), "version": str(info.get("version", ""))}

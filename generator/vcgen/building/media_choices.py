"""Media types that the configuration chooses for single operations."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen.building.context import Context
from vcgen.building.declared import named
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.tables import Table
from vcgen.errors import SpecError, did_you_mean
from vcgen.text.media_types import bare

REQUEST = "request"
RESPONSE = "response"


class MediaChoices:
    """What is chosen for operations, and whether they offer it.

    A problem is noted where the configuration says what does not exist.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._chosen: dict[tuple[str, str], Table] = {}
        self._offered: dict[tuple[str, str], dict[str, None]] = {}
        sources = list(located_operations(context)) if context.options.media_choices else []
        for table in context.options.media_choices:
            try:
                self._take(table, sources)
            except SpecError as error:
                context.note(error)

    def _take(self, table: Table, sources: list[LocatedOperation]) -> None:
        table.check_keys(("operation", REQUEST, RESPONSE))
        known = ((one.name, one.operation.operationId or "", one) for one in sources)
        source = named(table, table.text("operation"), known)
        if REQUEST not in table and RESPONSE not in table:
            raise table.problem(RESPONSE, "is missing", "write `response`, `request` or both")
        for kind in (REQUEST, RESPONSE):
            if kind in table:
                table.text(kind)
                if (source.name, kind) in self._chosen:
                    name = table.text("operation")
                    raise table.problem(kind, f'"{name}" has one already', "remove one of them")
                self._chosen[source.name, kind] = table

    def preferred(
        self, source: LocatedOperation, kind: str, offered: Iterable[str]
    ) -> tuple[str, ...]:
        """Return the media types to prefer for a body, the best first.

        Args:
            source: The operation.
            kind: `request` or `response`.
            offered: The media types of the body.
        """
        usual = self._context.options.media_types
        table = self._chosen.get((source.name, kind))
        if table is None:
            return usual
        self._offered.setdefault((source.name, kind), {}).update(dict.fromkeys(offered))
        return (table.text(kind), *usual)

    def check(self) -> None:
        """Note each choice that its operation does not offer."""
        for (name, kind), table in self._chosen.items():
            wanted = table.text(kind)
            offered = list(self._offered.get((name, kind), {}))
            if bare(wanted) in map(bare, offered):
                continue
            hint = did_you_mean(wanted, offered, f"one of: {', '.join(offered)}", cutoff=0.8)
            if not offered:
                hint = "remove it"
            message = f'the {kind} of "{name}" is not offered as "{wanted}"'
            self._context.note(table.problem(kind, message, hint))

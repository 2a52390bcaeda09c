"""The converted document, which knows the one that it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.errors import Diagnostic
from vcgen.records import Record
from vcgen.text.pointers import child, pointer_keys


class Converted(Record):
    """A Swagger document as OpenAPI.

    Attributes:
        tree: Plain OpenAPI 3.0.3. Literal values and extensions are shared with the source.
        origins: Pointers into the source by pointers into `tree`, for the nodes whose place is not
            the one that their parent's implies.
        refused: Why a node is none, by its pointer into `tree`; diagnostics point into the source.
        repaired: What was repaired, by pointers into `tree`; diagnostics point into the source.
        source: The Swagger document.
    """

    tree: dict[str, Any]
    origins: Mapping[str, str]
    refused: Mapping[str, Diagnostic]
    repaired: Mapping[str, tuple[Diagnostic, ...]]
    source: Mapping[str, Any]

    def origin(self, pointer: str) -> str:
        """Return the JSON pointer of what the node at `pointer` was made of.

        For a node that the conversion made up it is the nearest one that is really there.
        """
        above, tail = pointer, list[str]()
        while above not in self.origins and "/" in above:
            above, _, key = above.rpartition("/")
            tail.append(key)
        found = self.origins.get(above, "#" if above == "#" else above)
        view = DocumentView(self.source)
        steps = iter(pointer_keys("/".join(["#", *reversed(tail)])))
        for key in steps:
            below = child(found, key)
            if view.leads(pointer_keys(below)):
                found = below
            elif key == "content":  # What is in there for a media type, Swagger has beside it.
                next(steps, None)
            elif key != "schema":  # A value without a schema has the keywords of one itself.
                break
        return found

    def explain(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about `tree` as one about the source.

        Where the node that it complains of was refused by the conversion, it is that reason.
        """
        if not diagnostic.pointer:
            return diagnostic
        if diagnostic.pointer in self.refused:
            return self.refused[diagnostic.pointer]._replace(operations=diagnostic.operations)
        return diagnostic._replace(pointer=self.origin(diagnostic.pointer))

    def repairs_in(self, part: Mapping[str, Any]) -> Iterator[Diagnostic]:
        """Yield what was repaired in the nodes that a slice of `tree` holds."""
        view = DocumentView(part)
        for pointer, diagnostics in self.repaired.items():
            # A slice numbers nothing anew inside an operation or a component, and keeps it whole.
            try:
                view.at(pointer_keys(pointer)[:3])
            except LookupError:
                continue
            yield from diagnostics

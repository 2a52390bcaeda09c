"""Documentation: how much of what the document says stands in the docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vcgen.records import Record
from vcgen.text import prose
from vcgen.text.blocks import Block
from vcgen.text.words import words

# What names are qualified with: `Vapi.Std.Errors.` in `Vapi.Std.Errors.NotFound`.
_NAMESPACE = re.compile(r"\b(?:\w+\.)+(?=\w)")
# Words that say of a name no more than that it is one.
_FILLERS = frozenset(
    {"a", "an", "and", "as", "class", "code", "constant", "denotes", "discriminator", "enum"}
    | {"error", "errors", "exception", "for", "identifies", "indicates", "indicator", "is", "it"}
    | {"kind", "mark", "marker", "marks", "mean", "means", "name", "of", "plain", "represents"}
    | {"specifies", "stands", "state", "status", "that", "the", "this", "to", "type", "value"}
)
# Words that say of an argument no more than that it is one.
_ARTICLES = frozenset({"a", "an", "of", "parameter", "the"})


class Docs(Record):
    """The docstrings of a package.

    Attributes:
        is_brief: Whether each is but a sentence, and since which release there is what it is of.
    """

    is_brief: bool = False

    def of_operation(self, summary: str | None, description: str | None) -> str:
        """Return what is said of an operation."""
        whole = prose.described(summary, description)
        return prose.summary(whole) if self.is_brief else whole

    def of_class(self, description: str | None) -> str:
        """Return what is said of a class, its first sentence on a line of its own."""
        return prose.summary(description) if self.is_brief else prose.headed(description)

    def of_value(self, description: str | None) -> str:
        """Return what is said of a field or of a value."""
        return prose.summary(description) if self.is_brief else prose.clean(description)

    def of_member(self, value: str | int, description: str | None) -> str:
        """Return what is said of a value of an enumeration, "" where that is but its name."""
        said = words(_NAMESPACE.sub("", description or ""))
        known = {word.lower() for word in words(str(value))} | _FILLERS
        return self.of_value(description) if {word.lower() for word in said} - known else ""

    def of_argument(self, name: str, description: str | None) -> str:
        """Return what is said of an argument, "" where that is but its name."""
        said = {word.lower() for word in words(description or "")}
        known = {word.lower() for word in words(name)} | _ARTICLES
        return self.of_entry(description) if said - known else ""

    def of_entry(self, description: str | Iterable[Block] | None) -> str:
        """Return what is said of an argument or of an exception, behind its name."""
        return prose.summary(description) if self.is_brief else prose.spoken(description)

"""Documentation: what is said of a node, and that it is deprecated."""

from __future__ import annotations

from typing import ClassVar

from vcgen.records import Record


class Section(Record):
    """A section of a docstring: what is said of arguments, exceptions and the like, by name."""

    title: str
    entries: tuple[tuple[str, str], ...]


class Documented:
    """A node that has a docstring.

    Attributes:
        gap: What stands between one line of text and the mark that it is deprecated.
    """

    doc: str
    deprecated: bool
    gap: ClassVar[str] = "\n\n"

    @property
    def docstring(self) -> str:
        """What is said of it, "" where that is nothing."""
        gap = "\n\n" if "\n" in self.doc else self.gap
        return gap.join([*filter(None, [self.doc]), *["Deprecated."] * self.deprecated])

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of its docstring."""
        return ()

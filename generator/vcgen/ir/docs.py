"""Documentation: what is said of a node, and that it is deprecated."""

from __future__ import annotations

from typing import ClassVar


class Documented:
    """A node that has a docstring.

    Attributes:
        gap: What stands between its text and the mark that it is deprecated.
    """

    doc: str
    deprecated: bool
    gap: ClassVar[str] = "\n\n"

    @property
    def docstring(self) -> str:
        """What is said of it, "" where that is nothing."""
        return self.gap.join([*filter(None, [self.doc]), *["Deprecated."] * self.deprecated])

"""Style: how code is written that says the same."""

from __future__ import annotations

import sys

from vcgen.records import Record


class Style(Record):
    """How a package is written.

    Attributes:
        line_length: How many columns a line of code or prose may have.
        python: The oldest Python that it has to run on, such as "3.11".
    """

    line_length: int = 88
    python: str = "3.11"

    @property
    def minor(self) -> int:
        """The second part of the version of Python."""
        return int(self.python.partition(".")[2])

    @property
    def is_read_here(self) -> bool:
        """Whether this Python knows the syntax."""
        return sys.version_info >= (3, self.minor)


USUAL = Style()
"""As the run-time is written."""

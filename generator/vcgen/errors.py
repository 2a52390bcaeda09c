"""Diagnostics: where something is wrong, what it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar


def printable(text: str) -> str:
    """Return `text` with every character that a terminal might act on made visible."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


@dataclass(frozen=True)
class Diagnostic:
    """One problem.

    Attributes:
        message: What is wrong, without a full stop.
        pointer: JSON pointer into the document, as a URI fragment (RFC 6901, section 6), or "".
        hint: What to do about it, or "".
        file: The file as the caller named it, or "".
        line: Line in the file, counted from 1, or None where it is not known.
    """

    message: str
    pointer: str = ""
    hint: str = ""
    file: str = ""
    line: int | None = None

    def at(self, file: str, line: int | None) -> Diagnostic:
        """Return the diagnostic with its place in a file."""
        return replace(self, file=file, line=line)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        # A pointer is made of the names of a document, and stays on its line whatever they are.
        pointer = self.pointer.replace("\n", "\\n")
        parts = [part for part in (where, pointer, self.message) if part]
        text = ": ".join(parts) + (f"\nhint: {self.hint}" if self.hint else "")
        return printable(text)


class VcgenError(Exception):
    """Base of the errors that vcgen explains; independent problems are reported together."""

    exit_code: ClassVar[int] = 70

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)


class UsageError(VcgenError):
    """The command line asks for something that does not fit together."""

    exit_code = 2


class ConfigError(VcgenError):
    """The configuration cannot be read or does not make sense."""

    exit_code = 3


class SpecError(VcgenError):
    """The document cannot be read, or holds something that cannot be generated."""

    exit_code = 3


class OutputError(VcgenError):
    """The output is refused: writing it would lose somebody's work."""

    exit_code = 4

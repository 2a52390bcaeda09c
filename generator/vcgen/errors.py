"""Diagnostics: where something is wrong, what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar, NamedTuple

# What a message may quote of a document before it is cut, in characters.
MAX_QUOTED = 1000
# What helps wherever some operations cannot be generated; what else does stands in front.
EXCLUDE = "exclude the operations that need it: `!GET /path`"
# How many operations a message names.
_MOST_OPERATIONS = 5


def printable(text: str) -> str:
    """Return `text` with every character that a terminal might act on made visible."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def one_line(text: str) -> str:
    """Return `text` as one line of a stated length at most, whatever a document put into it."""
    line = printable(text.replace("\n", "\\n"))
    return line if len(line) <= MAX_QUOTED else f"{line[:MAX_QUOTED]}..."


def close_matches(word: str, known: Iterable[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return what was probably meant by a word that is not known, the best first, at most `n`."""
    return list(_close_matches(word, tuple(known), n, cutoff))


@lru_cache(maxsize=4096)  # a document asks the same of each of its schemas
def _close_matches(word: str, known: tuple[str, ...], n: int, cutoff: float) -> tuple[str, ...]:
    # Imported here, for hardly a run has to guess.
    from difflib import get_close_matches

    return tuple(get_close_matches(word, known, n, cutoff))


def did_you_mean(
    word: str,
    known: Iterable[str],
    otherwise: str,
    n: int = 1,
    *,
    cutoff: float = 0.6,
    quote: str = '"',
) -> str:
    """Return the hint for a word that is not known.

    Args:
        word: The word.
        known: Those that are known.
        otherwise: The hint where the word is near to none of these.
        n: How many of these are named at most.
        cutoff: How near they have to be, from 0 to 1.
        quote: What stands around each.
    """
    near = close_matches(word, known, n, cutoff)
    quoted = " or ".join(f"{quote}{one}{quote}" for one in near)
    return f"did you mean {quoted}?" if near else otherwise


def reason_of(error: OSError) -> str:
    """Return what the system says of a failure, or what it is called."""
    return (error.strerror or str(error) or type(error).__name__).lower()


class Diagnostic(NamedTuple):
    """One problem.

    What a document says may be part of each text. Each is printed as one line, so that a document
    can print no line of its own; `detail` alone keeps its lines.

    Attributes:
        message: What is wrong, without a full stop.
        pointer: JSON pointer into the document, as a URI fragment (RFC 6901, section 6), or "".
        hint: What to do about it, or "".
        file: The file as the caller named it, or "".
        line: Line in the file, counted from 1, or None where it is not known.
        detail: Lines of ours that follow the message, such as a diff, or "".
        operations: The operations that cannot be generated because of it, if that is known.
    """

    message: str
    pointer: str = ""
    hint: str = ""
    file: str = ""
    line: int | None = None
    detail: str = ""
    operations: tuple[str, ...] = ()

    def at(self, file: str, line: int | None) -> Diagnostic:
        """Return the diagnostic with its place in a file."""
        return self._replace(file=file, line=line)

    @property
    def place(self) -> str:
        """Where it is, or "" if that is not known."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(one_line(part) for part in (where, self.pointer) if part)

    @property
    def text(self) -> str:
        """Where it is and what it is, without the hint."""
        parts = (part for part in (self.place, one_line(self.message)) if part)
        text = ": ".join(parts) + (f"\n{printable(self.detail)}" if self.detail else "")
        return f"{text}\noperations: {one_line(who)}" if (who := self._who) else text

    @property
    def _who(self) -> str:
        """Whom it concerns, where its place does not say so."""
        if self.pointer.startswith("#/paths/") and len(self.operations) == 1:
            return ""
        listed = ", ".join(self.operations[:_MOST_OPERATIONS])
        more = len(self.operations) - _MOST_OPERATIONS
        return f"{listed} and {more} more" if more > 0 else listed

    def __str__(self) -> str:
        return self.text + (f"\nhint: {one_line(self.hint)}" if self.hint else "")


class VcgenError(Exception):
    """Base of the errors that vcgen explains; independent problems are reported together."""

    exit_code: ClassVar[int] = 70

    def __init__(self, *diagnostics: Diagnostic) -> None:
        if not diagnostics or not all(one.message.strip() for one in diagnostics):
            raise ValueError("an error says what is wrong")
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

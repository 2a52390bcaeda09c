"""Replies of an operation: how each is read, and the exceptions for its errors."""

from __future__ import annotations

from vcgen.ir.types import ANY, STR, Type
from vcgen.records import Record, replace


class Answer(Record):
    """A status that means success, and how its body is read.

    Attributes:
        status: An integer, a range such as `2XX`, or `default`.
        reader: `Json`, `Enveloped`, `Text`, `Binary`, `NoContent`, `Anything`, or what reads a
            stream: `EventItems`, `WholeEventItems`, `LineItems` or `SequenceItems`.
        type: The type that the reader is told, None where it needs none.
        media_type: The media type of the body, or "".
        also: Other media types that are read by the same means.
        offered: The media types that the document offers, and a digest of the schema of each.
        is_token: Whether it opens a session: then nothing but what the document has is read.
    """

    status: int | str
    reader: str
    type: Type
    media_type: str = ""
    also: tuple[str, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    is_token: bool = False

    def beside(self, names: frozenset[str]) -> Answer:
        """Return the reply for a place where `names` mean something else."""
        type_ = self.type.beside(names)
        return self if type_ is self.type else replace(self, type=type_)

    @property
    def is_stream(self) -> bool:
        """Whether its items come one by one."""
        return self.reader.endswith("Items")

    @property
    def carrier(self) -> str:
        """The class of the run-time that reads it: JSON of any kind, and texts, have their own."""
        if self.reader != "Json" or self.is_token:
            return self.reader
        return {ANY: "Untyped", STR: "JsonText"}.get(self.type, self.reader)

    @property
    def takes_type(self) -> bool:
        """Whether the reader is told a type."""
        return self.is_stream or self.carrier in {"Json", "Enveloped"}

    @property
    def told(self) -> Type:
        """The type that the reader is told: of a stream, that of an item."""
        return self.type.arguments[0] if self.is_stream else self.type


class Failure(Record):
    """A status that means failure, and the exception for it.

    Attributes:
        body: The type of the body, None where it has none.
        declared: The type that the body has at least, whichever kind of error it is; None where
            the document does not say.
        is_kind: Whether bodies name the kind of error, and this one decides before the status.
    """

    status: int | str
    exception: str
    body: Type
    declared: Type
    is_kind: bool = False

    def beside(self, names: frozenset[str]) -> Failure:
        """Return the failure for a place where `names` mean something else."""
        declared = self.declared.beside(names)
        return self if declared is self.declared else replace(self, declared=declared)


class Raise(Record):
    """A line of the `Raises:` section."""

    exception: str
    doc: str

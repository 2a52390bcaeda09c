"""Errors: the exceptions, and the bodies that come with them."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen.ir.types import ANY, Type, TypeKind
from vcgen.records import Record

ANY_ERROR = "ApiError"
"""The exception for all statuses that have none of their own."""

BASE_ERRORS = (ANY_ERROR, "ClientError", "TransportError", "UnexpectedResponse")
WAIT_ERRORS = ("WaitError", "WaitFailed", "WaitTimedOut")


class ErrorClass(Record):
    """An exception, and the bodies that come with it.

    Attributes:
        spec_name: The schema of its kind of error, or "".
        kinds: The values of the discriminator that name it; none where the status alone does.
        bodies: The types of its bodies; none where they are those of any error.
    """

    name: str
    spec_name: str
    doc: str
    kinds: tuple[str, ...]
    bodies: tuple[Type, ...]

    @property
    def body(self) -> Type:
        """The type of the body, where it has bodies of its own."""
        return _either(self.bodies)

    @property
    def annotation(self) -> str:
        """The type of the body, which may be another than was declared."""
        return f"{self.body.annotation} | None"


class Message(Record):
    """Where bodies hold a text for people.

    Attributes:
        bodies: The classes of the bodies.
        list: The field that holds a list of messages, or "".
        text: The field with the text, of the body or of a message in the list.
    """

    bodies: tuple[str, ...]
    list: str
    text: str

    @property
    def tested(self) -> str:
        """The classes as `isinstance` takes them."""
        return self.bodies[0] if len(self.bodies) == 1 else f"({', '.join(self.bodies)})"


class ErrorEnvelope(Record):
    """An object that an error may come in.

    Attributes:
        kind: The property that tells the kind, as the last word of a dotted name.
        value: The property that holds the error.
    """

    kind: str
    value: str


class Errors(Record):
    """The exception hierarchy.

    Attributes:
        bodies: What the bodies of errors are at least; none where no operation declares any.
        discriminators: The properties of bodies that name the kind of an error.
        messages: Where the bodies hold a text for people.
        classes: The exceptions.
        envelope: What errors may come in, or None.
        base_kinds: The values of the discriminators that say no more than that it is an error.
        well_known: The exceptions of statuses that need not be declared.
    """

    bodies: tuple[Type, ...]
    discriminators: tuple[str, ...]
    messages: tuple[Message, ...]
    classes: tuple[ErrorClass, ...]
    envelope: ErrorEnvelope | None
    base_kinds: tuple[str, ...]
    well_known: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all exceptions that a server's answer may be."""
        return tuple(dict.fromkeys((*(one.name for one in self.classes), *self.well_known)))

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The exception for each value of a discriminator."""
        plain = ((kind, ANY_ERROR) for kind in self.base_kinds)
        return (*plain, *((kind, one.name) for one in self.classes for kind in one.kinds))

    @property
    def kinds_doc(self) -> str:
        """What the table of kinds is."""
        names = " or ".join(f"`{name}`" for name in self.discriminators)
        return f"The exception for each value of {names}."

    @property
    def body(self) -> Type:
        """The type of the body of any error."""
        return _either(self.bodies) if self.bodies else ANY

    @property
    def annotation(self) -> str:
        """The type of the body, which may be another than was declared."""
        return f"{self.body.annotation} | None" if self.bodies else self.body.annotation

    @property
    def is_mixed(self) -> bool:
        """Whether each operation says which body comes with which status."""
        return any(len(bodies) > 1 for bodies in (self.bodies, *(e.bodies for e in self.classes)))


def _either(types: Iterable[Type]) -> Type:
    """Return the type of a value of one of several types."""
    parts: dict[Type, None] = {}
    for type_ in types:
        parts.update(dict.fromkeys(type_.alternatives))
    first, *others = parts
    return Type(TypeKind.UNION, arguments=(first, *others)) if others else first

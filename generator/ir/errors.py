"""Errors: the exceptions, and the bodies that come with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.ir.types import ANY, NONE, Type

BASE_ERRORS = ("ApiError", "ClientError", "TransportError", "UnexpectedResponse")


@dataclass(frozen=True)
class ErrorClass:
    """An exception, and the body that comes with it.

    Attributes:
        kind: The discriminator's value that names it, or "" where the status alone does.
        body: The class of the body where it is not the common one, or "".
    """

    name: str
    spec_name: str
    doc: str
    kind: str
    body: str

    def without_body(self) -> ErrorClass:
        """Return the exception where each operation says what comes with it."""
        return replace(self, body="")


@dataclass(frozen=True)
class Message:
    """Where a body holds a text for people.

    Attributes:
        body: The class of the body.
        list: The field that holds a list of messages, or "".
        text: The field with the text, of the body or of a message in the list.
    """

    body: str
    list: str
    text: str


@dataclass(frozen=True)
class Errors:
    """The exception hierarchy.

    Attributes:
        body: The class of the error body, or "" where there are several or none.
        bodies: The classes of the error bodies where there are several.
        spec_discriminator: The property of the body that names the kind, or "".
        messages: Where the bodies hold a text for people.
        classes: One exception a kind.
        has_legacy: Whether errors may come in an envelope of `type` and `value`.
    """

    body: str
    bodies: tuple[Type, ...]
    spec_discriminator: str
    messages: tuple[Message, ...]
    classes: tuple[ErrorClass, ...]
    has_legacy: bool = False

    @property
    def kinds_doc(self) -> str:
        """What the table of kinds is."""
        return f"The exception for each value of `{self.spec_discriminator}`."

    @property
    def annotation(self) -> str:
        """The type of the body of any error."""
        if self.body:
            return f"{self.body} | None"
        bodies = [*self.bodies, NONE] if self.bodies else [ANY]
        return " | ".join(body.annotation for body in bodies)

    @property
    def is_mixed(self) -> bool:
        """Whether each operation says which body comes with which status."""
        return not self.body and bool(self.bodies)

    @property
    def kinds(self) -> tuple[ErrorClass, ...]:
        """The exceptions that a discriminator value chooses."""
        return tuple(error for error in self.classes if error.kind)

"""Errors: the exceptions, and the bodies that come with them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Errors:
    """The exception hierarchy.

    Attributes:
        body: The class of the common error body, or "" where the document has none.
        discriminator: The field of the body that names the kind, or "".
        spec_discriminator: The same on the wire, or "".
        message_list: The field that holds a list of messages, or "".
        message: The field with the text for people, of the body or of a message, or "".
        classes: One exception a kind.
    """

    body: str
    spec_discriminator: str
    message_list: str
    message: str
    classes: tuple[ErrorClass, ...]

    @property
    def annotation(self) -> str:
        """The type of the body of any error."""
        return f"{self.body} | None" if self.body else "Any"

    @property
    def kinds(self) -> tuple[ErrorClass, ...]:
        """The exceptions that a discriminator value chooses."""
        return tuple(error for error in self.classes if error.kind)

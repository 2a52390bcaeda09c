"""What the parts of a conversion share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from vcgen.dialect.view import DocumentView
from vcgen.reading.swagger2.notes import Notes, Spot
from vcgen.reading.swagger2.schemas import Schemas
from vcgen.reading.swagger2.values import media_types
from vcgen.records import Record
from vcgen.text.media_types import JSON
from vcgen.text.pointers import pointer_keys, pointer_to

_JSON = (JSON,)


class Media(NamedTuple):
    """The media types of a document or an operation.

    Attributes:
        consumes: Of requests; empty where nothing is said.
        produces: Of replies; empty where nothing is said.
    """

    consumes: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()

    def refined(self, node: Mapping[str, Any], spot: Spot, notes: Notes) -> Media:
        """Return the media types with those that a node states in place of what it inherits.

        Raises:
            SpecError: The node states something else than a list of media types.
        """
        if "consumes" not in node and "produces" not in node:
            return self
        consumes = media_types(node, "consumes", spot, notes)
        produces = media_types(node, "produces", spot, notes)
        return Media(
            self.consumes if consumes is None else consumes,
            self.produces if produces is None else produces,
        )

    @property
    def of_bodies(self) -> tuple[str, ...]:
        """The media types of a body: JSON where nothing is said."""
        return self.consumes or _JSON

    @property
    def of_replies(self) -> tuple[str, ...]:
        """The media types of a reply: JSON where nothing is said."""
        return self.produces or _JSON


class Found(NamedTuple):
    """What a node is or refers to.

    Attributes:
        node: The mapping, or None where a reference leads nowhere or to another file.
        pointer: Where it stands in the Swagger document.
    """

    node: Mapping[str, Any] | None
    pointer: str


class Context(Record):
    """What the parts of a conversion share.

    Attributes:
        view: The Swagger document.
        notes: What is noted on the way.
        schemas: Converts schemas.
        media: The media types of the document.
    """

    view: DocumentView
    notes: Notes
    schemas: Schemas
    media: Media

    def follow(self, node: Mapping[str, Any], pointer: str) -> Found:
        """Return what the node at `pointer` is, or refers to in this document."""
        seen: set[str] = set()
        found: Any = node
        while isinstance(found, dict) and "$ref" in found:
            reference = found["$ref"]
            if not isinstance(reference, str) or not reference.startswith("#/"):
                return Found(None, pointer)
            keys = pointer_keys(reference)
            pointer = pointer_to(keys)
            if pointer in seen:
                return Found(None, pointer)
            seen.add(pointer)
            try:
                found = self.view.at(keys)
            except LookupError:
                return Found(None, pointer)
        return Found(found if isinstance(found, dict) else None, pointer)


def shared_name(node: Mapping[str, Any], section: str) -> str | None:
    """Return the name in `section` that a node refers to, escaped as it is there."""
    reference = node.get("$ref")
    prefix = f"#/{section}/"
    if not isinstance(reference, str) or not reference.startswith(prefix):
        return None
    name = reference.removeprefix(prefix)
    return None if "/" in name else name

"""References that name a component, and not where it is: `$ref: Pet`, `$ref: '#/schemas/Pet'`."""

from __future__ import annotations

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.pointers import pointer_keys, pointer_to

# OpenAPI 3.2.0, section 4.7: where the components of a kind are found.
_SECTIONS = {
    Kind.SCHEMA: "schemas",
    Kind.RESPONSE: "responses",
    Kind.PARAMETER: "parameters",
    Kind.REQUEST_BODY: "requestBodies",
    Kind.HEADER: "headers",
}
_SECTION = r"schemas?|responses?|parameters?|request_?bod(?:y|ies)|headers?|definitions?|models?"
_SPELLING = re.compile(
    rf"\s*#?/?(?:(?:components?/)?(?:{_SECTION})/)?(?P<name>[^#/\s]+)\s*", re.IGNORECASE
)


@dialect_pass(*_SECTIONS, fields={"$ref"})
def reference_spelling(node: Node, place: Place) -> Change | None:
    """Refer to the component of that name, where the reference leads nowhere as it is."""
    reference, section = node.get("$ref"), _SECTIONS[place.kind]
    if reference is None or place.document.has(section, reference):
        return None
    name = named(reference)
    if name not in place.document.components(section) or _leads(reference, place):
        return None
    pointer = pointer_to(("components", section, name))
    return Change({**node, "$ref": pointer}, (f'"{reference}" is read as "{pointer}"',))


def named(reference: object) -> str:
    """Return the name of the component that a misspelt reference can mean, or ""."""
    found = _SPELLING.fullmatch(reference) if isinstance(reference, str) else None
    return found["name"] if found else ""


def _leads(reference: object, place: Place) -> bool:
    """Tell whether a reference leads to something as it is."""
    is_pointer = str(reference).startswith("#/")
    return is_pointer and place.document.leads(pointer_keys(str(reference)))

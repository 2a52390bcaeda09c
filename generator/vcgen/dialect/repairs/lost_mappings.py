"""Mappings of a discriminator to files that were put into the document, and are no more.

A bundler writes what files hold in their places, and forgets the mapping. What it led to has no
name any more, so it is told by its shape, as the alternatives of no discriminator are.
"""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import component_at, pointer_keys


@dialect_pass(Kind.SCHEMA, fields={"discriminator"})
def lost_mappings(node: Node, place: Place) -> Change | None:
    """Leave out what leads nowhere, where none of what it could be has a name."""
    discriminator = mapping(node.get("discriminator"))
    stated = mapping(discriminator.get("mapping"))
    lost = [key for key, value in stated.items() if not _leads(value, place.document)]
    if not lost or not _are_unnamed(node, place):
        return None
    left = {key: value for key, value in stated.items() if key not in lost}
    rest = {key: value for key, value in node.items() if key != "discriminator"}
    if left:
        rest["discriminator"] = {**discriminator, "mapping": left}
    told = tuple(
        f'the mapping of "{key}" refers to nothing: the type that fits is read' for key in lost
    )
    return Change(rest, told)


def _leads(value: object, document: DocumentView) -> bool:
    """Tell whether a value of a mapping leads somewhere, or is refused as it is.

    What names a component is a mistake of somebody's, and no trace of a bundler.
    """
    if not isinstance(value, str) or "/" not in value or value in document.components("schemas"):
        return True
    is_local = value.startswith("#/")
    return value.startswith("#/components/") or (is_local and document.leads(pointer_keys(value)))


def _are_unnamed(node: Node, place: Place) -> bool:
    """Tell whether none of the alternatives is a component, or else the schema itself is none."""
    found = next((node[key] for key in ("oneOf", "anyOf") if node.get(key)), None)
    if found is None:
        return component_at(place.pointer) is None
    return isinstance(found, list) and not any(
        component_at(text(mapping(one).get("$ref"))) for one in found
    )

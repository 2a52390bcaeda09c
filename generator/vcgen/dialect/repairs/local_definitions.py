"""References to definitions of a schema itself: JSON Schema puts them beside, not into components.

Pasted into an OpenAPI document, `#/$defs/Name` still begins at the schema that it was written for,
and `#` is that schema.
"""

from collections.abc import Iterator

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import mapped_by, remapped
from vcgen.text.keywords import DEFINITIONS
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys, pointer_to


@dialect_pass(Kind.SCHEMA, fields={"$ref", "discriminator"})
def local_definitions(node: Node, place: Place) -> Change | None:
    """Refer to the definition of that name which is nearest, else to the component."""
    reference = text(node.get("$ref"))
    if reference == "#" and (root := _root(pointer_keys(place.pointer))):
        pointer = pointer_to(root)
        message = f'"#" is the whole document: read as "{pointer}", the schema around'
        return Change({**node, "$ref": pointer}, (message,))
    told = mapping(node.get("discriminator"))
    stated = [reference, *(one for _, one in mapped_by(told))]
    found = {one: meant for one in stated if (meant := _meant(text(one), place))}
    if not found:
        return None
    changed = {**node, "$ref": found[reference]} if reference in found else dict(node)
    if told:
        ways = {way: found[one] for way, one in mapped_by(told) if text(one) in found}
        changed["discriminator"] = remapped(told, ways)
    messages = (
        f'"{one}" does not exist in the document: read as "{meant}"' for one, meant in found.items()
    )
    return Change(changed, tuple(messages))


def _meant(reference: str, place: Place) -> str:
    """Return the place of the definition that a reference means, "" where it is fine as it is."""
    keys = pointer_keys(reference) if reference.startswith("#/") else ()
    if len(keys) < 2 or keys[0] not in DEFINITIONS or place.document.leads(keys):
        return ""
    around = pointer_keys(place.pointer)
    return next(
        (pointer_to(one) for one in _candidates(around, keys) if place.document.leads(one)), ""
    )


def _root(around: tuple[str, ...]) -> tuple[str, ...]:
    """Return where the outermost schema is that a place is in."""
    if around[:2] == ("components", "schemas"):
        return around[:3]
    return around[: around.index("schema") + 1] if "schema" in around else ()


def _candidates(around: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield where a definition may be: in the schemas around, the nearest first."""
    for length in range(len(around), 0, -1):
        yield (*around[:length], *keys)
    yield ("components", "schemas", *keys[1:])

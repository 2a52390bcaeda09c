"""A discriminator inside the `allOf` of a schema, where no other schema can refer to it."""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping
from vcgen.text.pointers import component_at

_OF_OTHERS = frozenset({"$ref", "oneOf", "anyOf"})
# What more than these extend stands for any object of the API, as `ChildPolicyConfigResource` of
# NSX with 169: all of them, and what they refer to, would be in every client.
_MOST = 100


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def inner_discriminators(node: Node, place: Place) -> Change | None:
    """Move the discriminator of a part of an `allOf` to the schema that others extend.

    NSX writes all that a schema adds to its base, its discriminator too, in a part without a name.
    """
    stated = node.get("allOf")
    parts: list[Any] = [*stated] if isinstance(stated, list) else []
    having = [index for index, part in enumerate(parts) if "discriminator" in mapping(part)]
    if "discriminator" in node or len(having) != 1:
        return None
    [index] = having
    part: dict[str, Any] = {**parts[index]}
    if not _OF_OTHERS.isdisjoint(part) or _is_any_object(part, place):
        return None
    told = part.pop("discriminator")
    parts[index] = part
    return Change({**node, "allOf": parts, "discriminator": told})


def _is_any_object(part: Node, place: Place) -> bool:
    """Tell whether a schema has too many subtypes, none of which its discriminator names."""
    _, name = component_at(place.pointer) or ("", "")
    is_named = bool(mapping(part["discriminator"]).get("mapping"))
    return not is_named and len(place.document.subtypes.get(name, ())) > _MOST

"""A discriminator inside the `allOf` of a schema, where no other schema can refer to it."""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping

_OF_OTHERS = frozenset({"$ref", "oneOf", "anyOf"})


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def inner_discriminators(node: Node, _: Place) -> Change | None:
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
    if not _OF_OTHERS.isdisjoint(part):
        return None
    told = part.pop("discriminator")
    parts[index] = part
    return Change({**node, "allOf": parts, "discriminator": told})

"""Properties whose names JSON writes with a backslash: generated classes cannot have them."""

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import listed, mapping

# msgspec, which generated clients decode with, has no such names of fields.
_ESCAPED = re.compile(r'["\\\x00-\x1f]')


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def undecodable_names(node: Node, _: Place) -> Change | None:
    """Leave out such a property, unless it is required: the other properties are worth having."""
    properties = mapping(node.get("properties"))
    needed = listed(node.get("required"))
    found = [name for name in properties if _ESCAPED.search(str(name)) and name not in needed]
    if not found:
        return None
    kept = {name: one for name, one in properties.items() if name not in found}
    messages = (f"the property {name!r} cannot be decoded: left out" for name in found)
    return Change({**node, "properties": kept}, tuple(messages))

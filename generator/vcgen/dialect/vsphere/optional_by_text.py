"""Properties that are required, and whose own description says that they can be missing."""

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping, text

_CAN_BE_MISSING = re.compile(
    r"(?:^|[.\n]\s*)(?:This property )?(?:can|may|will) be missing or `null`", re.IGNORECASE
)


@dialect_pass(Kind.SCHEMA, fields={"required"})
def optional_by_text(node: Node, _: Place) -> Change | None:
    """Take the properties that their description makes optional out of `required`."""
    required = node.get("required")
    if not isinstance(required, list):
        return None
    properties = mapping(node.get("properties"))
    optional = [
        name
        for name in required
        if isinstance(name, str)
        and _CAN_BE_MISSING.search(text(mapping(properties.get(name)).get("description")))
    ]
    if not optional:
        return None
    left = [name for name in required if name not in optional]
    rest = {key: value for key, value in node.items() if key != "required"}
    messages = tuple(
        f'property "{name}" is required, but described as possibly missing: read as optional'
        for name in optional
    )
    return Change({**node, "required": left} if left else rest, messages)

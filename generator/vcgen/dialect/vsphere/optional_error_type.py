"""`error_type` tells the kinds of error apart, and older servers leave it out."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_NAME = "error_type"


@dialect_pass(Kind.SCHEMA, fields={"required"})
def optional_error_type(node: Node, _: Place) -> Change | None:
    """Take `error_type` out of what a family of errors requires."""
    required = node.get("required")
    is_family = mapping(node.get("discriminator")).get("propertyName") == _NAME
    if not is_family or not isinstance(required, list) or _NAME not in required:
        return None
    left = [name for name in required if name != _NAME]
    rest = {key: value for key, value in node.items() if key != "required"}
    message = f'property "{_NAME}" is required, but older servers omit it: read as optional'
    return Change({**rest, "required": left} if left else rest, (message,))

"""A discriminator of a property that its schema does not declare."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping, text


@dialect_pass(Kind.SCHEMA, fields={"discriminator"})
def undeclared_tags(node: Node, place: Place) -> Change | None:
    """Declare it as a text that may be missing: it is read, and each subtype sends its own."""
    name = text(mapping(node.get("discriminator")).get("propertyName"))
    properties = node.get("properties", {})
    is_choice = "oneOf" in node or "anyOf" in node  # the alternatives declare it, if anything does
    is_object = node.get("type", "object") == "object" and isinstance(properties, dict)
    if not name or is_choice or not is_object or name in place.document.declared(node):
        return None
    declared = {**properties, name: {"type": "string"}}
    message = f'the discriminator reads "{name}", which is not a property: read as a text'
    return Change({**node, "properties": declared}, (message,))

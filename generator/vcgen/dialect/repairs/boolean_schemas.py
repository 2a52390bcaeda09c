"""`false` as the schema of a property: often a keyword that is one level too deep."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def boolean_schemas(node: Node, place: Place) -> Change | None:
    """Leave out a property of which no value is valid.

    From 3.1 on it stays (JSON Schema 2020-12, section 4.3.2), for it can take away that of a base;
    3.0 has no schema that is a boolean. Slicing reads `true`, and `false` in other places.
    """
    if place.document.version >= (3, 1):
        return None
    properties = mapping(node.get("properties"))
    kept = {name: one for name, one in properties.items() if one is not False}
    if len(kept) == len(properties):
        return None
    messages = (
        f"the schema of the property {name} is `false`: left out"
        for name in properties
        if name not in kept
    )
    return Change({**node, "properties": kept}, tuple(messages))

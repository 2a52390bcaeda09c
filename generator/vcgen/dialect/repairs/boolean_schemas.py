"""`true` and `false` as schemas; in properties, often a keyword that is one level too deep."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping


@dialect_pass(Kind.SCHEMA, fields={"items", "properties"})
def boolean_schemas(node: Node, place: Place) -> Change | None:
    """Read `true` as any value, and leave out a property of which no value is valid.

    That is what they mean from 3.1 on (JSON Schema 2020-12, section 4.3.2), where they are schemas
    as any; 3.0 has none.
    """
    if place.document.version >= (3, 1):
        return None
    changed = dict(node)
    messages: list[str] = []
    if node.get("items") is True:
        changed["items"] = {}
        messages.append("the schema of the items is `true`: read as any value")
    properties = mapping(node.get("properties"))
    for name, one in properties.items():
        if isinstance(one, bool):
            meant = "read as any value" if one else "left out"
            messages.append(f"the schema of the property {name} is `{str(one).lower()}`: {meant}")
    if not messages:
        return None
    if properties:
        kept = {name: one for name, one in properties.items() if one is not False}
        changed["properties"] = {name: {} if one is True else one for name, one in kept.items()}
    return Change(changed, tuple(messages))

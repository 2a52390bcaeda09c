"""Values where the schemas of properties belong: what a body looks like, and not what it may be."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import close_matches
from vcgen.text.nodes import mapping

_NEAR = 0.8


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def sample_values(node: Node, place: Place) -> Change | None:
    """Read a number as the schema of numbers, an array as that of arrays, a text as any value.

    A text may describe the value, as well as be one. One that is near to the name of a component
    is left to be refused, for it is perhaps that name, misspelt. A boolean is a schema.
    """
    properties = mapping(node.get("properties"))
    found = {name: schema_for(one, place) for name, one in properties.items()}
    meant = {name: schema for name, schema in found.items() if schema is not None}
    if not meant:
        return None
    told = (
        f'the property "{name}" is a value and no schema: read as {schema.get("type", "any")}'
        for name, schema in meant.items()
    )
    return Change({**node, "properties": {**properties, **meant}}, tuple(told))


def schema_for(value: object, place: Place) -> Node | None:
    """Return the schema for a value, None where it is one, or may be one that is misspelt."""
    if isinstance(value, str):
        components = place.document.components("schemas")
        is_name = value.startswith("#/") or close_matches(value, components, cutoff=_NEAR)
        return None if is_name else {}
    if isinstance(value, list):
        return {"type": "array", "items": {}}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"type": "number"} if is_number else None
